/** The histogram of a channel's pixels, and the window that shows them: between the darkest and the brightest, without the extremes. */
import type { Pixels } from "../zarr/array.ts";

/** The part of the pixels left out at each end. */
const TAIL = 0.001;

/** How many values of a type with no small range are sorted, at most. */
const SAMPLE_MAX = 1 << 16;

/** The most bars: more are not told apart at the width they are drawn. */
const BARS = 128;

export interface ChannelHistogram {
  /** Values drawn black and full by auto contrast. */
  readonly window: readonly [start: number, end: number];
  /** What the bars span: from the least value to twice the window or the greatest value, whichever is less; `to` is left out. */
  readonly from: number;
  readonly to: number;
  /** How many pixels have a value in each bar, all bars being equally wide; the few beyond the last one are left out. */
  readonly counts: Uint32Array<ArrayBuffer>;
  /** Whether the values are whole numbers. */
  readonly isWhole: boolean;
}

/** The histogram of planes of one pixel type; whole numbers that are few have a bar each. */
export function channelHistogram(planes: readonly Pixels[]): ChannelHistogram {
  const window = windowOf(planes);
  const [start, end] = window;
  const isWhole = planes[0] === undefined || isWholeNumbers(planes[0]);
  const { min, max } = rangeOf(planes, start, end);
  const least = isWhole ? 1 : (end - start) / BARS;
  const above = Math.min(max, end + (end - start)) + least;
  const perBar = isWhole ? Math.ceil((above - min) / BARS) : (above - min) / BARS;
  const bars = Math.ceil((above - min) / perBar);
  const counts = new Uint32Array(bars);
  for (const pixels of planes)
    for (let i = 0; i < pixels.length; i++) {
      const bar = Math.floor((Number(pixels[i]) - min) / perBar);
      if (bar >= 0 && bar < bars) counts[bar] = (counts[bar] ?? 0) + 1;
    }
  return { window, from: min, to: min + bars * perBar, counts, isWhole };
}

function rangeOf(
  planes: readonly Pixels[],
  start: number,
  end: number,
): { readonly min: number; readonly max: number } {
  let [min, max] = [start, end];
  for (const pixels of planes)
    for (let i = 0; i < pixels.length; i++) {
      const value = Number(pixels[i]);
      if (value < min && value !== Number.NEGATIVE_INFINITY) min = value;
      else if (value > max && value !== Number.POSITIVE_INFINITY) max = value;
    }
  return { min, max };
}

function isWholeNumbers(pixels: Pixels): boolean {
  return !(pixels instanceof Float32Array || pixels instanceof Float64Array);
}

/**
 * The values that leave 0.1 % of the pixels below and 0.1 % above; [0, 1] of no pixels. Exact for 8- and 16-bit
 * integers, else of at most 65536 evenly spread pixels. Its end is always above its start.
 */
export function windowOf(planes: readonly Pixels[]): readonly [start: number, end: number] {
  const [first] = planes;
  if (first === undefined) return [0, 1];
  const [start, end] = hasSmallRange(first) ? histogramRange(planes) : sampleRange(planes);
  return [start, Math.max(end, start + leastWidth(start, end, isWholeNumbers(first)))];
}

/** A step of whole numbers where they are, which is above 1 beyond 2^53; of others a part that the GPU can tell apart. */
function leastWidth(start: number, end: number, isWhole: boolean): number {
  if (isWhole) return Math.max(1, Math.abs(start) * Number.EPSILON);
  return Math.max(Math.abs(start), end - start) * 1e-3 || 1;
}

function hasSmallRange(pixels: Pixels): boolean {
  return pixels.BYTES_PER_ELEMENT <= 2;
}

function histogramRange(planes: readonly Pixels[]): [number, number] {
  const offset = planes.some((p) => p instanceof Int8Array || p instanceof Int16Array) ? 0x8000 : 0;
  const counts = new Uint32Array(0x10000);
  let total = 0;
  for (const pixels of planes) {
    for (let i = 0; i < pixels.length; i++) {
      const bin = Number(pixels[i]) + offset;
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    total += pixels.length;
  }
  const tail = Math.floor(total * TAIL);
  const valueAbove = (rank: number): number => {
    let seen = 0;
    for (let bin = 0; bin < counts.length; bin++) {
      seen += counts[bin] ?? 0;
      if (seen > rank) return bin - offset;
    }
    return counts.length - 1 - offset;
  };
  return [valueAbove(tail), valueAbove(total - 1 - tail)];
}

function sampleRange(planes: readonly Pixels[]): [number, number] {
  const total = planes.reduce((sum, { length }) => sum + length, 0);
  const step = Math.max(1, Math.ceil(total / SAMPLE_MAX));
  const sample = planes.flatMap((pixels) =>
    Array.from({ length: Math.ceil(pixels.length / step) }, (_, i) => Number(pixels[i * step])),
  );
  const sorted = Float64Array.from(sample.filter(Number.isFinite)).sort();
  const tail = Math.floor(sorted.length * TAIL);
  return [sorted[tail] ?? 0, sorted[sorted.length - 1 - tail] ?? 1];
}
