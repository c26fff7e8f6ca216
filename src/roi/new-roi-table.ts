/** A new ROI table: the attributes and columns that ngio, fractal-tasks-core and Fovea all read. */
import { indexKeyOf, type NewTable, newAttributes } from "../table/new-attributes.ts";
import type { Backend, Column, Table } from "../table/table.ts";
import { CORNERS, LENGTHS } from "./roi-columns.ts";
import { tableFromRois } from "./roi-table.ts";
import { applied, type Roi, roisOf } from "./rois.ts";

export interface RoiTableSpec {
  /** Inside the store: "B/03/0/tables/FOV_ROI_table". */
  readonly path: string;
  readonly zarrFormat: Table["zarrFormat"];
  readonly backend: Backend;
  readonly rois: readonly Roi[];
  /** The label whose objects the ROIs of a masking table bound; absent for an ROI table. */
  readonly region?: string;
}

/** A table of the six box columns, x first; its index is the ROIs' names, in a masking table their labels. */
export function newRoiTable({ path, zarrFormat, backend, rois, region }: RoiTableSpec): Table {
  const kind: NewTable =
    region === undefined ? { type: "roi_table" } : { type: "masking_roi_table", region };
  const column: Column = { kind: "number", values: new Float64Array(), dtype: "float64" };
  const names = [...CORNERS.toReversed(), ...LENGTHS.toReversed()];
  const empty: Table = {
    path,
    zarrFormat,
    backend,
    attributes: newAttributes(backend, kind),
    index: { name: indexKeyOf(kind), values: [] },
    columns: new Map(names.map((name) => [name, column])),
  };
  const none = roisOf({ names: [], bounds: new Float64Array(), labels: undefined });
  const added = new Map(rois.map((to, id) => [id, { from: undefined, to }]));
  return tableFromRois(empty, applied(none, added));
}
