/** A store in memory that takes its time, as a disk or a network does, and counts the chunks written. */
import { MemoryStore } from "../../src/zarr/memory-store.ts";
import type { Key, Options } from "../../src/zarr/store.ts";

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

export class SlowStore extends MemoryStore {
  readonly #ms: number;
  /** Of any array. */
  chunkWrites = 0;

  constructor(ms: number) {
    super({ kind: "memory", entries: new Map() });
    this.#ms = ms;
  }

  override async get(key: Key, options: Options = {}) {
    await pause(this.#ms);
    return super.get(key, options);
  }

  override async set(key: Key, bytes: Uint8Array<ArrayBuffer>, options: Options = {}) {
    await pause(this.#ms);
    if (/\/\d+$/.test(key)) this.chunkWrites++;
    return super.set(key, bytes, options);
  }
}
