/**
 * Which of very many boxes lie in a rectangle, and how large they are: a grid per class of sizes over typed columns.
 * Built by counting, without a tree: a million boxes take about a tenth of a second, and a look-up what it finds.
 */
import { STEP, type Steps } from "../base/steps.ts";

/** World units: minX, minY, maxX, maxY. */
type Rect = readonly [minX: number, minY: number, maxX: number, maxY: number];

/** Boxes whose longer side lies in [side / 2, side), in the cells of a grid by their lower corners. */
interface SizeClass {
  readonly side: number;
  readonly minX: number;
  readonly minY: number;
  readonly cell: number;
  readonly columns: number;
  readonly rows: number;
  /** Cell c, row by row, holds ids[starts[c] … starts[c + 1]). */
  readonly starts: Uint32Array;
  readonly ids: Uint32Array;
}

export interface RectIndex {
  readonly classes: readonly SizeClass[];
}

/** Rows that may lie where they were asked for: ids[from … to). */
export interface Run {
  readonly ids: Uint32Array;
  readonly from: number;
  readonly to: number;
}

/** Longer sides asked for, in world units: least ≤ side < below. */
export interface Sides {
  readonly least: number;
  readonly below: number;
}

/** About so many boxes share a cell. */
const PER_CELL = 8;

/**
 * @param bounds row by row z, y, x of the lower corner, then of the upper; rows without a finite place in x and y, or
 * with a negative length, are left out
 */
export function* rectIndexOf(bounds: Float64Array): Steps<RectIndex> {
  const count = bounds.length / 6;
  const at = (i: number): number => bounds[i] ?? Number.NaN;
  const classOf = new Uint16Array(count);
  const counts = new Uint32Array(EXPONENTS + 1);
  for (let id = 0, row = 0; id < count; id++, row += 6) {
    if (id % STEP === STEP - 1) yield;
    const exponent = exponentOf(at(row + 5) - at(row + 2), at(row + 4) - at(row + 1));
    classOf[id] = exponent;
    counts[exponent] = (counts[exponent] ?? 0) + 1;
  }
  counts[ABSENT] = 0;
  const members = new Map<number, { readonly ids: Uint32Array; used: number }>();
  for (const [exponent, size] of counts.entries())
    if (size > 0) members.set(exponent, { ids: new Uint32Array(size), used: 0 });
  for (let id = 0; id < count; id++) {
    if (id % STEP === STEP - 1) yield;
    const member = members.get(classOf[id] ?? ABSENT);
    if (member) member.ids[member.used++] = id;
  }
  const classes: SizeClass[] = [];
  for (const [exponent, { ids }] of members)
    classes.push(yield* gridOf(bounds, ids, 2 ** (exponent - BIAS)));
  return { classes };
}

const EXPONENTS = 256;
const BIAS = 128;
const ABSENT = EXPONENTS;

/** The class of a box: its longer side is below 2 ** (class − BIAS). */
function exponentOf(width: number, height: number): number {
  // Written so that a NaN is absent.
  if (!(width >= 0 && height >= 0 && width + height < Number.POSITIVE_INFINITY)) return ABSENT;
  const side = Math.max(width, height);
  if (side === 0) return 0;
  // The exponent of the nearest number in single precision, which a logarithm takes three times as long to tell.
  SINGLE[0] = side;
  return Math.min(EXPONENTS - 1, Math.max(0, ((BITS[0] ?? 0) >>> 23) - 126 + BIAS));
}

const SINGLE = new Float32Array(1);
const BITS = new Uint32Array(SINGLE.buffer);

function* gridOf(bounds: Float64Array, unordered: Uint32Array, side: number): Steps<SizeClass> {
  const at = (i: number): number => bounds[i] ?? Number.NaN;
  const count = unordered.length;
  const { minX, minY, width, height } = yield* extentOf(bounds, unordered);
  const share = PER_CELL / count;
  // No more cells than boxes, however thinly they are strewn.
  const cell = Math.max(side, Math.sqrt(width * height * share), width * share, height * share);
  const columns = Math.floor(width / cell) + 1;
  const rows = Math.floor(height / cell) + 1;
  const cellOf = new Uint32Array(count);
  const starts = new Uint32Array(columns * rows + 1);
  for (let i = 0; i < count; i++) {
    if (i % STEP === STEP - 1) yield;
    const row = 6 * (unordered[i] ?? 0);
    const c =
      Math.floor((at(row + 1) - minY) / cell) * columns + Math.floor((at(row + 2) - minX) / cell);
    cellOf[i] = c;
    starts[c + 1] = (starts[c + 1] ?? 0) + 1;
  }
  for (let c = 1; c < starts.length; c++) starts[c] = (starts[c] ?? 0) + (starts[c - 1] ?? 0);
  const ids = new Uint32Array(count);
  const next = starts.slice();
  for (let i = 0; i < count; i++) {
    if (i % STEP === STEP - 1) yield;
    const c = cellOf[i] ?? 0;
    const place = next[c] ?? 0;
    ids[place] = unordered[i] ?? 0;
    next[c] = place + 1;
  }
  return { side, minX, minY, cell, columns, rows, starts, ids };
}

interface Extent {
  readonly minX: number;
  readonly minY: number;
  readonly width: number;
  readonly height: number;
}

/** Of lower corners. */
function* extentOf(bounds: Float64Array, ids: Uint32Array): Steps<Extent> {
  let [minX, minY] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [maxX, maxY] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < ids.length; i++) {
    if (i % STEP === STEP - 1) yield;
    const id = ids[i] ?? 0;
    const x = bounds[6 * id + 2] ?? Number.NaN;
    const y = bounds[6 * id + 1] ?? Number.NaN;
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  return { minX, minY, width: maxX - minX, height: maxY - minY };
}

/** Runs of rows among which all are that touch a rectangle and are of such a size; others may be among them. */
export function runsIn(index: RectIndex, rect: Rect, { least, below }: Sides): Run[] {
  const runs: Run[] = [];
  for (const { side, minX, minY, cell, columns, rows, starts, ids } of index.classes) {
    // Single precision may put a side that is a hair below a power of two one class too high.
    if (side <= least || (side > MIN_SIDE && 0.4999 * side >= below)) continue;
    const column = (x: number): number => Math.floor((x - minX) / cell);
    const row = (y: number): number => Math.floor((y - minY) / cell);
    const first = Math.max(0, column(rect[0] - side));
    const last = Math.min(columns - 1, column(rect[2]));
    const top = Math.max(0, row(rect[1] - side));
    const bottom = Math.min(rows - 1, row(rect[3]));
    if (first > last) continue;
    for (let r = top; r <= bottom; r++) {
      const from = starts[r * columns + first] ?? 0;
      const to = starts[r * columns + last + 1] ?? 0;
      if (to > from) runs.push({ ids, from, to });
    }
  }
  return runs;
}

/** The class of all that is smaller still, points included. */
const MIN_SIDE = 2 ** -BIAS;
