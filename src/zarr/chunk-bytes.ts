/** Fetches the bytes of single chunks: whole files, or the parts of shards that an index points to. */
import { Fault } from "../base/fault.ts";
import { Limiter, type Waiting } from "../base/limiter.ts";
import { SharedCache } from "../base/shared-cache.ts";
import type { ArrayMeta, ZarrArray } from "./array.ts";
import { chunkKey } from "./chunk-key.ts";
import { isMissingOnWeb } from "./missing-on-web.ts";
import { RangeReads } from "./range-reads.ts";
import { indexLength, parseIndex, placeInShard, type ShardIndex } from "./shard-index.ts";
import { type Sharding, shardingOf } from "./sharding.ts";
import { type Key, keyOf, type Options, type Range } from "./store.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** What was asked of the store so far. */
export interface FetchDetails {
  readonly requests: number;
  readonly bytes: number;
  /** Chunks refused or answered with a web page, which count as missing: some servers know no other answer for those. */
  readonly denied: number;
}

const INDEX_CACHE_BYTES = 32 * 2 ** 20;

/** Eight times what a browser sends at once to one server over HTTP/1.1: connections go on while the page is kept as it opens. */
const FETCHES = 48;

/** Reads each shard's index once, and what lies side by side in one request. One instance for one store. */
export class ChunkBytes {
  readonly #slots: Limiter;
  readonly #ranges: RangeReads;
  readonly #indexes = new SharedCache<ShardIndex | "missing">(INDEX_CACHE_BYTES);
  readonly #details = { requests: 0, bytes: 0, denied: 0 };

  /** @param fetches the most requests at once */
  constructor(fetches: number = FETCHES) {
    this.#slots = new Limiter(fetches);
    this.#ranges = new RangeReads(this.#slots);
  }

  get details(): FetchDetails {
    return this.#details;
  }

  /** The chunk as stored, undefined where it is not. @throws Fault as the store does, "invalid" for a broken shard */
  async read(
    array: ZarrArray,
    coords: readonly number[],
    options: Waiting = {},
  ): Promise<Bytes | undefined> {
    const key = keyOf(array.path, chunkKey(array, coords));
    const sharding = shardingOf(array.stored);
    if (sharding === undefined)
      return this.#slots.run(() => this.#fetch(array, key, undefined, options), options);
    const index = await this.#indexes.get(
      indexKey(array, key),
      (waiting) => this.#loadIndex(array, key, sharding, waiting),
      options,
    );
    const place = index === "missing" ? undefined : placeInShard(array, index, coords);
    if (place === undefined) return undefined;
    const fetch = (part: Range, aborting: Options) => this.#fetch(array, key, part, aborting);
    const bytes = await this.#ranges.read(key, place, fetch, options);
    if (bytes?.length === place.length) return bytes;
    throw new Fault("invalid", `The shard ${key} is cut short`, { where: key });
  }

  /** Forgets all indexes. */
  clear(): void {
    this.#indexes.forget("");
  }

  /** Forgets the index of the shard that holds a chunk, or of all shards of the array. */
  forget(array: ArrayMeta, coords?: readonly number[]): void {
    this.#indexes.forget(indexKey(array, coords ? keyOf(array.path, chunkKey(array, coords)) : ""));
  }

  async #loadIndex(array: ZarrArray, key: Key, sharding: Sharding, waiting: Waiting) {
    const length = indexLength(array, sharding);
    const range = sharding.indexAt === "start" ? { offset: 0, length } : { suffixLength: length };
    const bytes = await this.#slots.run(() => this.#fetch(array, key, range, waiting), waiting);
    const value = bytes ? parseIndex(key, array, sharding, bytes) : ("missing" as const);
    return { value, bytes: length };
  }

  async #fetch(
    { store }: ZarrArray,
    key: Key,
    range: Range | undefined,
    { signal }: Options,
  ): Promise<Bytes | undefined> {
    this.#details.requests++;
    const options = signal ? { signal } : {};
    try {
      const bytes = await (range ? store.getRange(key, range, options) : store.get(key, options));
      this.#details.bytes += bytes?.length ?? 0;
      return bytes;
    } catch (error) {
      if (!isMissingOnWeb(store, error)) throw error;
      const lapse = await store.lapse?.(options);
      if (lapse) throw lapse;
      this.#details.denied++;
      return undefined;
    }
  }
}

const indexKey = (array: ArrayMeta, file: string): string => `${array.path}\n${file}`;
