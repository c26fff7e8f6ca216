/** Writing a whole pyramid in one go: each coarser level is fed from the chunks of the finer one as they are stored. */
import { Fault } from "../base/fault.ts";
import type { Pixels, ZarrArray } from "../zarr/array.ts";
import { ChunkAccumulator } from "../zarr/chunk-accumulator.ts";
import type { Merge, Patch } from "../zarr/patch.ts";
import type { Options } from "../zarr/store.ts";
import { type AxisSampling, axisSampling, coarsened, type Sample } from "./downsample.ts";

/** How many patches will touch a chunk, by its coordinates. */
type Touches = (coords: readonly number[]) => number;

export interface PyramidSpec {
  /** The finest first; all of one type and with the same axes. */
  readonly arrays: readonly [ZarrArray, ...ZarrArray[]];
  /** Of the finest level's chunks, by the patches that will be put; the coarser levels' follow from it. */
  readonly touches: Touches;
  /** How a patch meets what its chunk holds, at the finest level; the coarser ones take what the finer one stored. */
  readonly merge: Merge;
  /** "fill" for new arrays; "read" keeps what is there around the patches. */
  readonly existing: "fill" | "read";
  readonly sample: Sample;
  /** Told of each chunk once it is done; `stored` is false for one that holds only fill and is not written. */
  readonly onStored?: (level: number, coords: readonly number[], stored: boolean) => void;
}

/**
 * Patches go into the finest level; nothing is read back to make the others, and each chunk of each level is stored
 * once. One writer per pyramid at a time.
 */
export class PyramidWriter {
  readonly #levels: readonly [ChunkAccumulator, ...ChunkAccumulator[]];

  /** @throws Fault "unsupported" where a mean would need voxels of two chunks. */
  constructor(spec: PyramidSpec) {
    const { arrays } = spec;
    const steps = arrays
      .slice(1)
      .map((coarse, k) => stepBetween(arrays[k] ?? arrays[0], coarse, spec.sample));
    const accumulators: ChunkAccumulator[] = [];
    let touches = spec.touches;
    const add = (array: ZarrArray, level: number): ChunkAccumulator => {
      const step = steps[level];
      const accumulator = new ChunkAccumulator({
        array,
        touches,
        merge: level === 0 ? spec.merge : "overwrite",
        existing: spec.existing,
        onStored: async (coords, data, stored) => {
          spec.onStored?.(level, coords, stored);
          const patch = step && coarsePatch(step, coords, data);
          if (patch) await accumulators[level + 1]?.put(patch, {});
        },
      });
      accumulators.push(accumulator);
      if (step) touches = touchesOfCoarse(step, touches);
      return accumulator;
    };
    this.#levels = [add(arrays[0], 0), ...arrays.slice(1).map((array, k) => add(array, k + 1))];
  }

  /** Merges a patch into the finest level; waits while too much is being stored. */
  put(patch: Patch, options: Options = {}): Promise<void> {
    return this.#levels[0].put(patch, options);
  }

  /** Waits until all levels are stored; @throws Fault where a chunk still waits for a patch. */
  async finish(): Promise<void> {
    for (const level of this.#levels) await level.finish();
  }

  /** Per level, how often each chunk was stored, by its key. */
  get writes(): readonly ReadonlyMap<string, number>[] {
    return this.#levels.map(({ writes }) => writes);
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
  const origin = coords.map((c, axis) => c * (fine.chunks[axis] ?? 1));
  return coarsened({ data, chunk: fine.chunks, origin }, samplings);
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
