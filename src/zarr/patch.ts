/** A box of new pixels, and the ways it is merged into what is there. */
import type { Pixels } from "./array.ts";
import { eachSharedRow, type Placed } from "./overlap.ts";

/** Pixels for a box of an array: as many axes as the array, dense, last axis fastest. */
export interface Patch extends Placed {
  readonly min: readonly number[];
  readonly shape: readonly number[];
  /** As many values as the shape has, of the array's own type. */
  readonly data: Pixels;
  /** Which of the values count: those where this is not 0; without it, all. As many as the shape has. */
  readonly mask?: Uint8Array<ArrayBuffer>;
}

/**
 * What a pixel becomes: the patch's; the patch's unless that is 0; the larger of the two; the smaller.
 * All four give the same result when a patch is merged twice in a row.
 */
export type Merge = "overwrite" | "nonzero" | "max" | "min";

/** Merges what a patch has for a placed box of pixels into them. */
export function mergePatch(pixels: Pixels, place: Placed, patch: Patch, merge: Merge): void {
  const mergeRow = ROW_MERGES[merge];
  const { data, mask } = patch;
  eachSharedRow(place, patch, (start, from, length) => {
    eachRun(mask, from, from + length, (run, end) => {
      // Both hold numbers, or both BigInts; the types cannot say so.
      mergeRow(pixels as Row, start + run - from, data.subarray(run, end) as Row);
    });
  });
}

/** Visits the longest runs between two places of a mask where it is not 0; without a mask, the whole. */
function eachRun(
  mask: Uint8Array | undefined,
  from: number,
  to: number,
  visit: (start: number, end: number) => void,
): void {
  if (mask === undefined) {
    visit(from, to);
    return;
  }
  for (let start = from; start < to; start++) {
    if (mask[start] === 0) continue;
    let end = start + 1;
    while (end < to && mask[end] !== 0) end++;
    visit(start, end);
    start = end;
  }
}

type Row = Uint32Array;

/** Each puts a row of new pixels where the present ones begin at `start`; loops of their own, for speed. */
const ROW_MERGES: Readonly<Record<Merge, (present: Row, start: number, row: Row) => void>> = {
  overwrite: (present, start, row) => present.set(row, start),
  nonzero: (present, start, row) => {
    for (let i = 0; i < row.length; i++) {
      const value = row[i] ?? 0;
      // Not "!== 0": a BigInt zero is not the number.
      if (value) present[start + i] = value;
    }
  },
  max: (present, start, row) => {
    for (let i = 0; i < row.length; i++) {
      const value = row[i] ?? 0;
      if (value > (present[start + i] ?? 0)) present[start + i] = value;
    }
  },
  min: (present, start, row) => {
    for (let i = 0; i < row.length; i++) {
      const value = row[i] ?? 0;
      if (value < (present[start + i] ?? 0)) present[start + i] = value;
    }
  },
};
