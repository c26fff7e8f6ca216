/** A bounded number of workers of one kind, started when first needed, each doing one job at a time unless it mostly waits. */
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

/** What a worker is at. */
interface Held<Response> {
  /** What the last of its jobs that was near to something was near to. */
  near: string | undefined;
  readonly jobs: Map<
    number,
    {
      readonly answer: (message: FromWorker<Response>) => void;
      readonly fail: (fault: Fault) => void;
    }
  >;
}

/**
 * Workers answer with `serve`. One that crashes is replaced, and only its own jobs fail.
 * A stopped job rejects at once; its worker is told, and takes another when it has come to an end.
 */
export class WorkerPool<Request, Response> {
  readonly #spawn: () => Worker;
  readonly #each: number;
  readonly #limiter: Limiter;
  readonly #workers = new Map<Worker, Held<Response>>();
  #jobs = 0;
  #closed = false;

  /** @param size how many workers at most; @param each how many jobs one does at once, which is for those that wait */
  constructor(spawn: () => Worker, size: number, each = 1) {
    this.#spawn = spawn;
    this.#each = each;
    this.#limiter = new Limiter(size * each);
  }

  /** Takes a worker in before there is a job for it, which then does not wait for its script. */
  start(worker: Worker = this.#spawn()): void {
    this.#take(worker);
  }

  /** @throws Fault what the worker threw; "aborted" once stopped or closed; "crashed" where the worker broke down */
  run(request: Request, { transfer = [], ...options }: JobOptions = {}): Promise<Response> {
    const answer = this.#limiter.run(() => this.#send(request, transfer, options), options);
    return orStopped(answer, options.signal);
  }

  /** Ends all workers at once; every job, running or waiting, rejects. */
  close(): void {
    this.#closed = true;
    for (const worker of [...this.#workers.keys()]) this.#end(worker, closed());
  }

  async #send(
    request: Request,
    transfer: readonly Transferable[],
    { signal, near }: JobOptions,
  ): Promise<Response> {
    if (this.#closed) throw closed();
    const [worker, held] = this.#nearest(near) ?? this.#take(this.#spawn());
    const job = ++this.#jobs;
    const abort = () => worker.postMessage({ kind: "abort", job } satisfies ToWorker<Request>);
    signal?.addEventListener("abort", abort, { once: true });
    try {
      const answered = new Promise<FromWorker<Response>>((answer, fail) => {
        held.jobs.set(job, { answer, fail });
      });
      worker.postMessage({ kind: "run", job, request } satisfies ToWorker<Request>, [...transfer]);
      const message = await answered;
      if (message.kind === "failed") throw faultFromData(message.fault);
      return message.value;
    } finally {
      signal?.removeEventListener("abort", abort);
      held.jobs.delete(job);
      held.near = near ?? held.near;
    }
  }

  /** One with room for a job: where one was near to the same, that one. */
  #nearest(near: string | undefined): [Worker, Held<Response>] | undefined {
    const free = [...this.#workers].filter(([, { jobs }]) => jobs.size < this.#each);
    return free.find(([, held]) => near !== undefined && held.near === near) ?? free[0];
  }

  #take(worker: Worker): [Worker, Held<Response>] {
    const held: Held<Response> = { near: undefined, jobs: new Map() };
    this.#workers.set(worker, held);
    worker.onmessage = ({ data }: MessageEvent<FromWorker<Response>>) =>
      held.jobs.get(data.job)?.answer(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#end(worker, crashed(event.message));
    };
    worker.onmessageerror = () => this.#end(worker, crashed("its answer could not be read"));
    return [worker, held];
  }

  /** It fails its jobs, and is never used again. */
  #end(worker: Worker, fault: Fault): void {
    const held = this.#workers.get(worker);
    this.#workers.delete(worker);
    worker.terminate();
    for (const { fail } of held?.jobs.values() ?? []) fail(fault);
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
