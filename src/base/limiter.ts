/** Lets so many pieces of work run at once, the most urgent first; one still waiting may leave. */
import { stopped, throwIfStopped } from "./abort.ts";

/** How work is waited for. */
export interface Waiting {
  readonly signal?: AbortSignal;
  /** Lower is sooner. Asked anew whenever a place is free, since what is urgent changes while work waits. */
  readonly urgency?: () => number;
}

const USUAL = (): number => 0;

/** Of equally urgent work, the one that came first is first. */
export class Limiter {
  readonly #most: number;
  readonly #waiting = new Map<() => void, () => number>();
  #running = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** The work's outcome; a Fault "aborted" if the signal fires before its turn, and then it never starts. */
  async run<T>(work: () => Promise<T>, waiting: Waiting = {}): Promise<T> {
    throwIfStopped(waiting.signal);
    if (this.#running < this.#most) this.#running++;
    else await this.#turn(waiting);
    try {
      return await work();
    } finally {
      this.#pass();
    }
  }

  #turn({ signal, urgency = USUAL }: Waiting): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(start);
        reject(stopped(signal));
      };
      const start = () => {
        signal?.removeEventListener("abort", leave);
        resolve();
      };
      this.#waiting.set(start, urgency);
      signal?.addEventListener("abort", leave, { once: true });
    });
  }

  /** Gives the place to the most urgent, or frees it. */
  #pass(): void {
    const next = this.#next();
    if (next === undefined) {
      this.#running--;
      return;
    }
    this.#waiting.delete(next);
    next();
  }

  #next(): (() => void) | undefined {
    let [next] = this.#waiting.keys();
    let least = Number.POSITIVE_INFINITY;
    for (const [start, urgency] of this.#waiting) {
      const found = urgency();
      if (found >= least) continue;
      next = start;
      least = found;
    }
    return next;
  }
}
