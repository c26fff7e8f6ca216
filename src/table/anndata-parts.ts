/** A column as the arrays that one of anndata's encodings makes of it. */
import type { JsonObject } from "../base/json.ts";
import type { Element, Encoding } from "./anndata-element.ts";
import type { ArrayPart } from "./array-files.ts";
import { fits, fittingType, pixelsOf } from "./number-types.ts";
import type { Column } from "./table.ts";

/** How a column is to be stored: as one array, or as a group of several. */
export interface Parts {
  readonly encoding: Encoding;
  /** The group's attributes; absent for a single array. */
  readonly group?: JsonObject;
  readonly arrays: readonly ArrayPart[];
}

/**
 * A column in the encoding it had, or the simplest that holds it: whole numbers among missing ones become float64 as in
 * pandas, text among missing ones becomes categorical as anndata itself would have it.
 */
export function partsOf(path: string, column: Column, old?: Element): Parts {
  const encoding = encodingFor(column, old?.encoding);
  switch (encoding) {
    case "array":
    case "string-array":
      return { encoding, arrays: [plain(path, column)] };
    case "categorical": {
      const { categories, codes } = codesOf(column, old?.categories);
      return {
        encoding,
        group: { "encoding-type": encoding, "encoding-version": "0.2.0", ordered: false },
        arrays: [plain(`${path}/categories`, categories), plain(`${path}/codes`, codes)],
      };
    }
    case "nullable-integer":
    case "nullable-boolean":
    case "nullable-string-array": {
      const mask: Column = { kind: "bool", values: Array.from(column.values, isMissing) };
      const na = encoding === "nullable-string-array" ? { "na-value": "NaN" } : {};
      return {
        encoding,
        group: { "encoding-type": encoding, "encoding-version": "0.1.0", ...na },
        arrays: [plain(`${path}/values`, filledIn(column)), plain(`${path}/mask`, mask)],
      };
    }
  }
}

type Value = string | number | boolean | undefined;

function isMissing(value: Value): boolean {
  return value === undefined || Number.isNaN(value);
}

function encodingFor(column: Column, old: Encoding | undefined): Encoding {
  if (old === "categorical" || (old === "nullable-string-array" && column.kind === "text"))
    return old;
  switch (column.kind) {
    case "number":
      return old === "nullable-integer" && fits(filledIn(column).values, column.dtype)
        ? old
        : "array";
    case "text":
      return column.categorical || column.values.some(isMissing) ? "categorical" : "string-array";
    case "bool":
      return old === "nullable-boolean" || column.values.some(isMissing)
        ? "nullable-boolean"
        : "array";
  }
}

/** The column with zero, nothing or false where a value is missing. */
function filledIn<C extends Column>(column: C): C {
  switch (column.kind) {
    case "number":
      return { ...column, values: column.values.map((value) => (isMissing(value) ? 0 : value)) };
    case "text":
      return { ...column, values: column.values.map((value) => value ?? "") };
    case "bool":
      return { ...column, values: column.values.map((value) => value ?? false) };
  }
}

function plain(path: string, column: Column): ArrayPart {
  const part = (dtype: ArrayPart["dtype"], data: ArrayPart["data"]): ArrayPart => {
    const encoding = dtype === "string" ? "string-array" : "array";
    const attributes = { "encoding-type": encoding, "encoding-version": "0.2.0" };
    return { path, dtype, shape: [data.length], data, attributes };
  };
  switch (column.kind) {
    case "number": {
      const dtype = fittingType([column]);
      return part(dtype, pixelsOf(column.values, dtype));
    }
    case "text": {
      const texts = column.values.map((value) => value ?? "");
      return part("string", texts);
    }
    case "bool":
      return part("bool", Uint8Array.from(column.values, Number));
  }
}

/** Each value as its place among the distinct ones, −1 for a missing one; the old categories keep theirs. */
function codesOf(column: Column, old: Column | undefined): { categories: Column; codes: Column } {
  const places = new Map<Value, number>();
  const placeOf = (value: Value): number => {
    const place = places.get(value) ?? places.size;
    places.set(value, place);
    return place;
  };
  if (old?.kind === column.kind) for (const value of old.values) placeOf(value);
  const codes = new Float64Array(column.values.length);
  for (const [row, value] of column.values.entries())
    codes[row] = isMissing(value) ? -1 : placeOf(value);
  const dtype = places.size <= 0x7f ? "int8" : places.size <= 0x7fff ? "int16" : "int32";
  return {
    categories: columnOf(column, [...places.keys()]),
    codes: { kind: "number", values: codes, dtype },
  };
}

/** A column of the same kind with other values. */
function columnOf(column: Column, values: readonly Value[]): Column {
  switch (column.kind) {
    case "number":
      return { ...column, values: Float64Array.from(values, Number) };
    case "text":
      return { kind: "text", values: values.map(String), categorical: false };
    case "bool":
      return { kind: "bool", values: values.map(Boolean) };
  }
}
