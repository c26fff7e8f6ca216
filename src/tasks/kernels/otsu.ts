/** Otsu's threshold: the value that splits intensities into two classes of the greatest variance between them. */
import { type Histogram, histogramOf } from "./histogram.ts";
import type { Voxels } from "./voxels.ts";

/**
 * The threshold t; foreground is `voxel > t`. Equals `skimage.filters.threshold_otsu`: integers have one bin per
 * value, floats 256 bins over their range, and an image of one value gives that value (Otsu 1979).
 * @throws Fault "input" where there are no voxels, where one is not finite, or where integers span more than 2^24 values.
 */
export function otsu(voxels: Voxels): number {
  return split(histogramOf(voxels, "Otsu's"));
}

/** The center of the first bin after which splitting separates the classes most. */
function split({ counts, centers }: Histogram): number {
  const bins = counts.length;
  const aboveCount = new Float64Array(bins + 1);
  const aboveSum = new Float64Array(bins + 1);
  for (let i = bins - 1; i >= 0; i--) {
    const count = counts[i] ?? 0;
    aboveCount[i] = (aboveCount[i + 1] ?? 0) + count;
    aboveSum[i] = (aboveSum[i + 1] ?? 0) + count * (centers[i] ?? 0);
  }
  let belowCount = 0;
  let belowSum = 0;
  let best = -1;
  let threshold = centers[0] ?? 0;
  for (let i = 0; i < bins - 1; i++) {
    const count = counts[i] ?? 0;
    const center = centers[i] ?? 0;
    belowCount += count;
    belowSum += count * center;
    const others = aboveCount[i + 1] ?? 0;
    const distance = belowSum / belowCount - (aboveSum[i + 1] ?? 0) / others;
    const variance = belowCount * others * distance ** 2;
    if (variance > best) {
      best = variance;
      threshold = center;
    }
  }
  return threshold;
}
