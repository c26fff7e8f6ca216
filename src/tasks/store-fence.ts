/** A store that can be shut: after that no write begins, and the writes under way are waited for. */
import { Fault } from "../base/fault.ts";
import type { Entry, Key, Options, Range, StoreSpec, WritableStore } from "../zarr/store.ts";

/**
 * What one run writes through. A cancelled run leaves callers behind that still hold data to store; shut, the fence
 * turns them away, so that nothing appears after the run has been cleaned up.
 */
export class StoreFence implements WritableStore {
  readonly spec: StoreSpec;
  readonly #store: WritableStore;
  readonly #writes = new Set<Promise<void>>();
  readonly #guard: () => Promise<void>;
  #shut = false;

  /** @param guard asked before each write; what it throws turns the write away. */
  constructor(store: WritableStore, guard: () => Promise<void> = async () => undefined) {
    this.spec = store.spec;
    this.#store = store;
    this.#guard = guard;
  }

  get(key: Key, options?: Options): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.#store.get(key, options);
  }

  getRange(
    key: Key,
    range: Range,
    options?: Options,
  ): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.#store.getRange(key, range, options);
  }

  list(folder: Key, options?: Options): Promise<readonly Entry[]> {
    return this.#store.list(folder, options);
  }

  set(key: Key, bytes: Uint8Array<ArrayBuffer>, options?: Options): Promise<void> {
    return this.#write(() => this.#store.set(key, bytes, options));
  }

  delete(key: Key, options?: Options): Promise<void> {
    return this.#write(() => this.#store.delete(key, options));
  }

  /** Turns away all further writes; resolves when none is under way. */
  async shut(): Promise<void> {
    this.#shut = true;
    await Promise.allSettled(this.#writes);
  }

  async #write(begin: () => Promise<void>): Promise<void> {
    if (this.#shut) throw new Fault("aborted", "The run has ended, and nothing more is written");
    const write = this.#guard().then(begin);
    this.#writes.add(write);
    try {
      await write;
    } finally {
      this.#writes.delete(write);
    }
  }
}
