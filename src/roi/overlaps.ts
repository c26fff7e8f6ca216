/** Which of many boxes share something: each meets only those that an index of rectangles finds about it. */
import type { Steps } from "../base/steps.ts";
import { rectIndexOf, runsIn } from "../geometry/rect-index.ts";

/** Boxes whose neighbours are looked for between two pauses: a few milliseconds. */
const ROWS_A_STEP = 4096;

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
export function* overlapPairs(
  bounds: Float64Array,
  most: number,
  unless?: Float64Array,
): Steps<Pairs> {
  const index = yield* rectIndexOf(bounds);
  const rows = solidRows(bounds).sort((a, b) => minX(bounds, a) - minX(bounds, b) || a - b);
  /** Places in the order of x; of a pair, the later one finds the earlier. Boxes that share nothing have none. */
  const places = new Int32Array(bounds.length / 6).fill(-1);
  for (const [place, row] of rows.entries()) places[row] = place;
  const found: number[] = [];
  let count = 0;
  const meet = (row: number, other: number): void => {
    if (!shareAll(bounds, row, other) || (unless && shareAll(unless, row, other))) return;
    if (count++ < most) found.push(Math.min(row, other), Math.max(row, other));
  };
  const meetEarlier = (row: number, place: number): void => {
    for (const { ids, from, to } of runsIn(index, rectOf(bounds, row), ANY_SIZE))
      for (let i = from; i < to; i++) {
        const other = ids[i] ?? 0;
        const before = places[other] ?? -1;
        if (before >= 0 && before < place) meet(row, other);
      }
  };
  for (const [place, row] of rows.entries()) {
    meetEarlier(row, place);
    if (place % ROWS_A_STEP === ROWS_A_STEP - 1) yield;
  }
  return { rows: Int32Array.from(found), count };
}

function rectOf(bounds: Float64Array, row: number): [number, number, number, number] {
  const at = (i: number): number => bounds[6 * row + i] ?? 0;
  return [at(2), at(1), at(5), at(4)];
}

const ANY_SIZE = { least: 0, below: Number.POSITIVE_INFINITY };
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
  const [i, j] = [6 * a, 6 * b];
  return share(bounds, i + 2, j + 2) && share(bounds, i + 1, j + 1) && share(bounds, i, j);
}

/** Whether two ranges, each from a place to three places on, hold something of both. */
function share(bounds: Float64Array, i: number, j: number): boolean {
  return (bounds[i] ?? 0) < (bounds[j + 3] ?? 0) && (bounds[j] ?? 0) < (bounds[i + 3] ?? 0);
}
