/** The median of 3 × 3 pixels of 8 or 16 bits, by a sorting network without branches. */
import type { Zyx } from "../../geometry/box.ts";
import type { Voxels } from "./voxels.ts";

/**
 * Writes the median of each pixel's 3 × 3 neighbours in its plane into `target`; the edge is repeated.
 * Each column of three is sorted once and used by three windows; the median of nine is then the median of the greatest
 * low, the median middle and the least high (Smith 1996).
 */
export function median3x3(source: Voxels, target: Voxels, [planes, height, width]: Zyx): void {
  // The edge columns stand once more at both ends.
  const columns: Columns = {
    lows: new Int32Array(width + 2),
    middles: new Int32Array(width + 2),
    highs: new Int32Array(width + 2),
  };
  for (let row = 0; row < planes * height; row++) {
    const y = row % height;
    const here = row * width;
    const above = y === 0 ? here : here - width;
    const below = y === height - 1 ? here : here + width;
    sortColumns(source, above, here, below, columns);
    for (const column of [columns.lows, columns.middles, columns.highs]) {
      column[0] = column[1] ?? 0;
      column[width + 1] = column[width] ?? 0;
    }
    medianRow(columns, target, here);
  }
}

interface Columns {
  readonly lows: Int32Array;
  readonly middles: Int32Array;
  readonly highs: Int32Array;
}

function sortColumns(
  source: Voxels,
  above: number,
  here: number,
  below: number,
  { lows, middles, highs }: Columns,
): void {
  const width = lows.length - 2;
  for (let x = 0; x < width; x++) {
    const a = source[above + x] ?? 0;
    const b = source[here + x] ?? 0;
    const c = source[below + x] ?? 0;
    const ab = excess(a, b);
    const more = a - ab;
    const less = b + ab;
    // `less` ≤ `more`: c is sorted in.
    const lc = excess(less, c);
    const mc = excess(more, less - lc);
    lows[x + 1] = c + lc;
    middles[x + 1] = less - lc + mc;
    highs[x + 1] = more - mc;
  }
}

function medianRow({ lows, middles, highs }: Columns, target: Voxels, to: number): void {
  const width = lows.length - 2;
  for (let x = 0; x < width; x++) {
    const low = most(most(lows[x] ?? 0, lows[x + 1] ?? 0), lows[x + 2] ?? 0);
    const high = least(least(highs[x] ?? 0, highs[x + 1] ?? 0), highs[x + 2] ?? 0);
    const middle = medianOf(middles[x] ?? 0, middles[x + 1] ?? 0, middles[x + 2] ?? 0);
    target[to + x] = medianOf(low, middle, high);
  }
}

/** a − b where that is negative, else 0: a minimum is b + excess, a maximum a − excess, and no branch is guessed wrong. */
function excess(a: number, b: number): number {
  const difference = (a - b) | 0;
  return difference & (difference >> 31);
}

function least(a: number, b: number): number {
  return (b + excess(a, b)) | 0;
}

function most(a: number, b: number): number {
  return (a - excess(a, b)) | 0;
}

function medianOf(a: number, b: number, c: number): number {
  const ab = excess(a, b);
  return most((b + ab) | 0, least((a - ab) | 0, c));
}
