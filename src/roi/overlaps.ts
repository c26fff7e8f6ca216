/** Which of many boxes share something, by a sweep along x: each box meets only those that are open where it begins. */

/** Pairs of row numbers, two after two, at most as many as were asked for; and how many pairs there are. */
export interface Pairs {
  readonly rows: Int32Array<ArrayBuffer>;
  readonly count: number;
}

/**
 * @param bounds six numbers a box, z y x of the lower corner, then of the upper, half-open, in one space; a box with
 * NaN in it, or with an upper edge not past the lower, shares nothing
 * @param most pairs that are listed, in the order of x
 * @param unless the same boxes in another space: pairs that share something there are left out
 */
export function overlapPairs(bounds: Float64Array, most: number, unless?: Float64Array): Pairs {
  const rows = solidRows(bounds).sort((a, b) => minX(bounds, a) - minX(bounds, b) || a - b);
  const found: number[] = [];
  let count = 0;
  const open: number[] = [];
  for (const row of rows) {
    const x = minX(bounds, row);
    let kept = 0;
    for (const other of open) {
      if ((bounds[6 * other + 5] ?? 0) <= x) continue;
      open[kept++] = other;
      if (!shareAll(bounds, row, other) || (unless && shareAll(unless, row, other))) continue;
      if (count++ < most) found.push(Math.min(row, other), Math.max(row, other));
    }
    open.length = kept;
    open.push(row);
  }
  return { rows: Int32Array.from(found), count };
}

const AXES = [0, 1, 2] as const;

function solidRows(bounds: Float64Array): Int32Array {
  const rows: number[] = [];
  for (let row = 0; 6 * row < bounds.length; row++) {
    const at = 6 * row;
    const isSolid = AXES.every(
      (axis) => (bounds[at + 3 + axis] ?? 0) > (bounds[at + axis] ?? Number.NaN),
    );
    if (isSolid) rows.push(row);
  }
  return Int32Array.from(rows);
}

function minX(bounds: Float64Array, row: number): number {
  return bounds[6 * row + 2] ?? 0;
}

function shareAll(bounds: Float64Array, a: number, b: number): boolean {
  return share(bounds, a, b, 0) && share(bounds, a, b, 1) && share(bounds, a, b, 2);
}

function share(bounds: Float64Array, a: number, b: number, axis: 0 | 1 | 2): boolean {
  const at = (row: number, end: 0 | 3): number => bounds[6 * row + end + axis] ?? 0;
  return at(a, 0) < at(b, 3) && at(b, 0) < at(a, 3);
}
