/** A store that reads another and keeps every file it met, whole: what a table was read from. */
import { sliceOf } from "../zarr/memory-store.ts";
import {
  type Key,
  keyOf,
  type Options,
  type Range,
  type Store,
  type StoreSpec,
} from "../zarr/store.ts";
import type { TableFiles } from "./table.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Each file is asked for once; parts of files come out of the whole. */
export class KeptFiles implements Store {
  readonly #store: Store;
  readonly #met = new Map<Key, Promise<Bytes | undefined>>();

  constructor(store: Store) {
    this.#store = store;
  }

  get spec(): StoreSpec {
    return this.#store.spec;
  }

  async get(key: Key, options?: Options): Promise<Bytes | undefined> {
    return (await this.look(key, options))?.slice();
  }

  /** The kept bytes themselves, to be read and not to be given away: a large file takes long to copy. */
  async look(key: Key, options?: Options): Promise<Bytes | undefined> {
    const met = this.#met.get(key) ?? this.#store.get(key, options);
    this.#met.set(key, met);
    try {
      return await met;
    } catch (error) {
      this.#met.delete(key);
      throw error;
    }
  }

  async getRange(key: Key, range: Range, options?: Options): Promise<Bytes | undefined> {
    const bytes = await this.look(key, options);
    return bytes && sliceOf(bytes, range);
  }

  /** The files met so far below a path, by key below it. */
  async below(path: string): Promise<TableFiles> {
    const prefix = `${keyOf(path)}/`;
    const files = new Map<string, Bytes>();
    for (const [key, met] of this.#met) {
      const bytes = key.startsWith(prefix) ? await met : undefined;
      if (bytes) files.set(key.slice(prefix.length), bytes);
    }
    return files;
  }
}
