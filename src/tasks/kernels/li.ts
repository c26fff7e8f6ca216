/** Li's threshold: the value at which the cross entropy of an image and its two classes is least. */
import { type Histogram, histogramOf, isFloat, rangeOf } from "./histogram.ts";
import type { Voxels } from "./voxels.ts";

/**
 * The threshold t; foreground is `voxel > t`. Equals `skimage.filters.threshold_li` but for the rounding of logarithms
 * and of means of floats, which are taken in double precision here (1e-6 relative); an image of one value gives that
 * value (Li and Tam 1998).
 * @throws Fault "input" where there are no voxels, where one is not finite, or where integers span more than 2^24 values.
 */
export function li(voxels: Voxels): number {
  const { counts, centers } = isFloat(voxels) ? sorted(voxels) : histogramOf(voxels, "Li's");
  const low = centers[0] ?? 0;
  if (low === centers.at(-1)) return low;
  const values = centers.map((center) => center - low);
  const tolerance = isFloat(voxels) ? smallestStep(values) / 2 : 0.5;
  return low + iterate({ counts, centers: values }, tolerance);
}

/** Floats as a histogram with a bin for each voxel. */
function sorted(voxels: Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>): Histogram {
  rangeOf(voxels, "Li's");
  const centers = Float64Array.from(voxels).sort();
  return { counts: new Float64Array(centers.length).fill(1), centers };
}

function smallestStep(ascending: Float64Array): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < ascending.length; i++) {
    const step = (ascending[i] ?? 0) - (ascending[i - 1] ?? 0);
    if (step > 0 && step < smallest) smallest = step;
  }
  return smallest;
}

/** From the mean on, until a step is no longer than the tolerance; values begin at 0. */
function iterate({ counts, centers }: Histogram, tolerance: number): number {
  const countTo = cumulated(counts, (count) => count);
  const sumTo = cumulated(counts, (count, bin) => count * (centers[bin] ?? 0));
  const count = countTo.at(-1) ?? 0;
  const sum = sumTo.at(-1) ?? 0;
  let next = sum / count;
  for (let current = -2 * tolerance; Math.abs(next - current) > tolerance; ) {
    current = next;
    const split = firstAbove(centers, current);
    const below = (sumTo[split] ?? 0) / (countTo[split] ?? 0);
    const above = (sum - (sumTo[split] ?? 0)) / (count - (countTo[split] ?? 0));
    // The logarithm of a background that is all lowest values is not defined.
    if (below === 0) break;
    next = (below - above) / (Math.log(below) - Math.log(above));
  }
  return next;
}

/** Sums of a measure over the bins before each bin, and over all at the end. */
function cumulated(
  counts: Float64Array,
  measure: (count: number, bin: number) => number,
): Float64Array {
  const sums = new Float64Array(counts.length + 1);
  for (let bin = 0; bin < counts.length; bin++)
    sums[bin + 1] = (sums[bin] ?? 0) + measure(counts[bin] ?? 0, bin);
  return sums;
}

/** The index of the first of ascending values that is greater than a threshold. */
function firstAbove(ascending: Float64Array, threshold: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) > threshold) high = middle;
    else low = middle + 1;
  }
  return low;
}
