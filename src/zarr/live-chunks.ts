/** Chunks in memory that patches are merged into as they come: what a run shows before it is stored. */
import type { Waiting } from "../base/limiter.ts";
import type { ArrayMeta, Chunk, ZarrArray } from "./array.ts";
import { chunksInBox, coordsKey, placeOf } from "./chunk-grid.ts";
import type { ChunkListener, ChunkSource } from "./chunk-source.ts";
import { Listeners } from "./listeners.ts";
import { type Merge, mergePatch, type Patch } from "./patch.ts";
import { filled, sizeOf } from "./pixels.ts";

/**
 * Any number of arrays, told apart by their paths. What no patch has touched, and what is stored, comes from the store;
 * so only chunks that are still being filled take memory.
 */
export class LiveChunks implements ChunkSource {
  readonly #merge: Merge;
  readonly #stored: ChunkSource | undefined;
  readonly #chunks = new Map<string, Chunk>();
  readonly #listeners = new Listeners();

  /** @param stored absent, all else is missing. */
  constructor(merge: Merge, stored?: ChunkSource) {
    this.#merge = merge;
    this.#stored = stored;
  }

  /** Merges a patch and tells of each chunk it touches. A changed chunk is a new object over the same pixels. */
  put(array: ArrayMeta, patch: Patch): void {
    const max = patch.min.map((at, axis) => at + (patch.shape[axis] ?? 0));
    for (const coords of chunksInBox(array.chunks, patch.min, max)) {
      const name = nameOf(array, coords);
      const data = this.#chunks.get(name)?.data ?? filled(array, sizeOf(array.chunks));
      mergePatch(data, placeOf(array, coords), patch, this.#merge);
      this.#chunks.set(name, { data, shape: array.chunks });
      this.#listeners.tell(array.path, coords);
    }
  }

  /** Says that a chunk is whole and stored, and that the store's source knows: it is no longer held here. */
  release(array: ArrayMeta, coords: readonly number[]): void {
    if (this.#stored && this.#chunks.delete(nameOf(array, coords)))
      this.#listeners.tell(array.path, coords);
  }

  async read(
    array: ZarrArray,
    coords: readonly number[],
    options: Waiting = {},
  ): Promise<Chunk | undefined> {
    const chunk = this.#chunks.get(nameOf(array, coords));
    return chunk ?? this.#stored?.read(array, coords, options);
  }

  peek(array: ArrayMeta, coords: readonly number[]): Chunk | "missing" | undefined {
    const chunk = this.#chunks.get(nameOf(array, coords));
    if (chunk) return chunk;
    return this.#stored ? this.#stored.peek(array, coords) : "missing";
  }

  isComing(array: ArrayMeta, coords: readonly number[]): boolean {
    return this.#stored?.isComing(array, coords) ?? false;
  }

  subscribe(listener: ChunkListener): () => void {
    return this.#listeners.add(listener);
  }
}

const nameOf = ({ path }: ArrayMeta, coords: readonly number[]): string =>
  `${path}\n${coordsKey(coords)}`;
