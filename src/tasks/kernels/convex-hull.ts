/** The convex hull of a plane object: which pixels it holds, and how long it is at most. */
import type { ObjectRuns } from "./object-runs.ts";

/** Pixels from lows[y] to highs[y] in each row, both inside; a row without pixels has a low above its high. */
export interface RowSpans {
  readonly lows: Int32Array<ArrayBuffer>;
  readonly highs: Int32Array<ArrayBuffer>;
}

const NONE = 2 ** 30;

/**
 * The first and last pixel in each of an object's rows.
 * @param top the first row, `height` rows in all; the runs meant are first … last − 1.
 */
export function rowSpans(
  { rows, starts, ends }: ObjectRuns,
  [first, last]: readonly [first: number, last: number],
  top: number,
  height: number,
): RowSpans {
  const lows = new Int32Array(height).fill(NONE);
  const highs = new Int32Array(height).fill(-NONE);
  for (let run = first; run < last; run++) {
    const y = (rows[run] ?? 0) - top;
    lows[y] = Math.min(lows[y] ?? 0, starts[run] ?? 0);
    highs[y] = Math.max(highs[y] ?? 0, (ends[run] ?? 0) - 1);
  }
  return { lows, highs };
}

/**
 * The pixels whose centres lie in the convex hull of the object's pixels or on its edge, a pixel being the diamond of
 * the middles of its sides; equals `skimage.morphology.convex_hull_image`, in whole numbers.
 */
export function convexSpans(spans: RowSpans): RowSpans {
  const height = spans.lows.length;
  const left = leftChain(spans.lows);
  const right = leftChain(spans.highs.map((high) => -high));
  const lows = insideOf(left, height);
  const highs = insideOf(right, height).map((low) => -low);
  return { lows, highs };
}

/** How many pixels the rows hold. */
export function spanArea({ lows, highs }: RowSpans): number {
  let area = 0;
  for (let y = 0; y < lows.length; y++) area += Math.max(0, (highs[y] ?? 0) - (lows[y] ?? 0) + 1);
  return area;
}

/**
 * The greatest distance between two points on the outline of convex pixels, in world units: scikit-image's
 * `feret_diameter_max`, whose outline runs through the middles of the pixels' outer sides.
 */
export function feretDiameter(convex: RowSpans, [dy, dx]: readonly [y: number, x: number]): number {
  const left = leftChain(convex.lows);
  const right = leftChain(convex.highs.map((high) => -high));
  let most = 0;
  // The furthest two are corners of the hull, on either side of it or both on one.
  const corners = [...left, ...right.map(([y, x]) => [y, -x] as const)];
  for (const [i, [ya, xa]] of corners.entries())
    for (let k = i + 1; k < corners.length; k++) {
      const [yb, xb] = corners[k] ?? [ya, xa];
      most = Math.max(most, ((ya - yb) * dy) ** 2 + ((xa - xb) * dx) ** 2);
    }
  return Math.sqrt(most) / 2;
}

/** A point in half pixels: the centre of pixel (y, x) is (2y, 2x). */
type HalfPoint = readonly [y: number, x: number];

/** The corners of the left side of the diamonds' hull, from top to bottom; a row without pixels has NONE. */
function leftChain(lows: Int32Array): HalfPoint[] {
  const chain: HalfPoint[] = [];
  for (let y = -1; y < 2 * lows.length; y++) {
    const x = leftmost(lows, y);
    if (x !== undefined) extend(chain, [y, x]);
  }
  return chain;
}

/** Adds a point below the others to a chain of corners of their hull's left side (Andrew's monotone chain). */
function extend(chain: HalfPoint[], point: HalfPoint): void {
  while (chain.length > 1 && !turnsOut(chain, point)) chain.pop();
  chain.push(point);
}

/** The corners of the hull of the pixels' centres, each [y, x] in pixels; corners on a line may come twice. */
export function centerCorners({ lows, highs }: RowSpans): HalfPoint[] {
  const left: HalfPoint[] = [];
  const right: HalfPoint[] = [];
  for (const [y, low] of lows.entries()) {
    if (low === NONE) continue;
    extend(left, [y, low]);
    extend(right, [y, -(highs[y] ?? 0)]);
  }
  return [...left, ...right.map(([y, x]) => [y, -x] as const)];
}

/** The leftmost corner of any pixel's diamond at a height in half pixels: sides in the middle of rows, tips between. */
function leftmost(lows: Int32Array, y: number): number | undefined {
  const x =
    y % 2 === 0
      ? 2 * (lows[y / 2] ?? NONE) - 1
      : 2 * Math.min(lows[(y - 1) / 2] ?? NONE, lows[(y + 1) / 2] ?? NONE);
  return x < NONE ? x : undefined;
}

/** Whether the chain's last corner stays one when a point follows it. */
function turnsOut(chain: readonly HalfPoint[], [y, x]: HalfPoint): boolean {
  const [ya, xa] = chain.at(-2) ?? [0, 0];
  const [yb, xb] = chain.at(-1) ?? [0, 0];
  return (xb - xa) * (y - ya) < (x - xa) * (yb - ya);
}

/** For each row of pixels the first whose centre is on or right of the chain. */
function insideOf(chain: readonly HalfPoint[], height: number): Int32Array<ArrayBuffer> {
  const lows = new Int32Array(height);
  let corner = 1;
  for (let row = 0; row < height; row++) {
    const y = 2 * row;
    while (corner < chain.length - 1 && (chain[corner]?.[0] ?? 0) < y) corner++;
    const [ya, xa] = chain[corner - 1] ?? [0, 0];
    const [yb, xb] = chain[corner] ?? [0, 0];
    const span = yb - ya;
    lows[row] = Math.ceil((xa * span + (xb - xa) * (y - ya)) / (2 * span));
  }
  return lows;
}
