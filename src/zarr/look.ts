/** A look at how a server is: one answers for all that goes wrong within a few seconds, since where much is asked much does. */
import { orStopped } from "../base/abort.ts";
import type { Options } from "./store.ts";

/** For so many milliseconds. */
const LASTS = 3000;

interface Last<T> {
  readonly begun: number;
  readonly hurried: AbortSignal | undefined;
  readonly found: Promise<T>;
}

export class Look<T> {
  readonly #hurry: (() => AbortSignal) | undefined;
  #last: Last<T> | undefined;

  /** @param hurry the signal of now; when it fires, what was found before no longer counts */
  constructor(hurry: (() => AbortSignal) | undefined) {
    this.#hurry = hurry;
  }

  /** What the last look found, or this one does; a look goes on for others when the signal fires. */
  find(look: () => Promise<T>, { signal }: Options): Promise<T> {
    const begun = performance.now();
    const last = this.#last;
    if (last && begun - last.begun <= LASTS && !last.hurried?.aborted)
      return orStopped(last.found, signal);
    const mine = { begun, hurried: this.#hurry?.(), found: look() };
    this.#last = mine;
    // One that failed says nothing to the next.
    mine.found.catch(() => {
      if (this.#last === mine) this.#last = undefined;
    });
    return orStopped(mine.found, signal);
  }
}
