/** A worker for tests of the pool: it does what it is told, well or badly. */
import { Fault } from "../base/fault.ts";
import { type Answer, serve } from "../base/worker-serve.ts";

export type Job =
  | { readonly kind: "double"; readonly values: Uint8Array<ArrayBuffer> }
  | { readonly kind: "who" }
  | { readonly kind: "fail" }
  | { readonly kind: "crash" }
  /** Waits for the abort; then tells the channel, so that a test can see it, and ends. */
  | { readonly kind: "wait"; readonly channel: string };

const id = crypto.randomUUID();

async function work(job: Job, signal: AbortSignal): Promise<Answer<unknown>> {
  switch (job.kind) {
    case "double": {
      const value = job.values.map((v) => 2 * v);
      return { value, transfer: [value.buffer] };
    }
    case "who":
      return { value: id };
    case "fail":
      throw new Fault("quota", "There is no room left", { where: "/0" });
    case "crash":
      // Outside of the job's promise, as a bug in a callback would be.
      queueMicrotask(() => {
        throw new Error("broken");
      });
      return new Promise(() => {});
    case "wait":
      return new Promise((resolve) => {
        const channel = new BroadcastChannel(job.channel);
        channel.postMessage("started");
        signal.addEventListener("abort", () => {
          channel.postMessage("aborted");
          resolve({ value: undefined });
        });
      });
  }
}

serve<Job, unknown>((job, { signal }) => work(job, signal));
