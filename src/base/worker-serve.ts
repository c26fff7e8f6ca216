/** The worker's side of a pool: answers requests, and hears that one is no longer wanted. */
import { type FaultData, faultData } from "./fault.ts";

/** What a pool sends its worker. */
export type ToWorker<Request> =
  | { readonly kind: "run"; readonly job: number; readonly request: Request }
  | { readonly kind: "abort"; readonly job: number };

/** What a worker sends its pool: one answer for each "run". */
export type FromWorker<Response> =
  | { readonly kind: "done"; readonly job: number; readonly value: Response }
  | { readonly kind: "failed"; readonly job: number; readonly fault: FaultData };

export interface Answer<Response> {
  readonly value: Response;
  /** Buffers that are given away with the value instead of being copied. */
  readonly transfer?: readonly Transferable[];
}

/** Answers every request of this worker's pool; what `handle` throws reaches the pool as a Fault. Call it once. */
export function serve<Request, Response>(
  handle: (
    request: Request,
    options: { readonly signal: AbortSignal },
  ) => Promise<Answer<Response>>,
): void {
  const running = new Map<number, AbortController>();
  const answer = (message: FromWorker<Response>, transfer: readonly Transferable[] = []) =>
    self.postMessage(message, { transfer: [...transfer] });
  const run = async (job: number, request: Request): Promise<void> => {
    const controller = new AbortController();
    running.set(job, controller);
    try {
      const { value, transfer } = await handle(request, { signal: controller.signal });
      answer({ kind: "done", job, value }, transfer);
    } catch (error) {
      answer({ kind: "failed", job, fault: faultData(error) });
    } finally {
      running.delete(job);
    }
  };
  self.addEventListener("message", ({ data }: MessageEvent<ToWorker<Request>>) => {
    if (data.kind === "abort") running.get(data.job)?.abort();
    else void run(data.job, data.request);
  });
}
