/** The shapes of a histogram and of its curve, in a square from 0 to 1 with y down, and the way back from a place in it. */
import type { ChannelHistogram } from "../../ome/channel-histogram.ts";

type Range = Pick<ChannelHistogram, "from" | "to" | "isWhole">;

/** The least and the greatest gamma that the curve can be dragged to. */
const [GAMMA_MIN, GAMMA_MAX] = [0.2, 5];

/** Points on the curve between its ends. */
const CURVE = 24;

const clamped = (place: number): number => Math.min(1, Math.max(0, place));

/** Where a value lies between the ends; what is beyond lies at the end. */
export function placeIn({ from, to }: Range, value: number): number {
  return clamped((value - from) / (to - from));
}

/** The value at a place; whole where the pixels are. */
export function valueAt({ from, to, isWhole }: Range, place: number): number {
  const value = from + clamped(place) * (to - from);
  return isWhole ? Math.round(value) : value;
}

/** The window with one end moved; the ends do not pass each other. */
export function windowWith(
  [start, end]: readonly [start: number, end: number],
  which: 0 | 1,
  value: number,
  { from, to, isWhole }: Range,
): readonly [start: number, end: number] {
  const least = isWhole ? 1 : (to - from) / 1000;
  return which === 0
    ? [Math.min(value, end - least), end]
    : [start, Math.max(value, start + least)];
}

/** The gamma whose curve has a height, from 0 to 1, at the middle of the window; in hundredths. */
export function gammaAt(height: number): number {
  const gamma = Math.log(Math.min(0.99, Math.max(0.01, height))) / Math.log(0.5);
  return Math.round(100 * Math.min(GAMMA_MAX, Math.max(GAMMA_MIN, gamma))) / 100;
}

/** Bars as high as the logarithm of their counts, so that few bright pixels are seen beside much background. */
export function barsPath(counts: ArrayLike<number>): string {
  const most = Math.log1p(Math.max(1, ...Array.from(counts)));
  const parts = Array.from(counts, (count, i) => {
    const top = 1 - Math.log1p(count) / most;
    return `L${i / counts.length} ${top}L${(i + 1) / counts.length} ${top}`;
  });
  return `M0 1${parts.join("")}L1 1Z`;
}

/** The light of each value, for a window between two places. */
export function curvePath(from: number, to: number, gamma: number): string {
  const points = Array.from({ length: CURVE + 1 }, (_, i) => {
    const along = i / CURVE;
    return `L${from + along * (to - from)} ${1 - along ** gamma}`;
  });
  return `M0 1${points.join("")}L1 0`;
}
