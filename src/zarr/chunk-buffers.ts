/** Buffers of chunks that wait for more patches, within so many bytes: what is too much lies in a scratch store. */
import { Fault } from "../base/fault.ts";
import type { Pixels } from "./array.ts";
import { type Key, keyOf, type WritableStore } from "./store.ts";

/** Where buffers go that are too much for memory: a folder that nobody else writes to. */
export interface Scratch {
  readonly store: WritableStore;
  /** A folder of it that nobody else uses. */
  readonly folder: string;
  /** The most bytes that stay in memory. */
  readonly bytes: number;
}

interface Spilled {
  readonly file: Key;
  readonly revive: (bytes: ArrayBuffer) => Pixels;
}

interface Kept {
  readonly pixels: Pixels;
  readonly next: number;
}

/**
 * The buffer whose next patch is farthest off is spilled first (Belady's rule: no other choice spills less), raw: its
 * chunk is whole only in the end, so it must not reach its array before. What is taken is in nobody's way until it is
 * kept again.
 */
export class ChunkBuffers {
  readonly #scratch: Scratch | undefined;
  /** The one used longest ago first. */
  readonly #kept = new Map<string, Kept>();
  readonly #spilled = new Map<string, Spilled>();
  #bytes = 0;
  #spills = 0;
  #turn: Promise<unknown> = Promise.resolve();

  /** @param scratch absent where memory has to do. */
  constructor(scratch?: Scratch) {
    this.#scratch = scratch;
  }

  /** How often a buffer was written to the scratch store. */
  get spills(): number {
    return this.#spills;
  }

  /** Hands out a buffer, which is then no longer kept; undefined where none is. */
  take(name: string): Promise<Pixels | undefined> {
    return this.#inTurn(async () => {
      const spilled = this.#spilled.get(name);
      if (spilled) return this.#reload(name, spilled);
      const { pixels } = this.#kept.get(name) ?? {};
      if (pixels) this.#forget(name, pixels);
      return pixels;
    });
  }

  /**
   * Keeps a buffer, spilling while there are too many bytes, maybe this one.
   * @param next when it will be taken again, as a number that grows with time; of equals, the one used longest ago goes
   */
  keep(name: string, pixels: Pixels, next = 0): Promise<void> {
    return this.#inTurn(async () => {
      this.#kept.set(name, { pixels, next });
      this.#bytes += pixels.byteLength;
      while (this.#scratch && this.#bytes > this.#scratch.bytes) {
        const far = this.#farthest();
        if (far === undefined) return;
        await this.#spill(this.#scratch, ...far);
      }
    });
  }

  #farthest(): [string, Pixels] | undefined {
    let found: [string, Kept] | undefined;
    for (const entry of this.#kept)
      if (found === undefined || entry[1].next > found[1].next) found = entry;
    return found && [found[0], found[1].pixels];
  }

  async #spill({ store, folder }: Scratch, name: string, pixels: Pixels): Promise<void> {
    const file = keyOf(folder, String(this.#spills++));
    const { buffer, byteOffset, byteLength } = pixels;
    await store.set(file, new Uint8Array(buffer, byteOffset, byteLength));
    const revived = pixels.constructor as new (bytes: ArrayBuffer) => Pixels;
    this.#spilled.set(name, { file, revive: (bytes) => new revived(bytes) });
    this.#forget(name, pixels);
  }

  async #reload(name: string, { file, revive }: Spilled): Promise<Pixels> {
    const { store } = this.#scratch ?? {};
    const bytes = await store?.get(file);
    if (bytes === undefined)
      throw new Fault("missing", "A part of the result that was put aside is gone", {
        where: file,
      });
    this.#spilled.delete(name);
    await store?.delete(file);
    return revive(bytes.buffer);
  }

  #forget(name: string, pixels: Pixels): void {
    this.#kept.delete(name);
    this.#bytes -= pixels.byteLength;
  }

  /** One after the other, since levels of a pyramid share the bytes. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }
}
