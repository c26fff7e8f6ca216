/** Stores of a machine whose power goes after so many changes, for tests of what is left then. */
import { Fault } from "../base/fault.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import type { Key, WritableStore } from "../zarr/store.ts";
import type { Entries } from "./anndata-store.ts";

/** How many more changes the stores of one machine make before its power goes; shared by source and journal. */
export interface Power {
  left: number;
}

/** A store that stops changing anything, and throws, once the power is gone. */
export class CutStore extends MemoryStore implements WritableStore {
  readonly #power: Power;

  constructor(entries: Entries, power: Power) {
    super({ kind: "memory", entries });
    this.#power = power;
  }

  override async set(key: Key, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#use();
    await super.set(key, bytes);
  }

  /** File by file, in the order they were written: as a folder goes on a disk. */
  override async delete(key: Key): Promise<void> {
    for (const name of [...this.spec.entries.keys()]) {
      if (name !== key && !name.startsWith(`${key}/`)) continue;
      this.#use();
      this.spec.entries.delete(name);
    }
  }

  #use(): void {
    if (this.#power.left-- <= 0) throw new Fault("denied", "The power is gone");
  }
}
