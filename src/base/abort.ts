/** Stopping on request: the one Fault that says so, and waiting that ends when a signal does. */
import { Fault } from "./fault.ts";

/** What work that was stopped on request rejects with. */
export function stopped(signal: AbortSignal | undefined): Fault {
  return new Fault("aborted", "Stopped on request", { cause: signal?.reason });
}

/** @throws Fault "aborted" once the signal has fired. */
export function throwIfStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw stopped(signal);
}

/** The outcome of a promise, or a Fault "aborted" as soon as the signal fires; the work itself goes on. */
export function orStopped<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const stop = () => reject(stopped(signal));
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    const done = () => signal.removeEventListener("abort", stop);
    work.then(resolve, reject).then(done, done);
  });
}
