/** One piece of work that several wait for: stopped when the last of them has left. */
import { orStopped, throwIfStopped } from "./abort.ts";

export class Shared<T> {
  readonly #controller = new AbortController();
  readonly #result: Promise<T>;
  readonly #ended: () => void;
  #waiters = 0;

  /** @param ended called once the work is done, has failed, or is waited for by nobody any more */
  constructor(work: (signal: AbortSignal) => Promise<T>, ended: () => void) {
    this.#ended = ended;
    this.#result = work(this.#controller.signal);
    this.#result.then(ended, ended);
  }

  /** The outcome; when the given signal fires, this waiter alone leaves, with a Fault "aborted". */
  async wait({ signal }: { readonly signal?: AbortSignal } = {}): Promise<T> {
    throwIfStopped(signal);
    this.#waiters++;
    try {
      return await orStopped(this.#result, signal);
    } finally {
      this.#waiters--;
      if (this.#waiters === 0) this.#abandon();
    }
  }

  #abandon(): void {
    this.#ended();
    this.#controller.abort();
  }
}
