/** The values of a table's own columns under edits: what an ROI has there, and how a text becomes such a value. */
import type { Column, Table } from "../table/table.ts";
import { CORNERS, LENGTHS, placeOfLabels, placeOfNames } from "./roi-columns.ts";
import { sourceOf } from "./roi-table.ts";
import {
  type Cell,
  changedIn,
  isThere,
  type Roi,
  type RoiDiff,
  type RoiId,
  type Rois,
} from "./rois.ts";

/** The columns that say no box, name or label: those whose values are edited as they are, in the table's order. */
export function valueColumns(table: Table): ReadonlyMap<string, Column> {
  const known = new Set<string>([...CORNERS, ...LENGTHS]);
  for (const place of [placeOfNames(table), placeOfLabels(table)])
    if (place?.kind === "column") known.add(place.name);
  return new Map([...table.columns].filter(([name]) => !known.has(name)));
}

/** A value as it was loaded; a new ROI has what the ROI it copies has. NaN, which means missing, is undefined. */
function loadedCell(table: Table, rois: Rois, id: RoiId, name: string): Cell {
  const value = table.columns.get(name)?.values[sourceOf(rois, id)];
  return Number.isNaN(value) ? undefined : value;
}

/** The present value of an ROI in a column; undefined where it has none. */
export function cellOf(table: Table, rois: Rois, id: RoiId, name: string): Cell {
  const cells = rois.overlay.cells(id);
  return cells?.has(name) ? cells.get(name) : loadedCell(table, rois, id, name);
}

type Cells = Roi["cells"];

function without(cells: ReadonlyMap<string, Cell>, column: string): Cells {
  const rest = new Map(cells);
  return rest.delete(column) && rest.size === 0 ? undefined : rest;
}

/** The change that gives all these ROIs one value in a column; without those that have it. */
export function cellsDiff(
  table: Table,
  rois: Rois,
  ids: Iterable<RoiId>,
  { column, value }: { readonly column: string; readonly value: Cell },
): RoiDiff {
  /** ROIs that had the same values share those they have then: there may be very many. */
  const made = new Map<Cells, Cells>();
  const cellsAfter = (id: RoiId, before: Cells): Cells => {
    if (Object.is(loadedCell(table, rois, id, column), value))
      return before?.has(column) ? without(before, column) : before;
    if (!made.has(before)) made.set(before, new Map(before).set(column, value));
    return made.get(before);
  };
  return changedIn(rois, ({ give }) => {
    for (const id of ids) {
      if (!isThere(rois, id) || Object.is(cellOf(table, rois, id, column), value)) continue;
      give(id, cellsAfter(id, rois.overlay.cells(id)));
    }
  });
}

/** What was typed into a cell, or why the column cannot hold it, as a sentence. */
export type Typed =
  | { readonly kind: "value"; readonly value: Cell }
  | { readonly kind: "problem"; readonly sentence: string };

/** Reads what was typed for a column: nothing is a missing value; a column that is not there yet takes any text. */
export function typedCell(text: string, column: Column | undefined): Typed {
  const trimmed = text.trim();
  if (trimmed === "") return { kind: "value", value: undefined };
  switch (column?.kind) {
    case "number": {
      const value = Number(trimmed.replace(",", "."));
      if (!Number.isFinite(value)) return problem(`"${trimmed}" is no number`);
      if (/int/.test(column.dtype) && !Number.isInteger(value))
        return problem(`This column holds whole numbers`);
      return { kind: "value", value };
    }
    case "bool":
      if (!/^(?:true|false)$/i.test(trimmed)) return problem("Type true or false");
      return { kind: "value", value: trimmed.toLowerCase() === "true" };
    case "text":
    case undefined:
      return { kind: "value", value: trimmed };
  }
}

function problem(sentence: string): Typed {
  return { kind: "problem", sentence };
}
