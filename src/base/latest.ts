/** Work done in slices beside the hand, for what was asked last: until that is there, what was made before stays. */
import { inSlices, type Steps } from "./steps.ts";

export class Latest<Given extends readonly unknown[], Made> {
  readonly #make: (...given: Given) => Steps<Made>;
  readonly #onMade: () => void;
  readonly #stop = new AbortController();
  #wanted: Given | undefined;
  #made: Made | undefined;
  #works = false;

  /**
   * @param make pure; what it is given is compared by identity
   * @param onMade told when there is something else to be had
   */
  constructor(make: (...given: Given) => Steps<Made>, onMade: () => void) {
    this.#make = make;
    this.#onMade = onMade;
  }

  /** What was made last; of what is given now, if it was given before and there was time since. */
  of(...given: Given): Made | undefined {
    const before = this.#wanted;
    if (before === undefined || given.some((value, i) => value !== before[i])) {
      this.#wanted = given;
      if (!this.#works) void this.#work();
    }
    return this.#made;
  }

  /** Gives up what is being made. */
  close(): void {
    this.#stop.abort();
  }

  /** One after the other to its end: what is given anew at each frame would else never be made. */
  async #work(): Promise<void> {
    const { signal } = this.#stop;
    this.#works = true;
    try {
      for (let given: Given | undefined; given !== this.#wanted; ) {
        given = this.#wanted;
        if (given === undefined) return;
        const made = await inSlices(this.#make(...given), { signal });
        if (signal.aborted) return;
        this.#made = made;
        this.#onMade();
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      this.#works = false;
    }
  }
}
