/** The columns that make a table one of ROIs, and what kind of table its attributes and columns say it is. */
import { textAt } from "../base/json.ts";
import type { Column, Table, TableType } from "../table/table.ts";

/** Where an ROI begins, in the order z, y, x; world units, whatever the name says (ngio table specs, V1). */
export const CORNERS = ["z_micrometer", "y_micrometer", "x_micrometer"] as const;

/** How long an ROI is, in the order z, y, x. */
export const LENGTHS = ["len_z_micrometer", "len_y_micrometer", "len_x_micrometer"] as const;

const LABEL = "label";

/** The kind of table: what `type` says; without it, what the columns say. */
export function tableType(table: Table): TableType {
  const type = textAt(table.attributes, "type");
  const boxes = [...CORNERS, ...LENGTHS].every((name) => table.columns.has(name));
  switch (type) {
    case "roi_table":
    case "masking_roi_table":
    case "feature_table":
      return type;
    case "generic_roi_table":
      return "roi_table";
    case "ngff:region_table":
      return boxes ? "masking_roi_table" : "feature_table";
    case undefined:
      if (!boxes) return "other";
      return hasLabels(table) ? "masking_roi_table" : "roi_table";
    default:
      return "other";
  }
}

/** Where a value of each row is kept: in the index, in a column, or nowhere. */
export type Place =
  | { readonly kind: "index" }
  | { readonly kind: "column"; readonly name: string; readonly column: Column };

function hasLabels(table: Table): boolean {
  return table.index.name === LABEL || table.columns.has(LABEL);
}

/**
 * Where labels are: the `label` column (fractal-tasks-core), else the index of a masking table (ngio); undefined where
 * the table has none.
 */
export function placeOfLabels(table: Table): Place | undefined {
  const column = table.columns.get(LABEL);
  if (column) return { kind: "column", name: LABEL, column };
  return tableType(table) === "masking_roi_table" ? { kind: "index" } : undefined;
}

/** Where ROI names are: in a masking table they are the labels; else a column that `index_key` names, or the index. */
export function placeOfNames(table: Table): Place {
  if (tableType(table) === "masking_roi_table") return placeOfLabels(table) ?? { kind: "index" };
  const name = textAt(table.attributes, "index_key");
  const column = name === undefined ? undefined : table.columns.get(name);
  return name !== undefined && column ? { kind: "column", name, column } : { kind: "index" };
}

export function samePlace(a: Place, b: Place): boolean {
  return a.kind === "index" ? b.kind === "index" : b.kind === "column" && a.name === b.name;
}
