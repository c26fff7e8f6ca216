/** Chunks in memory that patches are merged into as they come: what a run shows before it is stored. */
import type { ArrayMeta, Chunk, ZarrArray } from "./array.ts";
import { chunksInBox, coordsKey, placeOf } from "./chunk-grid.ts";
import type { ChunkListener, ChunkSource } from "./chunk-source.ts";
import { Listeners } from "./listeners.ts";
import { type Merge, mergePatch, type Patch } from "./patch.ts";
import { filled, sizeOf } from "./pixels.ts";
import type { Options } from "./store.ts";

/** Any number of arrays, told apart by their paths; what no patch has touched is missing, and nothing is ever dropped. */
export class LiveChunks implements ChunkSource {
  readonly #merge: Merge;
  readonly #chunks = new Map<string, Chunk>();
  readonly #listeners = new Listeners();

  constructor(merge: Merge) {
    this.#merge = merge;
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

  async read(
    array: ZarrArray,
    coords: readonly number[],
    _options: Options = {},
  ): Promise<Chunk | undefined> {
    return this.#chunks.get(nameOf(array, coords));
  }

  peek(array: ArrayMeta, coords: readonly number[]): Chunk | "missing" {
    return this.#chunks.get(nameOf(array, coords)) ?? "missing";
  }

  subscribe(listener: ChunkListener): () => void {
    return this.#listeners.add(listener);
  }
}

const nameOf = ({ path }: ArrayMeta, coords: readonly number[]): string =>
  `${path}\n${coordsKey(coords)}`;
