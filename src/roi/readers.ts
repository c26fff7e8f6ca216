/** What the columns of an ROI table say of each ROI as it is now: what is shown, sorted, searched and filtered by. */
import { type FeatureRows, rowOf } from "../table/feature-rows.ts";
import { isAbout, labelOf } from "../table/feature-table.ts";
import type { Column, Table } from "../table/table.ts";
import { type Cell, edgeAt, labelAt, nameAt, type RoiId, type Rois } from "./rois.ts";
import { cellOf, valueColumns } from "./values.ts";

/** A column by what it holds; NaN and undefined are missing. */
export type Reader =
  | { readonly kind: "number"; readonly at: (id: RoiId) => number }
  | { readonly kind: "text"; readonly at: (id: RoiId) => string | undefined };

/** Measurements joined by label. */
export interface JoinedFeatures {
  readonly table: Table;
  readonly rows: FeatureRows;
}

/** The numbers of a box by the short names they go by: the place in `bounds`, and for a length also where it begins. */
const BOX_NUMBERS = {
  x: [2, undefined],
  y: [1, undefined],
  z: [0, undefined],
  len_x: [5, 2],
  len_y: [4, 1],
  len_z: [3, 0],
} as const;

type BoxColumn = keyof typeof BOX_NUMBERS;

const BOX_NAMES = Object.keys(BOX_NUMBERS) as readonly BoxColumn[];

export const BOX_COLUMNS: readonly string[] = BOX_NAMES;

/**
 * Readers by column: "name", the six box numbers (world units), "label", the table's own columns, those an edit may add,
 * and the features, where the ROIs have labels and they are of those objects. A feature whose name the table has goes by
 * "feature.<name>".
 */
export function readersOf(
  table: Table,
  rois: Rois,
  {
    features,
    added = [],
  }: { features?: JoinedFeatures | undefined; added?: readonly string[] } = {},
): ReadonlyMap<string, Reader> {
  const readers = new Map<string, Reader>();
  const { labels } = rois.base;
  readers.set("name", { kind: "text", at: (id) => nameAt(rois, id) });
  for (const name of BOX_NAMES)
    readers.set(name, { kind: "number", at: (id) => boxNumber(rois, id, name) });
  if (labels)
    readers.set("label", {
      kind: "number",
      at: (id) => labelAt(rois, id) ?? Number.NaN,
    });
  for (const [name, column] of valueColumns(table)) {
    if (!readers.has(name)) readers.set(name, ownReader(table, rois, name, column));
  }
  for (const name of added)
    if (!readers.has(name)) readers.set(name, ownReader(table, rois, name, undefined));
  if (labels && features && areOf(features, labelOf(table)))
    for (const [name, column] of features.table.columns)
      readers.set(
        readers.has(name) ? `feature.${name}` : name,
        joinedReader(rois, features, column),
      );
  return readers;
}

/** Whether measurements are of the objects of a label; a table that names none may be about any. */
function areOf({ table }: JoinedFeatures, label: string | undefined): boolean {
  return label === undefined || isAbout(table, label);
}

function joinedReader(rois: Rois, { rows }: JoinedFeatures, column: Column): Reader {
  const rowAt = (id: RoiId): number => rowOf(rows, labelAt(rois, id) ?? Number.NaN) ?? -1;
  return columnReader(column, rowAt);
}

/** @param rowAt the row of the column that is about what is asked for, or -1; itself where it is left out */
export function columnReader(column: Column, rowAt: (id: number) => number = (row) => row): Reader {
  return column.kind === "number"
    ? { kind: "number", at: (id) => column.values[rowAt(id)] ?? Number.NaN }
    : { kind: "text", at: (id) => textOf(column.values[rowAt(id)]) };
}

/** A number of an ROI's box by the name of its column, in world units; NaN where there is no such ROI. */
function boxNumber(rois: Rois, id: RoiId, name: BoxColumn): number {
  const [at, from] = BOX_NUMBERS[name];
  const edge = edgeAt(rois, id, at);
  return from === undefined ? edge : edge - edgeAt(rois, id, from);
}

/** Of each box column the number that all of the ROIs have there; a column in which they differ is not among them. */
export function commonNumbers(rois: Rois, ids: Iterable<RoiId>): ReadonlyMap<string, number> {
  const edges = new Float64Array(6);
  const numberOf = (name: BoxColumn): number => {
    const [end, from] = BOX_NUMBERS[name];
    const at = edges[end] ?? Number.NaN;
    return from === undefined ? at : at - (edges[from] ?? Number.NaN);
  };
  const [first, ...others] = ids;
  if (first === undefined) return new Map();
  rois.overlay.copyEdges(first, edges);
  let common = BOX_NAMES.map((name) => ({ name, value: numberOf(name) }));
  common = common.filter(({ value }) => !Number.isNaN(value));
  for (const id of others) {
    if (common.length === 0) break;
    rois.overlay.copyEdges(id, edges);
    // There may be very many: a list is made only where one of them differs.
    if (common.some(({ name, value }) => numberOf(name) !== value))
      common = common.filter(({ name, value }) => numberOf(name) === value);
  }
  return new Map(common.map(({ name, value }) => [name, value]));
}

function ownReader(table: Table, rois: Rois, name: string, column: Column | undefined): Reader {
  if (column?.kind !== "number")
    return { kind: "text", at: (id) => textOf(cellOf(table, rois, id, name)) };
  const { values } = column;
  const now = (id: RoiId): number => {
    const value = cellOf(table, rois, id, name);
    return typeof value === "number" ? value : Number.NaN;
  };
  // Loaded rows are read without looking further: there may be very many.
  return {
    kind: "number",
    at: (id) =>
      id < values.length && !rois.overlay.has(id) ? (values[id] ?? Number.NaN) : now(id),
  };
}

function textOf(value: Cell): string | undefined {
  return value === undefined || value === "" ? undefined : String(value);
}
