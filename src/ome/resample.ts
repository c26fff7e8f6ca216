/** Making one level of a pyramid from the next finer or the next coarser one, chunk by chunk. */
import { Fault } from "../base/fault.ts";
import { zerosLike } from "../base/typed-array.ts";
import type { Pixels } from "../zarr/array.ts";
import type { Placed } from "../zarr/overlap.ts";
import type { Patch } from "../zarr/patch.ts";
import { isBig } from "../zarr/pixels.ts";

/**
 * How a voxel gets its value: "nearest" takes one, for labels and for all that becomes finer; "mean" takes the mean of a
 * block, for images that become coarser.
 */
export type Sample = "nearest" | "mean";

/** For one axis: voxel j of what is made is made of `block` voxels of its source from `first(j)` on; `first` never falls. */
export interface AxisSampling {
  readonly count: number;
  readonly block: number;
  first(j: number): number;
}

/**
 * How n voxels become m on one axis.
 * Nearest takes voxel floor((j + 0.5) · n / m), as scipy's `zoom(order=0, grid_mode=True)` and thus ngio 1.1 do: for
 * half as many voxels the odd ones, for twice as many each one twice. Mean takes blocks of floor(n / m) and leaves out
 * what remains at the end, as dask's `coarsen(trim_excess=True)` and thus fractal-tasks-core do.
 */
export function axisSampling(n: number, m: number, sample: Sample): AxisSampling {
  const block = Math.floor(n / m);
  return sample === "mean"
    ? { count: m, block, first: (j) => j * block }
    : { count: m, block: 1, first: (j) => Math.min(n - 1, Math.floor(((j + 0.5) * n) / m)) };
}

/** The voxels, half-open, whose first source voxel is in the range [min, max). */
export function resampledRange(
  sampling: AxisSampling,
  min: number,
  max: number,
): readonly [from: number, to: number] {
  return [firstFrom(sampling, min), firstFrom(sampling, max)];
}

/** The first voxel whose first source voxel is at or after a position. */
function firstFrom({ count, first }: AxisSampling, position: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (first(middle) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A chunk of the source: dense, last axis fastest, padded to the full chunk shape at the array's end. */
export interface SourceChunk {
  readonly data: Pixels;
  readonly chunk: readonly number[];
  /** Where its first voxel is in its level. */
  readonly origin: readonly number[];
}

/** The box of the other level that one chunk of the source decides; of a length 0 where it decides nothing. */
export function resampledBox(
  { origin, chunk }: Pick<SourceChunk, "origin" | "chunk">,
  samplings: readonly AxisSampling[],
): Placed {
  const ranges = samplings.map((sampling, i) => {
    const from = origin[i] ?? 0;
    return resampledRange(sampling, from, from + (chunk[i] ?? 1));
  });
  return { min: ranges.map(([from]) => from), shape: ranges.map(([from, to]) => to - from) };
}

/**
 * What one chunk of the source decides of the other level; undefined where it decides nothing.
 * @param samplings one per axis; blocks must not reach beyond the chunk.
 * @param box the part that is asked for; all of it unless given
 * @throws Fault "unsupported" for a mean of 64-bit integers.
 */
export function resampled(
  source: SourceChunk,
  samplings: readonly AxisSampling[],
  box: Placed = resampledBox(source, samplings),
): Patch | undefined {
  const { min, shape } = box;
  const size = shape.reduce((a, b) => a * b, 1);
  if (size === 0) return undefined;
  // Per axis, the offset of each voxel's first source voxel inside the chunk's data.
  const strides = source.chunk.map((_, i) => source.chunk.slice(i + 1).reduce((a, b) => a * b, 1));
  const offsets = samplings.map((sampling, i) =>
    Uint32Array.from(
      { length: shape[i] ?? 0 },
      (_, j) => (sampling.first((min[i] ?? 0) + j) - (source.origin[i] ?? 0)) * (strides[i] ?? 1),
    ),
  );
  const inBlock = blockOffsets(samplings, strides);
  const data = zerosLike(source.data, size);
  if (inBlock.length === 1) take(source.data, data, offsets);
  else if (isBig(source.data) || isBig(data))
    throw new Fault(
      "unsupported",
      "Fovea makes no mean of 64-bit integers; sample them by nearest",
    );
  else average(source.data, data, offsets, inBlock);
  return { min, shape, data };
}

/** The offsets of a block's voxels from its first. */
function blockOffsets(samplings: readonly AxisSampling[], strides: readonly number[]): number[] {
  let offsets = [0];
  samplings.forEach(({ block }, axis) => {
    const steps = Array.from({ length: block }, (_, i) => i * (strides[axis] ?? 1));
    offsets = offsets.flatMap((offset) => steps.map((step) => offset + step));
  });
  return offsets;
}

/** Calls with each row of the patch: where its voxels begin there, and what its leading axes add to the source offset. */
function eachRow(
  leading: readonly Uint32Array[],
  length: number,
  visit: (to: number, from: number) => void,
): void {
  let to = 0;
  const descend = (axis: number, from: number): void => {
    const offsets = leading[axis];
    if (offsets === undefined) {
      visit(to, from);
      to += length;
    } else for (const offset of offsets) descend(axis + 1, from + offset);
  };
  descend(0, 0);
}

/** Any typed array, to copy values between two of the same type. */
interface Values {
  [index: number]: number | bigint;
}

function take(source: Values, made: Values, offsets: readonly Uint32Array[]): void {
  const last = offsets.at(-1) ?? new Uint32Array(1);
  eachRow(offsets.slice(0, -1), last.length, (to, from) => {
    for (let i = 0; i < last.length; i++) made[to + i] = source[from + (last[i] ?? 0)] ?? 0;
  });
}

type Numbers = Exclude<Pixels, BigInt64Array | BigUint64Array>;

/**
 * Means, exact in double precision; an integer array has them rounded, halves away from 0, as scipy's linear `zoom` and
 * thus ngio 1.1 round them: a level of half the voxels is theirs to the bit.
 */
function average(
  source: Numbers,
  made: Numbers,
  offsets: readonly Uint32Array[],
  inBlock: readonly number[],
): void {
  const last = offsets.at(-1) ?? new Uint32Array(1);
  const sums = new Float64Array(last.length);
  const half = made instanceof Float32Array || made instanceof Float64Array ? 0 : 0.5;
  eachRow(offsets.slice(0, -1), last.length, (to, from) => {
    sums.fill(0);
    for (const step of inBlock)
      for (let i = 0; i < sums.length; i++)
        sums[i] = (sums[i] ?? 0) + (source[from + step + (last[i] ?? 0)] ?? 0);
    for (let i = 0; i < sums.length; i++) {
      const mean = (sums[i] ?? 0) / inBlock.length;
      // Storing an integer cuts off what is behind the point.
      made[to + i] = mean > 0 ? mean + half : mean - half;
    }
  });
}
