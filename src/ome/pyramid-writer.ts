/** Writing a whole pyramid in one go: each coarser level is fed from the chunks of the finer one as they are stored. */
import { Fault } from "../base/fault.ts";
import type { Pixels, ZarrArray } from "../zarr/array.ts";
import { ChunkAccumulator, type Existing } from "../zarr/chunk-accumulator.ts";
import { ChunkBuffers, type Scratch } from "../zarr/chunk-buffers.ts";
import { chunksInBox } from "../zarr/chunk-grid.ts";
import { chunkKey } from "../zarr/chunk-key.ts";
import { decodeChunk } from "../zarr/decode.ts";
import type { Encode } from "../zarr/encode.ts";
import type { Merge, Patch } from "../zarr/patch.ts";
import { filled, sizeOf } from "../zarr/pixels.ts";
import { keyOf, type Options } from "../zarr/store.ts";
import {
  type AxisSampling,
  axisSampling,
  coarseBox,
  coarsened,
  type Sample,
} from "./downsample.ts";

/** How many patches will touch a chunk, by its coordinates. */
type Touches = (coords: readonly number[]) => number;

export interface PyramidSpec {
  /** The finest first; all of one type and with the same axes. */
  readonly arrays: readonly [ZarrArray, ...ZarrArray[]];
  /** Of the finest level's chunks, by the patches that will be put; the coarser levels' follow from it. */
  readonly touches: Touches;
  /** How a patch meets what its chunk holds, at the finest level; the coarser ones take what the finer one stored. */
  readonly merge: Merge;
  /** "fill" for new arrays; "read" keeps what is there around the patches; "refill" goes on where a writer was cut off. */
  readonly existing: Existing;
  readonly sample: Sample;
  /** Chunks that are already as they will be; name them to `resume`. */
  readonly isDone?: (level: number, coords: readonly number[]) => boolean;
  /** Where chunks wait for their last patch when there are too many; memory has to do without it. */
  readonly scratch?: Scratch;
  /** Where finished chunks are encoded; on this thread unless said otherwise. */
  readonly encode?: Encode;
  /** Told of each chunk once it is on disk; one that holds only fill is no file there. */
  readonly onStored?: (level: number, coords: readonly number[], isFile: boolean) => void;
}

/**
 * Patches go into the finest level; nothing is read back to make the others, and each chunk of each level is stored
 * once. One writer per pyramid at a time.
 */
export class PyramidWriter {
  readonly #levels: readonly [ChunkAccumulator, ...ChunkAccumulator[]];
  readonly #steps: readonly Step[];
  readonly #isDone: (level: number, coords: readonly number[]) => boolean;
  readonly #buffers: ChunkBuffers;

  /** @throws Fault "unsupported" where a mean would need voxels of two chunks. */
  constructor(spec: PyramidSpec) {
    const { arrays, isDone = () => false } = spec;
    this.#isDone = isDone;
    this.#buffers = new ChunkBuffers(spec.scratch);
    this.#steps = arrays
      .slice(1)
      .map((coarse, k) => stepBetween(arrays[k] ?? arrays[0], coarse, spec.sample));
    let touches = spec.touches;
    const add = (array: ZarrArray, level: number): ChunkAccumulator => {
      const step = this.#steps[level];
      const accumulator = new ChunkAccumulator({
        array,
        touches,
        merge: level === 0 ? spec.merge : "overwrite",
        existing: spec.existing,
        isDone: (coords) => isDone(level, coords),
        buffers: this.#buffers,
        ...(spec.encode ? { encode: spec.encode } : {}),
        onMerged: (coords, data) => this.#feed(level, coords, data),
        onStored: (coords, isFile) => spec.onStored?.(level, coords, isFile),
        onReleased: async (coords) => {
          if (step === undefined) return;
          for (const coarse of coarseChunks(step, coords))
            await this.#levels[level + 1]?.release(coarse);
        },
      });
      if (step) touches = touchesOfCoarse(step, touches);
      return accumulator;
    };
    this.#levels = [add(arrays[0], 0), ...arrays.slice(1).map((array, k) => add(array, k + 1))];
  }

  /** Merges a patch into the finest level; waits while too much is being stored. */
  put(patch: Patch, options: Options = {}): Promise<void> {
    return this.#levels[0].put(patch, options);
  }

  /** Says that one of the patches announced for a chunk of the finest level will not come; costs no pixel. */
  release(coords: readonly number[], options: Options = {}): Promise<void> {
    return this.#levels[0].release(coords, options);
  }

