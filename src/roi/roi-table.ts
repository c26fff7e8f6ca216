/** The boxes, names and labels of ROIs read from a table, and written back into it; all else in it stays as it is. */
import { finished, STEP, type Steps } from "../base/steps.ts";
import { numbersOf, rowCount, withRows } from "../table/columns.ts";
import type { Table } from "../table/table.ts";
import { type Cells, withCells, withNumbers, withTexts } from "./cells.ts";
import {
  CORNERS,
  LENGTHS,
  type Place,
  placeOfLabels,
  placeOfNames,
  samePlace,
} from "./roi-columns.ts";
import { isOpenInZ, readBounds, readLabels, readRoiNames } from "./roi-values.ts";
import {
  type Cell,
  idsOf,
  type Roi,
  type RoiColumns,
  type RoiId,
  type Rois,
  roiAt,
  roisOf,
} from "./rois.ts";
import { boxProblem } from "./validate.ts";

export interface TableRois {
  readonly rois: Rois;
  /** Why a row is no valid ROI, as a sentence; the row is kept. */
  readonly problems: ReadonlyMap<RoiId, string>;
  /** What holds for the table as a whole, as sentences. */
  readonly warnings: readonly string[];
}

/**
 * The ROIs of an ROI or masking table: the lower corner and length of each axis as a box, in world units.
 *
 * @param depth the z length, in world units, of an ROI whose table says nothing of z: the image's, so that it holds
 * every plane (1 for an image without z, as ngio wants it)
 * @throws Fault "invalid" where a column of x or y is missing
 */
export function* readRois(table: Table, depth = 1): Steps<TableRois> {
  const labels = placeOfLabels(table);
  const base: RoiColumns = {
    names: yield* readRoiNames(table),
    bounds: yield* readBounds(table, depth),
    labels: labels && (yield* readLabels(table, labels)),
  };
  const rois = roisOf(base);
  return { rois, problems: yield* problemsOf(rois), warnings: warningsOf(table, depth) };
}

/** The same at once. */
export function roisFromTable(table: Table, depth?: number): TableRois {
  return finished(readRois(table, depth));
}

function* problemsOf(rois: Rois): Steps<ReadonlyMap<RoiId, string>> {
  const { bounds, labels, names } = rois.base;
  const problems = new Map<RoiId, string>();
  for (let row = 0; row < names.length; row++) {
    if (row % STEP === STEP - 1) yield;
    // Nothing is made here per row: a million of anything costs more than the reading.
    const at = 6 * row;
    const good = isForward(bounds, at) && isForward(bounds, at + 1) && isForward(bounds, at + 2);
    const roi = good ? undefined : roiAt(rois, row);
    const box = roi && boxProblem(roi.box);
    if (box) problems.set(row, `"${names[row]}" in row ${row} ${box}`);
    else if (labels && Number.isNaN(labels[row]))
      problems.set(row, `"${names[row]}" in row ${row} has no whole number as its label`);
  }
  return problems;
}

function isForward(bounds: Float64Array, min: number): boolean {
  const length = (bounds[min + 3] ?? Number.NaN) - (bounds[min] ?? Number.NaN);
  return length >= 0 && length < Number.POSITIVE_INFINITY;
}

/** The column names ngio 1.1 reads: it takes them for attributes of a Python object, on top of a few of its own. */
const READABLE = /^\p{L}[\p{L}\p{N}_]*$/u;
const TAKEN = new Set([
  "name",
  "space",
  "slices",
  "class",
  "def",
  "from",
  "import",
  "lambda",
  "pass",
]);

function warningsOf(table: Table, depth: number): string[] {
  const warnings = [...(table.oddities ?? [])];
  if (isOpenInZ(table) && rowCount(table) > 0)
    warnings.push(
      `${table.path} says nothing of z: its ROIs hold every plane, and are saved as z 0 to ${depth}`,
    );
  for (const name of table.columns.keys())
    if (!READABLE.test(name) || TAKEN.has(name))
      warnings.push(`ngio cannot read the column "${name}" of ${table.path}; Fovea keeps it`);
  return warnings;
}

/**
 * The table with the ROIs as they are now: rows in their order, new ones last; the table itself where none was edited.
 *
 * An edited ROI changes its own name, its label, the values it was given and those of its edges that moved; what was not
 * edited keeps its stored numbers. A new ROI has nothing in the columns Fovea does not know, or what the ROI it copies has
 * there. Only time it takes from the first row: ngio cannot read a table where some rows have a time and some have none.
 * For the same reason a table that says nothing of z gets z for every row.
 */
export function tableFromRois(table: Table, rois: Rois): Table {
  if (rois.overlay.size === 0) return table;
  const ids = idsOf(rois);
  const edits: Edit[] = [];
  for (const [row, id] of ids.entries()) {
    const roi = rois.overlay.get(id);
    if (roi) edits.push({ row, id, source: sourceOf(rois, id), roi });
  }
  const same = ids.length === rowCount(table) && ids.every((id, row) => id === row);
  const sources = Int32Array.from(ids, (id) => sourceOf(rois, id));
  let out = same ? table : withRows(table, sources);
  out = withNamesAndLabels(out, table, rois, edits);
  out = withTimes(out, table, rois, edits);
  out = withValues(out, edits);
  for (const axis of [1, 2] as const) out = withAxis(out, table, rois, edits, axis);
  if (!isOpenInZ(table)) return withAxis(out, table, rois, edits, 0);
  return withAxis(out, table, rois, edits, 0) !== table
    ? withAxis(out, table, rois, everyRow(rois, ids), 0)
    : table;
}

