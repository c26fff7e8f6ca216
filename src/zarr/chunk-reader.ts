/** Reads decoded chunks of a store: none twice while it is cached or on its way, the most urgent first. */
import { Fault, isFault } from "../base/fault.ts";
import { Limiter, type Waiting } from "../base/limiter.ts";
import { SharedCache, type Sized } from "../base/shared-cache.ts";
import type { ArrayMeta, Chunk, ZarrArray } from "./array.ts";
import { ChunkBytes, type FetchDetails } from "./chunk-bytes.ts";
import { coordsKey } from "./chunk-grid.ts";
import { chunkKey } from "./chunk-key.ts";
import type { ChunkListener, ChunkSource } from "./chunk-source.ts";
import { type Decode, decodeChunk } from "./decode.ts";
import { Listeners } from "./listeners.ts";

export interface ChunkReaderOptions {
  /** Where chunks are decoded; on this thread unless said otherwise. */
  readonly decode?: Decode;
  /** The most bytes of decoded chunks kept; 512 MiB unless said otherwise. */
  readonly cacheBytes?: number;
  /** The most requests at once; as `ChunkBytes` unless said otherwise. */
  readonly fetches?: number;
  /** The most chunks decoded at once; 4 unless said otherwise. */
  readonly decodes?: number;
  /** Told of an array when it is opened or its first chunk is asked for, so that what decodes it can be made ready meanwhile. */
  readonly prepare?: (array: ArrayMeta) => void;
}

const DEFAULTS = {
  decode: decodeChunk,
  cacheBytes: 512 * 2 ** 20,
  fetches: undefined,
  decodes: 4,
  prepare: () => {},
};

/** What remembering that a chunk is missing is said to cost. */
const MISSING_BYTES = 64;

/**
 * One instance for one store. A read stops on the wire when the last who waits for it has left; a failed one is not
 * remembered. Not told of writes by itself: who writes calls `invalidate`.
 */
export class ChunkReader implements ChunkSource {
  readonly #decode: Decode;
  readonly #prepare: (array: ArrayMeta) => void;
  readonly #prepared = new WeakSet<ArrayMeta>();
  readonly #files: ChunkBytes;
  /** Apart from those for requests: while one chunk is decoded, the next ones come. */
  readonly #decodes: Limiter;
  readonly #chunks: SharedCache<Chunk | "missing">;
  readonly #listeners = new Listeners();

  constructor(options: ChunkReaderOptions = {}) {
    const { decode, cacheBytes, fetches, decodes, prepare } = { ...DEFAULTS, ...options };
    this.#decode = decode;
    this.#prepare = prepare;
    this.#files = new ChunkBytes(fetches);
    this.#decodes = new Limiter(decodes);
    this.#chunks = new SharedCache(cacheBytes);
  }

  /** What was asked of the store so far. */
  get details(): FetchDetails {
    return this.#files.details;
  }

  async read(
    array: ZarrArray,
    coords: readonly number[],
    options: Waiting = {},
  ): Promise<Chunk | undefined> {
    const load = (waiting: Required<Waiting>) => this.#load(array, coords, waiting);
    const chunk = await this.#chunks.get(chunkName(array, coords), load, options);
    return chunk === "missing" ? undefined : chunk;
  }

  peek(array: ArrayMeta, coords: readonly number[]): Chunk | "missing" | undefined {
    return this.#chunks.peek(chunkName(array, coords));
  }

  isComing(array: ArrayMeta, coords: readonly number[]): boolean {
    return this.#chunks.isComing(chunkName(array, coords));
  }

  /** Says that a chunk, or every chunk of an array, has changed in the store: it will be read anew. */
  invalidate(array: ArrayMeta, coords?: readonly number[]): void {
    this.#files.forget(array, coords);
    this.#chunks.forget(coords ? chunkName(array, coords) : arrayPrefix(array));
    this.#listeners.tell(array.path, coords);
  }

  /** Gives back the memory of a chunk that nobody needs any more; it is as it was in the store. */
  letGo(array: ArrayMeta, coords: readonly number[]): void {
    this.#chunks.forget(chunkName(array, coords));
  }

  /** Forgets everything: nobody looks at the store any more, whoever still holds its reader. */
  clear(): void {
    this.#files.clear();
    this.#chunks.forget("");
  }

  subscribe(listener: ChunkListener): () => void {
    return this.#listeners.add(listener);
  }

  /** Makes ready what decodes an array, once, before its first chunk is asked for. */
  prepare(array: ArrayMeta): void {
    if (!this.#prepared.has(array)) this.#prepare(array);
    this.#prepared.add(array);
  }

  async #load(
    array: ZarrArray,
    coords: readonly number[],
    waiting: Required<Waiting>,
  ): Promise<Sized<Chunk | "missing">> {
    this.prepare(array);
    const bytes = await this.#files.read(array, coords, waiting);
    if (bytes === undefined) return { value: "missing", bytes: MISSING_BYTES };
    const { signal } = waiting;
    const decode = () => this.#decode(array, bytes, { signal });
    const value = await this.#decodes.run(decode, waiting).catch((error: unknown) => {
      throw isFault(error, "invalid") ? inChunk(error, array, coords) : error;
    });
    return { value, bytes: value.data.byteLength };
  }
}

/** Says which chunk it was. */
function inChunk(fault: Fault, array: ArrayMeta, coords: readonly number[]): Fault {
  const where = `${array.path}/${chunkKey(array, coords)}`;
  return new Fault(fault.tag, `${fault.message} (chunk ${where})`, { where, cause: fault });
}

const arrayPrefix = ({ path }: ArrayMeta): string => `${path}\n`;

/** Ends in a mark, so that one name never begins another. */
const chunkName = (array: ArrayMeta, coords: readonly number[]): string =>
  `${arrayPrefix(array)}${coordsKey(coords)};`;
