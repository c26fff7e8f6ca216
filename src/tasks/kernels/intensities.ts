/** Statistics of an image's values in each object. */
import { type ObjectRuns, voxelCount } from "./object-runs.ts";
import type { Voxels } from "./voxels.ts";

/** One value per object. */
export interface Intensities {
  readonly mean: Float64Array<ArrayBuffer>;
  readonly median: Float64Array<ArrayBuffer>;
  readonly max: Float64Array<ArrayBuffer>;
  readonly min: Float64Array<ArrayBuffer>;
  /** Of the values themselves: divided by their number, not by one less. */
  readonly std: Float64Array<ArrayBuffer>;
}

/**
 * Equals the `intensity_…` properties of `skimage.measure.regionprops`, in double precision whatever the image's type
 * (numpy sums float32 in float32); an object that holds a NaN has NaN in all of them.
 * @param voxels of the shape the objects were found in.
 */
export function intensities(objects: ObjectRuns, voxels: Voxels): Intensities {
  const count = objects.labels.length;
  const column = () => new Float64Array(count);
  const out = { mean: column(), median: column(), max: column(), min: column(), std: column() };
  const values = new Float64Array(largest(objects));
  for (let i = 0; i < count; i++) {
    const length = gather(objects, i, voxels, values);
    const { sum, min, max } = rangeAndSum(values, length);
    const mean = sum / length;
    out.mean[i] = mean;
    out.std[i] = deviation(values, length, mean);
    out.min[i] = min;
    out.max[i] = max;
    out.median[i] = Number.isNaN(min) ? min : median(values, length);
  }
  return out;
}

function largest(objects: ObjectRuns): number {
  let most = 0;
  for (let i = 0; i < objects.labels.length; i++) most = Math.max(most, voxelCount(objects, i));
  return most;
}

/** Copies an object's values to the front of `values`; returns how many they are. */
function gather(
  { shape, first, rows, starts, ends }: ObjectRuns,
  i: number,
  voxels: Voxels,
  values: Float64Array,
): number {
  const width = shape[2];
  let length = 0;
  for (let run = first[i] ?? 0; run < (first[i + 1] ?? 0); run++) {
    const from = (rows[run] ?? 0) * width;
    const end = from + (ends[run] ?? 0);
    for (let k = from + (starts[run] ?? 0); k < end; k++) values[length++] = voxels[k] ?? 0;
  }
  return length;
}

function rangeAndSum(values: Float64Array, length: number) {
  let sum = 0;
  let min = values[0] ?? Number.NaN;
  let max = min;
  for (let k = 0; k < length; k++) {
    const value = values[k] ?? 0;
    sum += value;
    if (value < min) min = value;
    else if (value > max) max = value;
    else if (Number.isNaN(value)) return { sum: value, min: value, max: value };
  }
  return { sum, min, max };
}

function deviation(values: Float64Array, length: number, mean: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) {
    const difference = (values[k] ?? 0) - mean;
    sum += difference * difference;
  }
  return Math.sqrt(sum / length);
}

/** The middle value, or the mean of the two in the middle; the values change places. */
function median(values: Float64Array, length: number): number {
  const middle = length >> 1;
  const upper = select(values, length, middle);
  if (length % 2 === 1) return upper;
  let lower = values[0] ?? 0;
  for (let k = 1; k < middle; k++) lower = Math.max(lower, values[k] ?? 0);
  return (lower + upper) / 2;
}

/** The value at place k of the sorted values; lesser ones are moved before it, greater ones behind (Hoare's FIND, 1961). */
function select(values: Float64Array, length: number, k: number): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const { end, start } = part(values, low, high, values[k] ?? 0);
    if (end < k) low = start;
    if (start > k) high = end;
  }
  return values[k] ?? 0;
}

/** Moves what is at most the pivot up to `end`, and what is at least the pivot from `start` on. */
function part(values: Float64Array, low: number, high: number, pivot: number) {
  let start = low;
  let end = high;
  while (start <= end) {
    while ((values[start] ?? 0) < pivot) start++;
    while ((values[end] ?? 0) > pivot) end--;
    if (start > end) break;
    const swapped = values[start] ?? 0;
    values[start++] = values[end] ?? 0;
    values[end--] = swapped;
  }
  return { end, start };
}
