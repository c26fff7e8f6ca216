/** The attributes of a new table, in the words of both dialects: ngio's and fractal-tasks-core's V1. */
import type { JsonObject } from "../base/json.ts";
import type { Backend } from "./table.ts";

export type NewTable =
  | { readonly type: "roi_table" }
  /** @param region the name of the label image whose objects the rows are about */
  | { readonly type: "masking_roi_table" | "feature_table"; readonly region: string };

/** The name of the index a table of this kind has. */
export function indexKeyOf({ type }: NewTable): "FieldIndex" | "label" {
  return type === "roi_table" ? "FieldIndex" : "label";
}

/** What a backend is called in a table's attributes. */
const NAMES: Readonly<Record<Backend, string>> = { csv: "csv", anndata: "anndata_v1" };

/** ngio reads the key it does not know and keeps it (tried with ngio 1.1). */
export function newAttributes(backend: Backend, table: NewTable): JsonObject {
  const indexKey = indexKeyOf(table);
  return {
    ...(backend === "anndata" ? { "encoding-type": "anndata", "encoding-version": "0.1.0" } : {}),
    type: table.type,
    table_version: "1",
    fractal_table_version: "1",
    backend: NAMES[backend],
    index_key: indexKey,
    index_type: indexKey === "label" ? "int" : "str",
    ...("region" in table
      ? { region: { path: `../labels/${table.region}` }, instance_key: "label" }
      : {}),
  };
}