interface Edit {
  /** In the new table. */
  readonly row: number;
  readonly id: RoiId;
  /** The row of the loaded table it starts from; -1 for none. */
  readonly source: number;
  readonly roi: Roi;
}

/** The loaded row behind an ROI: its own, or that of the ROI it was copied from, however often. */
export function sourceOf(rois: Rois, id: RoiId): number {
  let at: RoiId | undefined = id;
  while (at !== undefined && at >= rois.base.names.length) at = rois.overlay.copiedFrom(at);
  return at ?? -1;
}

/** Every row as one that starts from nothing, so that its numbers are written whatever was there. */
function everyRow(rois: Rois, ids: readonly RoiId[]): Edit[] {
  return ids.flatMap((id, row) => {
    const roi = roiAt(rois, id);
    return roi ? [{ row, id, source: -1, roi }] : [];
  });
}

function withAxis(
  out: Table,
  table: Table,
  { base }: Rois,
  edits: readonly Edit[],
  axis: 0 | 1 | 2,
): Table {
  const lengthColumn = table.columns.get(LENGTHS[axis]);
  const stored = lengthColumn && numbersOf(lengthColumn);
  const corners = new Map<number, number>();
  const lengths = new Map<number, number>();
  for (const { row, source, roi } of edits) {
    const min = roi.box.min[axis];
    const max = roi.box.max[axis];
    const at = 6 * source + axis;
    if (source >= 0 && Object.is(min, base.bounds[at]) && Object.is(max, base.bounds[at + 3]))
      continue;
    corners.set(row, min);
    lengths.set(row, lengthTo(min, max, stored?.[source]));
  }
  return withNumbers(withNumbers(out, CORNERS[axis], corners), LENGTHS[axis], lengths);
}

/** The stored length where, added to `min`, it gives `max` to the bit; else the distance between them. */
function lengthTo(min: number, max: number, stored = Number.NaN): number {
  return min + stored === max ? stored : max - min;
}

function withNamesAndLabels(
  out: Table,
  table: Table,
  { base }: Rois,
  edits: readonly Edit[],
): Table {
  const names = new Map<number, string>();
  const labels = new Map<number, number>();
  for (const { row, id, roi } of edits) {
    if (roi.name !== base.names[id]) names.set(row, roi.name);
    const label = roi.label ?? Number.NaN;
    if (isNew(base, id) || !Object.is(label, base.labels?.[id] ?? Number.NaN))
      labels.set(row, label);
  }
  const namePlace = placeOfNames(table);
  const labelPlace = placeOfLabels(table);
  const labelled = labelPlace ? withLabels(out, labelPlace, labels) : out;
  const apart = labelPlace === undefined || !samePlace(namePlace, labelPlace);
  const named = apart ? withTexts(labelled, namePlace, names) : labelled;
  return namePlace.kind === "index" ? named : withRowNumbers(named, base, edits);
}

function withLabels(out: Table, place: Place, labels: Cells<number>): Table {
  if (place.kind === "column") return withNumbers(out, place.name, labels);
  return withTexts(out, place, new Map([...labels].map(([row, label]) => [row, String(label)])));
}

/** Names new rows in an index that only counts them. */
function withRowNumbers(out: Table, base: RoiColumns, edits: readonly Edit[]): Table {
  const numbers = out.index.values.map(Number).filter(Number.isInteger);
  let next = numbers.reduce((a, b) => Math.max(a, b), -1) + 1;
  const counts = new Map<number, string>();
  for (const { row, id } of edits) if (isNew(base, id)) counts.set(row, String(next++));
  return withTexts(out, { kind: "index" }, counts);
}

function withValues(out: Table, edits: readonly Edit[]): Table {
  const columns = new Map<string, Map<number, Cell>>();
  for (const { row, roi } of edits)
    for (const [name, value] of roi.cells ?? []) {
      const cells = columns.get(name) ?? new Map<number, Cell>();
      columns.set(name, cells.set(row, value));
    }
  let valued = out;
  for (const [name, cells] of columns) valued = withCells(valued, name, cells);
  return valued;
}

/** The columns of time, and what a new ROI has there in a table without rows: the first frame (ngio V1). */
const TIMES = [
  ["t_second", 0],
  ["len_t_second", 1],
] as const;

function withTimes(out: Table, table: Table, { base }: Rois, edits: readonly Edit[]): Table {
  const fresh = edits.filter(({ source }) => source < 0);
  return TIMES.reduce((timed, [name, start]) => {
    const column = table.columns.get(name);
    if (column === undefined) return timed;
    const time = base.names.length > 0 ? (numbersOf(column)[0] ?? Number.NaN) : start;
    return withNumbers(timed, name, new Map(fresh.map(({ row }) => [row, time])));
  }, out);
}

function isNew(base: RoiColumns, id: RoiId): boolean {
  return id >= base.names.length;
}
