/** A unit's rows as JSON and back, for the journal; its files hold NaN and infinities as Python's do (`formatJson`). */
import { isJsonObject, type Json, type JsonObject, listAt, textAt } from "../base/json.ts";
import type { Column } from "../table/table.ts";
import type { NumberType } from "../zarr/array.ts";
import type { Rows } from "./unit-result.ts";

export function rowsToJson({ labels, columns }: Rows): JsonObject {
  return {
    labels: [...labels],
    columns: Array.from(columns, ([name, column]) => ({ name, ...columnToJson(column) })),
  };
}

function columnToJson(column: Column): JsonObject {
  switch (column.kind) {
    case "number":
      return {
        kind: column.kind,
        dtype: column.dtype,
        values: [...column.values],
      };
    case "text":
      return {
        kind: column.kind,
        categorical: column.categorical,
        values: column.values.map((value) => value ?? null),
      };
    case "bool":
      return { kind: column.kind, values: column.values.map((value) => value ?? null) };
  }
}

/** @param json as `rowsToJson` made it. */
export function rowsFromJson(json: JsonObject): Rows {
  const columns = listAt(json, "columns").filter(isJsonObject);
  return {
    labels: Uint32Array.from(listAt(json, "labels"), Number),
    columns: new Map(columns.map((column) => [textAt(column, "name") ?? "", columnFrom(column)])),
  };
}

function columnFrom(json: JsonObject): Column {
  const values = listAt(json, "values");
  const or = <T>(is: (value: Json) => value is Json & T): (T | undefined)[] =>
    values.map((value) => (is(value) ? value : undefined));
  switch (textAt(json, "kind")) {
    case "text":
      return {
        kind: "text",
        categorical: json["categorical"] === true,
        values: or((value): value is string => typeof value === "string"),
      };
    case "bool":
      return { kind: "bool", values: or((value): value is boolean => typeof value === "boolean") };
    default: {
      const dtype = json["dtype"] as NumberType;
      return { kind: "number", dtype, values: Float64Array.from(values, Number) };
    }
  }
}
