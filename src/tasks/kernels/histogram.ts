/** Histograms of an image as scikit-image counts them, for thresholds that are found in them. */
import { Fault } from "../../base/fault.ts";
import type { Voxels } from "./voxels.ts";

/** Bins of a float image (scikit-image's default). */
const FLOAT_BINS = 256;
/** The widest range of integers that is counted value by value: 128 MiB of counts. */
const MOST_VALUES = 2 ** 24;

export interface Histogram {
  readonly counts: Float64Array<ArrayBuffer>;
  /** The value each bin stands for, ascending. */
  readonly centers: Float64Array<ArrayBuffer>;
}

export function isFloat(
  voxels: Voxels,
): voxels is Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer> {
  return voxels instanceof Float32Array || voxels instanceof Float64Array;
}

/**
 * The histogram of `skimage.exposure.histogram`: integers have one bin per value from the lowest to the highest, floats
 * 256 bins over their range. The first and last bin of integers, and some bin always, are not empty.
 * @param threshold the name of what needs it, for the sentence of the Fault.
 * @throws Fault "input" where there are no voxels, where one is not finite, or where integers span more than 2^24 values.
 */
export function histogramOf(voxels: Voxels, threshold: string): Histogram {
  if (voxels instanceof Uint16Array || voxels instanceof Uint8Array)
    return trimmed(countsOfAll(voxels), threshold);
  const { low, high } = rangeOf(voxels, threshold);
  if (low === high)
    return { counts: Float64Array.of(voxels.length), centers: Float64Array.of(low) };
  return isFloat(voxels)
    ? floatHistogram(voxels, low, high)
    : valueHistogram(voxels, low, high, threshold);
}

/** The lowest and the highest value; @throws Fault "input" where there is none, or one is not finite. */
export function rangeOf(voxels: Voxels, threshold: string): { low: number; high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let numbers = voxels.length > 0;
  for (let i = 0; i < voxels.length; i++) {
    const value = voxels[i] ?? 0;
    if (value < low) low = value;
    if (value > high) high = value;
    if (Number.isNaN(value)) numbers = false;
  }
  if (!(numbers && Number.isFinite(low) && Number.isFinite(high))) throw noNumbers(threshold);
  return { low, high };
}

function noNumbers(threshold: string): Fault {
  return new Fault(
    "input",
    `${threshold} threshold needs pixels that are all finite numbers; there are none, or some are NaN or infinite`,
  );
}

/** How often each value of the type occurs: two tables, so that a count need not wait for the one before it. */
function countsOfAll(voxels: Uint8Array | Uint16Array): Uint32Array {
  const values = 2 ** (8 * voxels.BYTES_PER_ELEMENT);
  const even = new Uint32Array(values);
  const odd = new Uint32Array(values);
  const pairs = voxels.length & ~1;
  for (let i = 0; i < pairs; i += 2) {
    const a = voxels[i] ?? 0;
    const b = voxels[i + 1] ?? 0;
    even[a] = (even[a] ?? 0) + 1;
    odd[b] = (odd[b] ?? 0) + 1;
  }
  const last = voxels[pairs];
  if (last !== undefined) even[last] = (even[last] ?? 0) + 1;
  for (let value = 0; value < values; value++) even[value] = (even[value] ?? 0) + (odd[value] ?? 0);
  return even;
}

/** Counts from the first value that occurs to the last. */
function trimmed(counts: Uint32Array, threshold: string): Histogram {
  const low = counts.findIndex((count) => count > 0);
  if (low < 0) throw noNumbers(threshold);
  const high = counts.findLastIndex((count) => count > 0);
  const kept = Float64Array.from(counts.subarray(low, high + 1));
  return { counts: kept, centers: kept.map((_, i) => low + i) };
}

function valueHistogram(voxels: Voxels, low: number, high: number, threshold: string): Histogram {
  const bins = high - low + 1;
  if (bins > MOST_VALUES)
    throw new Fault(
      "input",
      `${threshold} threshold counts every value, and these pixels span ${bins} values: smooth the image first, or give a fixed threshold`,
    );
  const counts = new Float64Array(bins);
  for (let i = 0; i < voxels.length; i++) {
    const bin = (voxels[i] ?? 0) - low;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { counts, centers: counts.map((_, i) => low + i) };
}

/** `numpy.histogram` in the image's own precision: a bin holds its lower edge, the last one also its upper. */
function floatHistogram(voxels: Float32Array | Float64Array, low: number, high: number): Histogram {
  const round = voxels instanceof Float32Array ? Math.fround : (value: number) => value;
  const step = round(round(high - low) / FLOAT_BINS);
  const edges = Float64Array.from({ length: FLOAT_BINS + 1 }, (_, i) =>
    i === FLOAT_BINS ? high : round(round(i * step) + low),
  );
  const counts = new Float64Array(FLOAT_BINS);
  const perBin = FLOAT_BINS / (high - low);
  for (let i = 0; i < voxels.length; i++) {
    const value = voxels[i] ?? 0;
    let bin = Math.min(FLOAT_BINS - 1, Math.floor((value - low) * perBin));
    // Rounding may name the neighbour: the edges decide.
    if (value < (edges[bin] ?? high)) bin--;
    else if (bin < FLOAT_BINS - 1 && value >= (edges[bin + 1] ?? high)) bin++;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const edge = (i: number): number => edges[i] ?? high;
  const centers = counts.map((_, i) => round(round(edge(i) + edge(i + 1)) / 2));
  return { counts, centers };
}
