/** What ROIs carry on the clipboard besides name and box: their label and values, which another table may have columns for. */
import type { Table } from "../table/table.ts";
import { type Cell, type Roi, type RoiId, type Rois, roiAt } from "./rois.ts";
import { NOTES_COLUMN, TRIAGE_COLUMN } from "./triage.ts";
import { cellOf, typedCell, valueColumns } from "./values.ts";

/** The name under which a label goes. */
const LABEL = "label";

/** Columns that a table gets as soon as there is something to put into them. */
const ADDED = [TRIAGE_COLUMN, NOTES_COLUMN];

/** @returns an ROI with all its present values as cells, and its label among them; undefined where it is not there */
export function copier(table: Table, rois: Rois): (id: RoiId) => Roi | undefined {
  const columns = new Set([...valueColumns(table).keys(), ...ADDED]);
  return (id) => {
    const roi = roiAt(rois, id);
    if (!roi) return undefined;
    const cells = new Map<string, Cell>();
    if (roi.label !== undefined && !Number.isNaN(roi.label)) cells.set(LABEL, roi.label);
    for (const column of columns) {
      const value = cellOf(table, rois, id, column);
      if (value !== undefined) cells.set(column, value);
    }
    return { name: roi.name, box: roi.box, label: roi.label, cells };
  };
}

/**
 * The part of the cells that a table has columns for and can hold there, and the label where it has such.
 * @param lost gets the names of the others
 */
export function cellsFor(
  table: Table,
  rois: Rois,
  cells: ReadonlyMap<string, Cell>,
  lost: Set<string> = new Set(),
): { readonly cells?: ReadonlyMap<string, Cell>; readonly label?: number } {
  const columns = valueColumns(table);
  const kept = new Map<string, Cell>();
  for (const [name, value] of cells) {
    const column = columns.get(name);
    if (value === undefined || (name === LABEL && rois.base.labels)) continue;
    const isHere = column !== undefined || ADDED.includes(name);
    const typed = isHere ? typedCell(String(value), column) : undefined;
    if (typed?.kind !== "value") lost.add(name);
    else if (typed.value !== undefined) kept.set(name, typed.value);
  }
  const label = rois.base.labels && labelIn(cells);
  return {
    ...(kept.size > 0 ? { cells: kept } : {}),
    ...(label === undefined ? {} : { label }),
  };
}

function labelIn(cells: ReadonlyMap<string, Cell>): number | undefined {
  const label = Number(cells.get(LABEL) ?? Number.NaN);
  return Number.isInteger(label) && label > 0 ? label : undefined;
}
