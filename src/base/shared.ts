/** One piece of work that several wait for: as urgent as to the hastiest, and stopped when the last of them has left. */
import { orStopped } from "./abort.ts";
import type { Waiting } from "./limiter.ts";

export class Shared<T> {
  readonly #controller = new AbortController();
  readonly #result: Promise<T>;
  readonly #ended: () => void;
  readonly #waiters = new Set<{ readonly urgency: () => number }>();

  /** @param ended called once the work is done, has failed, or is waited for by nobody any more */
  constructor(work: (waiting: Required<Waiting>) => Promise<T>, ended: () => void) {
    this.#ended = ended;
    const urgency = () => Math.min(...[...this.#waiters].map((waiter) => waiter.urgency()));
    this.#result = work({ signal: this.#controller.signal, urgency });
    this.#result.then(ended, ended);
  }

  /** The outcome; when the given signal fires, this waiter alone leaves, with a Fault "aborted". */
  async wait({ signal, urgency = () => 0 }: Waiting = {}): Promise<T> {
    const waiter = { urgency };
    this.#waiters.add(waiter);
    try {
      return await orStopped(this.#result, signal);
    } finally {
      this.#waiters.delete(waiter);
      if (this.#waiters.size === 0) this.#abandon();
    }
  }

  #abandon(): void {
    this.#ended();
    this.#controller.abort();
  }
}
