/** A display window found from the pixels: between the darkest and the brightest, without the extremes. */
import type { Pixels } from "../zarr/array.ts";
import type { Tile } from "./tile.ts";

/** The part of the pixels left out at each end. */
const TAIL = 0.001;

/** How many values of a type with no small range are sorted, at most. */
const SAMPLE_MAX = 1 << 16;

/**
 * The window of a channel, from the coarsest level of it that is loaded; undefined where none is,
 * or nothing of it was ever stored.
 */
export function autoWindow(
  tiles: readonly Tile[],
  channel: number,
): readonly [start: number, end: number] | undefined {
  const stored = tiles.filter((tile) => {
    const plane = tile.planes.get(channel);
    return plane?.width === tile.width && plane.height === tile.height;
  });
  const coarsest = Math.max(...stored.map(({ level }) => level));
  const planes = stored
    .filter(({ level }) => level === coarsest)
    .flatMap((tile) => tile.planes.get(channel)?.data ?? []);
  return planes.length === 0 ? undefined : windowOf(planes);
}

/**
 * The values that leave 0.1 % of the pixels below and 0.1 % above; [0, 1] of no pixels. Exact for 8- and 16-bit
 * integers, else of at most 65536 evenly spread pixels. Its end is always above its start.
 */
export function windowOf(planes: readonly Pixels[]): readonly [start: number, end: number] {
  const [first] = planes;
  if (first === undefined) return [0, 1];
  const [start, end] = hasSmallRange(first) ? histogramRange(planes) : sampleRange(planes);
  const isWhole = !(first instanceof Float32Array || first instanceof Float64Array);
  const least = isWhole ? 1 : Math.abs(start) * 1e-3 || 1;
  return [start, Math.max(end, start + least)];
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
