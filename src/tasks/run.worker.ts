/** Hosts one run away from the page: plans, commits and writes. */
import { type FaultData, faultData } from "../base/fault.ts";
import type { RunEvent } from "./events.ts";
import { type Job, runJob } from "./run-job.ts";

export type ToRunWorker =
  | { readonly kind: "run"; readonly job: Job }
  | { readonly kind: "stop" | "pause" };

/** The news, of which "done" is the last; or that the run came to another end. */
export type FromRunWorker = RunEvent | { readonly kind: "ended"; readonly fault: FaultData };

const [stop, pause] = [new AbortController(), new AbortController()];

function tell(message: FromRunWorker): void {
  const transfer = message.kind === "retired" && message.patch ? [message.patch.data.buffer] : [];
  self.postMessage(message, { transfer });
}

async function start(job: Job): Promise<void> {
  try {
    await runJob(job, { signal: stop.signal, pause: pause.signal, onEvent: tell });
  } catch (error) {
    tell({ kind: "ended", fault: faultData(error) });
  }
}

self.addEventListener("message", ({ data }: MessageEvent<ToRunWorker>) => {
  if (data.kind === "run") void start(data.job);
  else if (data.kind === "stop") stop.abort();
  else pause.abort();
});