  /**
   * Reads back the chunks that are done, by level, where a coarser chunk that is not still waits for them.
   * @throws as the store does
   */
  async resume(
    done: readonly (readonly (readonly number[])[])[],
    options: Options = {},
  ): Promise<void> {
    for (const [level, step] of this.#steps.entries())
      for (const coords of done[level] ?? []) {
        if (coarseChunks(step, coords).every((coarse) => this.#isDone(level + 1, coarse))) continue;
        const { fine } = step;
        const bytes = await fine.store.get(keyOf(fine.path, chunkKey(fine, coords)), options);
        const data = bytes
          ? (await decodeChunk(fine, bytes)).data
          : filled(fine, sizeOf(fine.chunks));
        await this.#feed(level, coords, data);
      }
  }

  /** Waits until what is finished is stored, at all levels. */
  async drain(): Promise<void> {
    for (const level of this.#levels) await level.drain();
  }

  /** Waits until all levels are stored; @throws Fault where a chunk still waits for a patch. */
  async finish(): Promise<void> {
    for (const level of this.#levels) await level.finish();
  }

  /** Per level, how often each chunk was stored, by its key. */
  get writes(): readonly ReadonlyMap<string, number>[] {
    return this.#levels.map(({ writes }) => writes);
  }

  /** How many chunks were stored that the writer before had stored already; known only of "refill". */
  get repeats(): number {
    return this.#levels.reduce((sum, { repeats }) => sum + repeats, 0);
  }

  /** How often a chunk that waited was written to the scratch store. */
  get spills(): number {
    return this.#buffers.spills;
  }

  /** What a chunk decides of the next coarser level. */
  async #feed(level: number, coords: readonly number[], data: Pixels): Promise<void> {
    const step = this.#steps[level];
    const patch = step && coarsePatch(step, coords, data);
    if (patch) await this.#levels[level + 1]?.put(patch, {});
  }
}

/** From one level to the next coarser one. */
interface Step {
  readonly fine: ZarrArray;
  readonly coarse: ZarrArray;
  /** One per axis. */
  readonly samplings: readonly AxisSampling[];
}

function stepBetween(fine: ZarrArray, coarse: ZarrArray, sample: Sample): Step {
  const samplings = fine.shape.map((n, axis) => {
    const sampling = axisSampling(n, coarse.shape[axis] ?? n, sample);
    const chunk = fine.chunks[axis] ?? n;
    if (chunk < n && chunk % sampling.block !== 0)
      throw new Fault(
        "unsupported",
        `"${coarse.path}" cannot be made as means of ${sampling.block} voxels of "${fine.path}", whose chunks are ${fine.chunks.join(" × ")}`,
        { where: coarse.path },
      );
    return sampling;
  });
  return { fine, coarse, samplings };
}

function coarsePatch(
  { fine, samplings }: Step,
  coords: readonly number[],
  data: Pixels,
): Patch | undefined {
  return coarsened({ data, chunk: fine.chunks, origin: originOf(fine, coords) }, samplings);
}

function originOf({ chunks }: ZarrArray, coords: readonly number[]): number[] {
  return coords.map((c, axis) => c * (chunks[axis] ?? 1));
}

/** The chunks of the coarser level that a chunk of the finer one decides voxels of. */
function coarseChunks({ fine, coarse, samplings }: Step, coords: readonly number[]): number[][] {
  const { min, shape } = coarseBox(
    { origin: originOf(fine, coords), chunk: fine.chunks },
    samplings,
  );
  const max = min.map((from, axis) => from + (shape[axis] ?? 0));
  return chunksInBox(coarse.chunks, min, max);
}

/** A coarse chunk is touched once by each touched fine chunk that holds the first voxel of one of its own. */
function touchesOfCoarse({ fine, coarse, samplings }: Step, touches: Touches): Touches {
  const known = new Map<string, number>();
  return (coords) => {
    const key = coords.join();
    let count = known.get(key);
    if (count === undefined) {
      const sources = samplings.map(({ count: length, first }, axis) => {
        const chunk = coarse.chunks[axis] ?? 1;
        const from = (coords[axis] ?? 0) * chunk;
        const to = Math.min(length, from + chunk);
        const found = new Set<number>();
        for (let j = from; j < to; j++) found.add(Math.floor(first(j) / (fine.chunks[axis] ?? 1)));
        return [...found];
      });
      count = product(sources).filter((source) => touches(source) > 0).length;
      known.set(key, count);
    }
    return count;
  };
}

/** All ways to take one of each list. */
function product(lists: readonly (readonly number[])[]): number[][] {
  return lists.reduce<number[][]>(
    (tuples, list) => tuples.flatMap((tuple) => list.map((value) => [...tuple, value])),
    [[]],
  );
}
