/** Starts a run from the page, off its thread where the store can be reached from another one. */
import { throwIfStopped } from "../base/abort.ts";
import { Fault, faultFromData } from "../base/fault.ts";
import type { FromRunWorker, ToRunWorker } from "./run.worker.ts";
import type { Job, JobOptions } from "./run-job.ts";
import type { Summary } from "./summary.ts";

/**
 * Runs a job, new or gone on with, and says what it did. Permission to write must have been given: a worker cannot ask.
 * A stop rejects once its unfinished output is taken away, and nothing is written after that.
 * @param options.onEvent told the news on this thread, in order, and never after the promise has settled.
 * @throws Fault as `run` does; "crashed" where the worker broke down.
 */
export async function startRun(job: Job, options: JobOptions = {}): Promise<Summary> {
  throwIfStopped(options.signal);
  if (job.store.kind === "directory") return runInWorker(job, options);
  // Memory is this thread's own: here it is written, and only computing happens elsewhere.
  const { runJob } = await import("./run-job.ts");
  return runJob(job, options);
}

async function runInWorker(job: Job, { signal, pause, onEvent }: JobOptions): Promise<Summary> {
  const worker = new Worker(new URL("./run.worker.ts", import.meta.url), { type: "module" });
  const send = (message: ToRunWorker) => worker.postMessage(message);
  const stop = () => send({ kind: "stop" });
  const rest = () => send({ kind: "pause" });
  signal?.addEventListener("abort", stop, { once: true });
  pause?.addEventListener("abort", rest, { once: true });
  try {
    return await new Promise<Summary>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<FromRunWorker>) => {
        if (data.kind === "ended") return reject(faultFromData(data.fault));
        if (data.kind === "done") resolve(data.summary);
        onEvent?.(data);
      };
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Fault("crashed", `The run's worker broke down: ${event.message}`));
      };
      send({ kind: "run", job });
    });
  } finally {
    signal?.removeEventListener("abort", stop);
    pause?.removeEventListener("abort", rest);
    worker.terminate();
  }
}
