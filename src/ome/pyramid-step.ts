/** From one level of a pyramid to its neighbour: which chunks decide which, and how. */
import { Fault } from "../base/fault.ts";
import type { Pixels, ZarrArray } from "../zarr/array.ts";
import { chunksInBox, placeOf } from "../zarr/chunk-grid.ts";
import type { Patch } from "../zarr/patch.ts";
import {
  type AxisSampling,
  axisSampling,
  resampled,
  resampledBox,
  resampledRange,
  type Sample,
} from "./resample.ts";

export interface Step {
  /** The places of the levels; the target is one finer or one coarser. */
  readonly from: number;
  readonly to: number;
  readonly source: ZarrArray;
  readonly target: ZarrArray;
  /** One per axis. */
  readonly samplings: readonly AxisSampling[];
}

/** The steps that lead from one level to all others, each before those that go on from its target. */
export function stepsFrom(at: number, arrays: readonly ZarrArray[], sample: Sample): Step[] {
  const steps: Step[] = [];
  for (let k = at; k + 1 < arrays.length; k++) steps.push(stepBetween(k, k + 1, arrays, sample));
  for (let k = at; k > 0; k--) steps.push(stepBetween(k, k - 1, arrays, "nearest"));
  return steps;
}

function stepBetween(from: number, to: number, arrays: readonly ZarrArray[], sample: Sample): Step {
  const [source, target] = [arrays[from], arrays[to]];
  if (source === undefined || target === undefined) throw new Error(`There is no level ${to}`);
  const samplings = source.shape.map((n, axis) => {
    const sampling = axisSampling(n, target.shape[axis] ?? n, sample);
    const chunk = source.chunks[axis] ?? n;
    if (chunk < n && chunk % sampling.block !== 0)
      throw new Fault(
        "unsupported",
        `"${target.path}" cannot be made as means of ${sampling.block} voxels of "${source.path}", whose chunks are ${source.chunks.join(" × ")}`,
        { where: target.path },
      );
    return sampling;
  });
  return { from, to, source, target, samplings };
}

/** The chunks of the target that a chunk of the source decides voxels of. */
export function targetsOf(
  { source, target, samplings }: Step,
  coords: readonly number[],
): number[][] {
  const { min, shape } = resampledBox(sourceChunk(source, coords), samplings);
  const max = min.map((from, axis) => from + (shape[axis] ?? 0));
  return chunksInBox(target.chunks, min, max);
}

/** The chunks of the source that hold the first voxel of one of a target chunk's own. */
export function sourcesOf(
  { source, target, samplings }: Step,
  coords: readonly number[],
): number[][] {
  const perAxis = samplings.map(({ count: length, first }, axis) => {
    const chunk = target.chunks[axis] ?? 1;
    const from = (coords[axis] ?? 0) * chunk;
    const to = Math.min(length, from + chunk);
    const found = new Set<number>();
    for (let j = from; j < to; j++) found.add(Math.floor(first(j) / (source.chunks[axis] ?? 1)));
    return [...found];
  });
  return product(perAxis);
}

/** What a chunk of the source decides of the target: as one patch where that is coarser, else chunk by chunk, as it is large. */
export function* patchesOf(
  step: Step,
  coords: readonly number[],
  data: Pixels,
): Generator<Patch, void, undefined> {
  const { source, target, samplings, from, to } = step;
  const chunk = { ...sourceChunk(source, coords), data };
  const whole = resampledBox(chunk, samplings);
  const boxes =
    to > from ? [whole] : targetsOf(step, coords).map((at) => shared(whole, placeOf(target, at)));
  for (const box of boxes) {
    const patch = resampled(chunk, samplings, box);
    if (patch) yield patch;
  }
}

type Placed = Pick<Patch, "min" | "shape">;

/** What two boxes share, which is not nothing. */
function shared(a: Placed, b: Placed): Placed {
  const min = a.min.map((from, axis) => Math.max(from, b.min[axis] ?? 0));
  const end = ({ min: at, shape }: Placed, axis: number) => (at[axis] ?? 0) + (shape[axis] ?? 0);
  return { min, shape: min.map((from, axis) => Math.min(end(a, axis), end(b, axis)) - from) };
}

function sourceChunk({ chunks }: ZarrArray, coords: readonly number[]) {
  return { chunk: chunks, origin: coords.map((c, axis) => c * (chunks[axis] ?? 1)) };
}

/** All ways to take one of each list. */
function product(lists: readonly (readonly number[])[]): number[][] {
  return lists.reduce<number[][]>(
    (tuples, list) => tuples.flatMap((tuple) => list.map((value) => [...tuple, value])),
    [[]],
  );
}

/** The voxels of the finest level that are made, one level from the other, of a box of the level at a place. */
export function rangesInFinest(
  arrays: readonly ZarrArray[],
  at: number,
  box: { readonly min: readonly number[]; readonly max: readonly number[] },
): { readonly min: readonly number[]; readonly max: readonly number[] } {
  let ranges = box.min.map((from, axis) => [from, box.max[axis] ?? from] as const);
  for (let k = at; k > 0; k--) {
    const { samplings } = stepBetween(k, k - 1, arrays, "nearest");
    ranges = samplings.map((sampling, axis) =>
      resampledRange(sampling, ...(ranges[axis] ?? [0, 0])),
    );
  }
  return { min: ranges.map(([from]) => from), max: ranges.map(([, to]) => to) };
}
