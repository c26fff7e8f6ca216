/** Otsu's threshold: the value that splits intensities into two classes of the greatest variance between them. */
import { Fault } from "../../base/fault.ts";
import type { Voxels } from "./voxels.ts";

/** Bins of a float image (scikit-image's default). */
const FLOAT_BINS = 256;
/** The widest range of integers that is counted value by value: 128 MiB of counts. */
const MOST_VALUES = 2 ** 24;

interface Histogram {
  readonly counts: Float64Array<ArrayBuffer>;
  readonly centers: Float64Array<ArrayBuffer>;
}

/**
 * The threshold t; foreground is `voxel > t`. Equals `skimage.filters.threshold_otsu`: integers have one bin per
 * value, floats 256 bins over their range, and an image of one value gives that value (Otsu 1979).
 * @throws Fault "input" where there are no voxels, where one is not finite, or where integers span more than 2^24 values.
 */
export function otsu(voxels: Voxels): number {
  const { low, high } = rangeOf(voxels);
  if (low === high) return low;
  const isFloat = voxels instanceof Float32Array || voxels instanceof Float64Array;
  return split(isFloat ? floatHistogram(voxels, low, high) : valueHistogram(voxels, low, high));
}

function rangeOf(voxels: Voxels): { low: number; high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let finite = voxels.length > 0;
  for (const value of voxels) {
    if (value < low) low = value;
    if (value > high) high = value;
    if (Number.isNaN(value)) finite = false;
  }
  if (!(finite && Number.isFinite(low) && Number.isFinite(high)))
    throw new Fault(
      "input",
      "Otsu's threshold needs pixels that are all finite numbers; there are none, or some are NaN or infinite",
    );
  return { low, high };
}

function valueHistogram(voxels: Voxels, low: number, high: number): Histogram {
  const bins = high - low + 1;
  if (bins > MOST_VALUES)
    throw new Fault(
      "input",
      `Otsu's threshold counts every value, and these pixels span ${bins} values: smooth the image first, or give a fixed threshold`,
    );
  const counts = new Float64Array(bins);
  for (const value of voxels) counts[value - low] = (counts[value - low] ?? 0) + 1;
  return { counts, centers: Float64Array.from(counts, (_, i) => low + i) };
}

/** `numpy.histogram` in the image's own precision: a bin holds its lower edge, the last one also its upper. */
function floatHistogram(voxels: Float32Array | Float64Array, low: number, high: number): Histogram {
  const round = voxels instanceof Float32Array ? Math.fround : (value: number) => value;
  const step = round(round(high - low) / FLOAT_BINS);
  const edges = Float64Array.from({ length: FLOAT_BINS + 1 }, (_, i) =>
    i === FLOAT_BINS ? high : round(round(i * step) + low),
  );
  const edge = (i: number): number => edges[i] ?? high;
  const counts = new Float64Array(FLOAT_BINS);
  const perBin = FLOAT_BINS / (high - low);
  for (const value of voxels) {
    let bin = Math.min(FLOAT_BINS - 1, Math.floor((value - low) * perBin));
    // Rounding may name the neighbour: the edges decide.
    if (value < edge(bin)) bin--;
    else if (bin < FLOAT_BINS - 1 && value >= edge(bin + 1)) bin++;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const centers = Float64Array.from(counts, (_, i) => round(round(edge(i) + edge(i + 1)) / 2));
  return { counts, centers };
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
