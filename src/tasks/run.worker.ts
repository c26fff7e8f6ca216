/** Hosts one run away from the page: plans, commits and writes. */
import { type FaultData, faultData } from "../base/fault.ts";
import type { RunEvent } from "./events.ts";
import { type Job, runJob } from "./run-job.ts";

export type ToRunWorker = { readonly kind: "run"; readonly job: Job } | { readonly kind: "stop" };

/** The news, of which "done" is the last; or that the run came to another end. */
export type FromRunWorker = RunEvent | { readonly kind: "ended"; readonly fault: FaultData };

const controller = new AbortController();

function tell(message: FromRunWorker): void {
  const transfer = message.kind === "retired" ? [message.patch.data.buffer] : [];
  self.postMessage(message, { transfer });
}

async function start(job: Job): Promise<void> {
  try {
    await runJob(job, { signal: controller.signal, onEvent: tell });
  } catch (error) {
    tell({ kind: "ended", fault: faultData(error) });
  }
}

self.addEventListener("message", ({ data }: MessageEvent<ToRunWorker>) => {
  if (data.kind === "run") void start(data.job);
  else controller.abort();
});
