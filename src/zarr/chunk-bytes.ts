/** Fetches the bytes of single chunks: whole files, or the parts of shards that an index points to. */
import { Fault, isFault } from "../base/fault.ts";
import { SharedCache } from "../base/shared-cache.ts";
import type { ArrayMeta, ZarrArray } from "./array.ts";
import { chunkKey } from "./chunk-key.ts";
import { indexLength, parseIndex, placeInShard, type ShardIndex } from "./shard-index.ts";
import { type Sharding, shardingOf } from "./sharding.ts";
import { type Key, keyOf, type Options, type Range } from "./store.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** What was asked of the store so far. */
export interface FetchDetails {
  readonly requests: number;
  readonly bytes: number;
  /** Chunks the server refused, which count as missing: some servers know no other answer for what is not there. */
  readonly denied: number;
}

const INDEX_CACHE_BYTES = 32 * 2 ** 20;

/** Reads each shard's index once. One instance for one store. */
export class ChunkBytes {
  readonly #indexes = new SharedCache<ShardIndex | "missing">(INDEX_CACHE_BYTES);
  readonly #details = { requests: 0, bytes: 0, denied: 0 };

  get details(): FetchDetails {
    return this.#details;
  }

  /** The chunk as stored, undefined where it is not. @throws Fault as the store does, "invalid" for a broken shard */
  async read(
    array: ZarrArray,
    coords: readonly number[],
    options: Options = {},
  ): Promise<Bytes | undefined> {
    const key = keyOf(array.path, chunkKey(array, coords));
    const sharding = shardingOf(array.stored);
    if (sharding === undefined) return this.#fetch(array, key, undefined, options);
    const index = await this.#indexes.get(
      indexKey(array, key),
      (signal) => this.#loadIndex(array, key, sharding, { signal }),
      options,
    );
    const place = index === "missing" ? undefined : placeInShard(array, index, coords);
    if (place === undefined) return undefined;
    const bytes = await this.#fetch(array, key, place, options);
    if (bytes?.length === place.length) return bytes;
    throw new Fault("invalid", `The shard ${key} is cut short`, { where: key });
  }

  /** Forgets the index of the shard that holds a chunk, or of all shards of the array. */
  forget(array: ArrayMeta, coords?: readonly number[]): void {
    this.#indexes.forget(indexKey(array, coords ? keyOf(array.path, chunkKey(array, coords)) : ""));
  }

  async #loadIndex(array: ZarrArray, key: Key, sharding: Sharding, options: Options) {
    const length = indexLength(array, sharding);
    const range = sharding.indexAt === "start" ? { offset: 0, length } : { suffixLength: length };
    const bytes = await this.#fetch(array, key, range, options);
    const value = bytes ? parseIndex(array, sharding, bytes) : ("missing" as const);
    return { value, bytes: length };
  }

  async #fetch(
    { store }: ZarrArray,
    key: Key,
    range: Range | undefined,
    options: Options,
  ): Promise<Bytes | undefined> {
    this.#details.requests++;
    try {
      const bytes = await (range ? store.getRange(key, range, options) : store.get(key, options));
      this.#details.bytes += bytes?.length ?? 0;
      return bytes;
    } catch (error) {
      if (store.spec.kind !== "url" || !isFault(error, "denied")) throw error;
      this.#details.denied++;
      return undefined;
    }
  }
}

const indexKey = (array: ArrayMeta, file: string): string => `${array.path}\n${file}`;
