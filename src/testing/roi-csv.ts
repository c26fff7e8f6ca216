/** ROI tables as CSV texts, and edits of their ROIs: for tests of ROIs out of tables and back. */
import type { JsonObject } from "../base/json.ts";
import { finished } from "../base/steps.ts";
import { worldBox } from "../geometry/box.ts";
import { applied, type Roi, type RoiId, type Rois, roiAt } from "../roi/rois.ts";
import { CSV_FILE, readCsv } from "../table/csv-read.ts";
import { encodeTable } from "../table/encode-table.ts";
import type { Table } from "../table/table.ts";
import { BOX_NAMES } from "./anndata-store.ts";

/** The table as a reader gives it. */
export function csv(text: string, attributes: Table["attributes"]): Table {
  const bytes = new TextEncoder().encode(text);
  const key = attributes["index_key"];
  return {
    path: "tables/t",
    zarrFormat: 2,
    backend: "csv",
    attributes,
    ...finished(readCsv(bytes, typeof key === "string" ? key : undefined, "tables/t/table.csv")),
    origin: { files: new Map([[CSV_FILE, bytes]]) },
  };
}

/** What would be saved. */
export async function textOf(table: Table): Promise<string> {
  return new TextDecoder().decode((await encodeTable(table)).get(CSV_FILE));
}

/** Attributes. */
export const ROI_TABLE = {
  type: "roi_table",
  table_version: "1",
  backend: "csv",
  index_key: "FieldIndex",
};
export const MASKING: JsonObject = {
  ...ROI_TABLE,
  type: "masking_roi_table",
  index_key: "label",
  index_type: "int",
};
export const BOXES: string = BOX_NAMES.join(",");

/** The ROIs after edits; undefined deletes. */
export function edit(
  rois: Rois,
  edits: readonly (readonly [RoiId, Partial<Roi> | undefined])[],
): Rois {
  const overlay = edits.map(([id, change]) => {
    const from = roiAt(rois, id);
    const blank: Roi = { name: "", box: worldBox([0, 0, 0], [1, 1, 1]), label: undefined };
    return [id, { from, to: change && { ...(from ?? blank), ...change } }] as const;
  });
  return applied(rois, new Map(overlay));
}

export const FOVS: string = `FieldIndex,${BOXES},plate,x_micrometer_original
FOV_1,0,0,0,416,351.0,10,P,-1448.3
FOV_2,416,0,0,416,351.0,10,P,-1030.3
FOV_3,0,351,0,416,351.0,10,Q,
`;
