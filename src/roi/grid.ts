/** A grid of boxes over a part of an image: by how many they are or by how large, with what is left over named. */
import { grouped } from "../base/counted.ts";
import { Fault } from "../base/fault.ts";
import { type Box, lengthsOf, pixelBox } from "../geometry/box.ts";

/** What becomes of the rest where boxes of one size do not fill an axis. */
export type Tail =
  /** The last box of a row or column is as small as what is left. */
  | "smaller"
  /** All boxes shrink alike, to within a voxel of each other. */
  | "equal"
  /** What is left is in no box. */
  | "drop";

export interface GridSpec {
  /** Boxes along y and x, or voxels of a box along y and x. */
  readonly by: "count" | "size";
  readonly y: number;
  readonly x: number;
  /** A count has no smaller last box: its boxes are alike, or what is left is dropped. */
  readonly tail: Tail;
  /** How many voxels a box shares with the next one. */
  readonly overlap: number;
}

/** More than these are a mistake in typing rather than a wish. */
const MOST_BOXES = 100_000;

type Span = readonly [start: number, end: number];

/**
 * Boxes of whole voxels in reading order, each through all planes of the area. Without overlap they touch and share
 * nothing; unless the rest is dropped, they cover the area.
 * @throws Fault "input" where the area cannot hold such a grid
 */
export function gridOf(area: Box<"pixel">, spec: GridSpec): readonly Box<"pixel">[] {
  const { rows, columns } = linesOf(area, spec);
  return boxesOf(area, rows, columns);
}

/** Along an axis, more lines than these hide what lies below them. */
const MOST_LINES = 100;

/**
 * How many boxes a grid has, and what to draw of it: rows and columns whole, which have the lines of all boxes; where
 * those are too many, what holds all boxes, and the first.
 * @throws Fault as `gridOf`
 */
export function gridFrame(
  area: Box<"pixel">,
  spec: GridSpec,
): { readonly count: number; readonly strips: readonly Box<"pixel">[] } {
  const { rows, columns } = linesOf(area, spec);
  const isDense = Math.max(rows.length, columns.length) > MOST_LINES;
  const [row, column] = [wholeSpan(rows), wholeSpan(columns)];
  const strips = isDense
    ? [...boxesOf(area, [row], [column]), ...boxesOf(area, rows.slice(0, 1), columns.slice(0, 1))]
    : [...boxesOf(area, rows, [column]), ...boxesOf(area, [row], columns)];
  return { count: rows.length * columns.length, strips };
}

interface Lines {
  readonly rows: readonly Span[];
  readonly columns: readonly Span[];
}

function linesOf(area: Box<"pixel">, spec: GridSpec): Lines {
  const [, height, width] = lengthsOf(area);
  const rows = spans(height, spec, spec.y, "high");
  const columns = spans(width, spec, spec.x, "wide");
  const count = rows.length * columns.length;
  if (count > MOST_BOXES)
    throw new Fault(
      "input",
      `${grouped(count)} ROIs are more than a grid may have (${grouped(MOST_BOXES)})`,
    );
  return { rows, columns };
}

function boxesOf(
  { min: [z0, y0, x0], max: [z1] }: Box<"pixel">,
  rows: readonly Span[],
  columns: readonly Span[],
): readonly Box<"pixel">[] {
  return rows.flatMap(([top, bottom]) =>
    columns.map(([left, right]) =>
      pixelBox([z0, y0 + top, x0 + left], [z1, y0 + bottom, x0 + right]),
    ),
  );
}

/** From where the first begins to where the last ends. */
function wholeSpan(all: readonly Span[]): Span {
  return [all[0]?.[0] ?? 0, all.at(-1)?.[1] ?? 0];
}

/** Along one axis: what is left of it without the last overlap is cut, and each piece gets the overlap added on. */
function spans(
  length: number,
  { by, tail, overlap }: GridSpec,
  number: number,
  way: string,
): readonly Span[] {
  const where = `the area is ${length} px ${way}`;
  if (!(Number.isInteger(number) && number >= 1))
    throw new Fault("input", `A grid needs whole numbers from 1 on: ${where}`);
  if (!(Number.isInteger(overlap) && overlap >= 0))
    throw new Fault("input", "The overlap is a whole number of px, or 0");
  if (by === "size" && overlap >= number)
    throw new Fault("input", `ROIs of ${number} px cannot share ${overlap} px with the next`);
  if (by === "size" && number > length && tail === "drop")
    throw new Fault("input", `No ROI of ${number} px fits: ${where}`);
  // A single box has no next one to share with.
  if (by === "size" ? number >= length : number === 1) return [[0, length]];
  const core = length - overlap;
  if (by === "count" && number > core)
    throw new Fault("input", `${grouped(number)} ROIs do not fit side by side: ${where}`);
  const pieces = by === "count" ? counted(core, number, tail) : sized(core, number - overlap, tail);
  return pieces.map(([start, end]) => [start, end + overlap] as const);
}

function counted(length: number, count: number, tail: Tail): readonly Span[] {
  const size = Math.floor(length / count);
  const edge = (i: number): number =>
    tail === "drop" ? i * size : Math.round((i * length) / count);
  return Array.from({ length: count }, (_, i) => [edge(i), edge(i + 1)] as const);
}

function sized(length: number, step: number, tail: Tail): readonly Span[] {
  if (tail === "equal") return counted(length, Math.ceil(length / step), tail);
  const count = tail === "drop" ? Math.floor(length / step) : Math.ceil(length / step);
  return Array.from(
    { length: count },
    (_, i) => [i * step, Math.min(length, (i + 1) * step)] as const,
  );
}
