/** A memory store that tells of every operation before it happens, for tests that stop or break a run at a given one. */
import { MemoryStore } from "../zarr/memory-store.ts";
import type { Entry, Key, Options, Range, WritableStore } from "../zarr/store.ts";

export interface Operation {
  readonly kind: "get" | "set" | "delete" | "list";
  readonly key: Key;
}

export class WatchedStore extends MemoryStore implements WritableStore {
  readonly operations: Operation[] = [];
  /** Keys of which two writes were under way at once. */
  readonly collisions: Key[] = [];
  readonly #underWay = new Set<Key>();
  /** Called, and awaited, before each operation; what it throws is what the operation rejects with. */
  before: (operation: Operation) => unknown = () => undefined;

  constructor(entries: Map<string, Uint8Array<ArrayBuffer>> = new Map()) {
    super({ kind: "memory", entries });
  }

  /** The keys written, in order. */
  get sets(): Key[] {
    return this.operations.flatMap(({ kind, key }) => (kind === "set" ? [key] : []));
  }

  override async get(
    key: Key,
    options: Options = {},
  ): Promise<Uint8Array<ArrayBuffer> | undefined> {
    await this.#told({ kind: "get", key });
    return super.get(key, options);
  }

  override async getRange(
    key: Key,
    range: Range,
    options: Options = {},
  ): Promise<Uint8Array<ArrayBuffer> | undefined> {
    await this.#told({ kind: "get", key });
    return super.getRange(key, range, options);
  }

  override async set(
    key: Key,
    bytes: Uint8Array<ArrayBuffer>,
    options: Options = {},
  ): Promise<void> {
    if (this.#underWay.has(key)) this.collisions.push(key);
    this.#underWay.add(key);
    try {
      await this.#told({ kind: "set", key });
      await super.set(key, bytes, options);
    } finally {
      this.#underWay.delete(key);
    }
  }

  override async delete(key: Key, options: Options = {}): Promise<void> {
    await this.#told({ kind: "delete", key });
    await super.delete(key, options);
  }

  override async list(folder: Key, options: Options = {}): Promise<readonly Entry[]> {
    await this.#told({ kind: "list", key: folder });
    return super.list(folder, options);
  }

  async #told(operation: Operation): Promise<void> {
    this.operations.push(operation);
    await this.before(operation);
  }
}
