/** ROI tables of a volume made to fit its projection onto one plane. */
import { rowCount } from "../table/columns.ts";
import type { Table } from "../table/table.ts";
import { withNumbers } from "./cells.ts";
import { CORNERS, LENGTHS, tableType } from "./roi-columns.ts";

/**
 * The table with every ROI from z 0 to 1, which is how fractal-tasks-core 2.0 "Project Image" converts ROI and masking
 * tables, and all that ngio 1.1 accepts of z beside an image without it. Tables of other kinds stay as they are.
 *
 * All rows are kept: ROIs that differed in z alone come to lie on each other, and of ROIs of one name, of which Fractal
 * keeps the last, none is lost. Columns such as `z_micrometer_original` still say where an ROI was.
 */
export function flattened(table: Table): Table {
  const type = tableType(table);
  if (type !== "roi_table" && type !== "masking_roi_table") return table;
  const rows = Array.from({ length: rowCount(table) }, (_, row) => row);
  const corners = withNumbers(table, CORNERS[0], new Map(rows.map((row) => [row, 0])));
  return withNumbers(corners, LENGTHS[0], new Map(rows.map((row) => [row, 1])));
}
