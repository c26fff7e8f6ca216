/** A table as a value: named columns and attributes, and what is needed to write it back as it came. */
import type { JsonObject } from "../base/json.ts";
import type { NumberType, ZarrFormat } from "../zarr/array.ts";

/** NaN means missing. A plain integer column that comes to hold one is stored as float64 by anndata. */
export interface NumberColumn {
  readonly kind: "number";
  readonly values: Float64Array<ArrayBuffer>;
  /** The type the column is stored as; a CSV column is float64 or int64. */
  readonly dtype: NumberType;
}

export interface TextColumn {
  readonly kind: "text";
  readonly values: readonly (string | undefined)[];
  /** Stored once per distinct value (anndata's categorical). */
  readonly categorical: boolean;
}

export interface BoolColumn {
  readonly kind: "bool";
  readonly values: readonly (boolean | undefined)[];
}

export type Column = NumberColumn | TextColumn | BoolColumn;

export type Backend = "csv" | "anndata";

/** Files by key below the table's group: "table.csv", "obs/.zattrs", "X/0.0". */
export type TableFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/** What a table was read from, kept so that whatever is not changed is written as it came, to the byte. */
export interface Origin {
  /** Every file met while reading, the group's own metadata included. */
  readonly files: TableFiles;
  /** For each row the row of the files it stands for, -1 for a new one; absent while they are the same. */
  readonly rows?: Int32Array<ArrayBuffer>;
}

export interface Table {
  /** Inside the store: "tables/FOV_ROI_table", or below an image "B/03/0/tables/FOV_ROI_table". */
  readonly path: string;
  readonly zarrFormat: ZarrFormat;
  readonly backend: Backend;
  /** The group's attributes as stored. */
  readonly attributes: JsonObject;
  /** Row names; `name` is undefined for anndata's unnamed `_index`. */
  readonly index: { readonly name: string | undefined; readonly values: readonly string[] };
  /** In stored order, without the index. */
  readonly columns: ReadonlyMap<string, Column>;
  /** What of how it is stored other programs stumble over, as sentences; Fovea reads it, and leaves it as it is. */
  readonly oddities?: readonly string[];
  /** Absent from a table that was never stored. */
  readonly origin?: Origin;
  /** Why Fovea must not write this table, as a sentence; absent where it may. */
  readonly readOnly?: string;
}

export type TableType = "roi_table" | "masking_roi_table" | "feature_table" | "other";
