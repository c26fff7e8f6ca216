/** A bounded number of workers of one kind, started when first needed, each doing one job at a time. */
import { orStopped } from "./abort.ts";
import { Fault, faultFromData } from "./fault.ts";
import { Limiter } from "./limiter.ts";
import type { FromWorker, ToWorker } from "./worker-serve.ts";

export interface JobOptions {
  readonly signal?: AbortSignal;
  /** Buffers given away with the request instead of being copied. */
  readonly transfer?: readonly Transferable[];
  /** What the job is about: among idle workers, one whose last job that named something named the same is taken. */
  readonly near?: string;
}

/**
 * Workers answer with `serve`. One that crashes is replaced, and only its own job fails.
 * A stopped job rejects at once; its worker is told, and takes the next job when it has come to an end.
 */
export class WorkerPool<Request, Response> {
  readonly #spawn: () => Worker;
  readonly #limiter: Limiter;
  /** With what the last of their jobs that was near to something was near to. */
  readonly #idle = new Map<Worker, string | undefined>();
  /** How to fail the job of each busy worker. */
  readonly #busy = new Map<Worker, (fault: Fault) => void>();
  #jobs = 0;
  #closed = false;

  constructor(spawn: () => Worker, size: number) {
    this.#spawn = spawn;
    this.#limiter = new Limiter(size);
  }

  /** @throws Fault what the worker threw; "aborted" once stopped or closed; "crashed" where the worker broke down */
  run(request: Request, { transfer = [], ...options }: JobOptions = {}): Promise<Response> {
    const answer = this.#limiter.run(() => this.#send(request, transfer, options), options);
    return orStopped(answer, options.signal);
  }

  /** Ends all workers at once; every job, running or waiting, rejects. */
  close(): void {
    this.#closed = true;
    for (const fail of this.#busy.values()) fail(closed());
    for (const worker of this.#idle.keys()) worker.terminate();
    this.#idle.clear();
  }

  async #send(
    request: Request,
    transfer: readonly Transferable[],
    { signal, near }: JobOptions,
  ): Promise<Response> {
    if (this.#closed) throw closed();
    const worker = this.#nearest(near) ?? this.#spawn();
    const last = this.#idle.get(worker);
    this.#idle.delete(worker);
    const job = ++this.#jobs;
    const abort = () => worker.postMessage({ kind: "abort", job } satisfies ToWorker<Request>);
    signal?.addEventListener("abort", abort, { once: true });
    try {
      const answered = this.#answerOf(worker);
      worker.postMessage({ kind: "run", job, request } satisfies ToWorker<Request>, [...transfer]);
      const message = await answered;
      if (message.kind === "failed") throw faultFromData(message.fault);
      return message.value;
    } finally {
      signal?.removeEventListener("abort", abort);
      if (this.#busy.delete(worker)) this.#idle.set(worker, near ?? last);
    }
  }

  #nearest(near: string | undefined): Worker | undefined {
    for (const [worker, last] of this.#idle) if (near !== undefined && last === near) return worker;
    const [any] = this.#idle.keys();
    return any;
  }

  /** The worker's next message. A worker that fails is ended and never used again. */
  #answerOf(worker: Worker): Promise<FromWorker<Response>> {
    return new Promise((resolve, reject) => {
      const fail = (fault: Fault) => {
        this.#busy.delete(worker);
        this.#idle.delete(worker);
        worker.terminate();
        reject(fault);
      };
      this.#busy.set(worker, fail);
      worker.onmessage = ({ data }: MessageEvent<FromWorker<Response>>) => resolve(data);
      worker.onerror = (event) => {
        event.preventDefault();
        fail(crashed(event.message));
      };
      worker.onmessageerror = () => fail(crashed("its answer could not be read"));
    });
  }
}

function closed(): Fault {
  return new Fault("aborted", "The work was stopped because its workers were ended");
}

function crashed(why: string | undefined): Fault {
  return new Fault(
    "crashed",
    `A background worker broke down: ${why || "it could not be started"}`,
  );
}
