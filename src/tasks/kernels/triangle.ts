/** The triangle threshold: the bin farthest from the line between the histogram's peak and the end of its longer tail. */
import { histogramOf } from "./histogram.ts";
import type { Voxels } from "./voxels.ts";

/**
 * The threshold t; foreground is `voxel > t`. Equals `skimage.filters.threshold_triangle`: integers have one bin per
 * value, floats 256 bins over their range, and an image of one value gives that value (Zack, Rogers, Latt 1977).
 * @throws Fault "input" where there are no voxels, where one is not finite, or where integers span more than 2^24 values.
 */
export function triangle(voxels: Voxels): number {
  const { counts, centers } = histogramOf(voxels, "The triangle");
  const last = counts.length - 1;
  const peak = indexOfMost(counts, (count) => count);
  // A longer tail above the peak is seen in the mirror.
  const isMirrored = peak < last - peak;
  const seen = isMirrored ? counts.toReversed() : counts;
  const width = isMirrored ? last - peak : peak;
  const height = counts[peak] ?? 0;
  const norm = Math.sqrt(height ** 2 + width ** 2);
  const farthest = indexOfMost(
    seen.subarray(0, width),
    (count, bin) => (height / norm) * bin - (width / norm) * count,
  );
  return centers[isMirrored ? last - farthest : farthest] ?? Number.NaN;
}

/** Where a measure of the bins is greatest, the first of equals; 0 where there is no bin. */
function indexOfMost(
  counts: Float64Array,
  measure: (count: number, bin: number) => number,
): number {
  let most = Number.NEGATIVE_INFINITY;
  let found = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    const value = measure(counts[bin] ?? 0, bin);
    if (value <= most) continue;
    most = value;
    found = bin;
  }
  return found;
}
