/** Runs along x of a mask's foreground or background, and the objects that touching runs make. */
import type { Zyx } from "../../geometry/box.ts";

/** Runs in raster order; row r = z · height + y holds runs rows[r] … rows[r + 1] − 1. */
export interface Runs {
  readonly rows: Uint32Array<ArrayBuffer>;
  /** As long as there are runs, or longer: what follows the last run is unused. */
  readonly starts: Uint32Array<ArrayBuffer>;
  /** One past each run's last voxel. */
  readonly ends: Uint32Array<ArrayBuffer>;
  readonly count: number;
}

/** Which voxels are one object: those that share a face, or also those that share an edge or a corner. */
export type Neighbors = "faces" | "all";

/** The runs of nonzero voxels, or of zeros. */
export function findRuns(
  mask: Uint8Array,
  [planes, height, width]: Zyx,
  of: "foreground" | "background",
): Runs {
  const rows = new Uint32Array(planes * height + 1);
  let starts = new Uint32Array(4 * rows.length + width);
  let ends = new Uint32Array(starts.length);
  let run = 0;
  for (let row = 0, from = 0; row + 1 < rows.length; row++, from += width) {
    // A row has at most ⌈width / 2⌉ runs: room for them all is made before it.
    if (run + width > starts.length) {
      starts = grown(starts);
      ends = grown(ends);
    }
    run = findInRow(mask, from, from + width, of === "foreground", starts, ends, run);
    rows[row + 1] = run;
  }
  return { rows, starts, ends, count: run };
}

/** Adds the runs of one row; returns how many runs there are then. */
function findInRow(
  mask: Uint8Array,
  from: number,
  to: number,
  wanted: boolean,
  starts: Uint32Array,
  ends: Uint32Array,
  before: number,
): number {
  let run = before;
  for (let i = from; i < to; ) {
    while (i < to && (mask[i] !== 0) !== wanted) i++;
    if (i === to) break;
    starts[run] = i - from;
    while (i < to && (mask[i] !== 0) === wanted) i++;
    ends[run++] = i - from;
  }
  return run;
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * array.length);
  larger.set(array);
  return larger;
}

/** For each run, the first run in raster order of the object it belongs to (union-find; He, Chao, Suzuki 2008). */
export function firstRuns(
  runs: Runs,
  [planes, height]: Zyx,
  neighbors: Neighbors,
): Uint32Array<ArrayBuffer> {
  const parents = new Uint32Array(runs.count);
  for (let run = 0; run < parents.length; run++) parents[run] = run;
  const reach = neighbors === "all" ? 1 : 0;
  for (let row = 0; row < planes * height; row++) {
    const y = row % height;
    if (y > 0) joinRows(runs, row - 1, row, reach, parents);
    if (row < height) continue;
    const last = Math.min(height - 1, y + reach) - y;
    for (let dy = Math.max(0, y - reach) - y; dy <= last; dy++)
      joinRows(runs, row - height + dy, row, reach, parents);
  }
  // A parent comes before its child and is flat by then.
  for (let run = 0; run < parents.length; run++) parents[run] = parents[parents[run] ?? 0] ?? 0;
  return parents;
}

/** Joins the runs of two rows that overlap, or touch at a corner where `reach` is 1, walking both rows once. */
function joinRows(
  { rows, starts, ends }: Runs,
  a: number,
  b: number,
  reach: number,
  parents: Uint32Array,
): void {
  const endA = at(rows, a + 1);
  const endB = at(rows, b + 1);
  let i = at(rows, a);
  let j = at(rows, b);
  while (i < endA && j < endB) {
    const stopI = at(ends, i);
    const stopJ = at(ends, j);
    if (at(starts, i) < stopJ + reach && at(starts, j) < stopI + reach) join(parents, i, j);
    if (stopI <= stopJ) i++;
    else j++;
  }
}

/** An element that is known to be there. */
function at(array: Uint32Array, i: number): number {
  return array[i] ?? 0;
}

/** The smaller root wins: it is the object's first run in raster order. */
function join(parents: Uint32Array, a: number, b: number): void {
  const first = rootOf(parents, a);
  const second = rootOf(parents, b);
  if (first < second) parents[second] = first;
  else parents[first] = second;
}

/** The root of a run's tree; halves the way to it for the next who asks. */
function rootOf(parents: Uint32Array, run: number): number {
  let here = run;
  for (let above = at(parents, here); above !== here; above = at(parents, here)) {
    const next = at(parents, above);
    parents[here] = next;
    here = next;
  }
  return here;
}
