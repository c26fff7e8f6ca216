/** Which rows of a table are about which well, and what that makes of the wells. */
import { describe, expect, it } from "vitest";
import type { Column, Table } from "../table/table.ts";
import { joinWells, type WellTable, wellMeans, wellsMeant } from "./well-table.ts";

const wells = ["B/03", "B/04", "C/03"].map((path, i) => {
  const [row = "", column = ""] = path.split("/");
  return { path, row, column, rowIndex: i, columnIndex: i };
});

const text = (...values: (string | undefined)[]): Column => ({
  kind: "text",
  values,
  categorical: false,
});
const numbers = (...values: number[]): Column => ({
  kind: "number",
  values: Float64Array.from(values),
  dtype: "float64",
});

function tableOf(columns: Readonly<Record<string, Column>>): Table {
  const count = Object.values(columns)[0]?.values.length ?? 0;
  return {
    path: "tables/condition",
    zarrFormat: 2,
    backend: "csv",
    attributes: {},
    index: { name: undefined, values: Array.from({ length: count }, (_, i) => String(i)) },
    columns: new Map(Object.entries(columns)),
  };
}

function joined(columns: Readonly<Record<string, Column>>): WellTable {
  const table = joinWells(tableOf(columns), wells);
  if (!table) throw new Error("names no wells");
  return table;
}

describe("rows find their well", () => {
  it.each([
    ["row and column, as text", { row: text("b", "C", "Z"), column: text("04", "3", "1") }],
    ["row and column, as a number", { row: text("B", "C", "C"), column: numbers(4, 3, 9) }],
    ["one name", { well: text("B04", "C/03", undefined) }],
    ["the path of an image", { image_path: text("B/04/0", "plate.zarr/C/03/0", "D/01/0") }],
  ])("by %s", (_, columns) => {
    expect(joined(columns).rows).toEqual([[], [0], [1]]);
  });

  it("not where no column names wells", () => {
    expect(joinWells(tableOf({ drug: text("a") }), wells)).toBeUndefined();
  });
});

describe("what they say", () => {
  const table = joined({
    well: text("B03", "B03", "B04"),
    count: numbers(2, 5, Number.NaN),
    drug: text("none", "A", "A"),
  });

  it("is the mean of a column over the rows of a well, and nothing where nothing is known", () => {
    expect([...wellMeans(table, "count")]).toEqual([3.5, Number.NaN, Number.NaN]);
    expect(table.numbers).toEqual(["count"]);
  });

  it("is whether any row is meant by a condition; a well without rows never is", () => {
    expect(wellsMeant(table, "drug = A and count > 4")).toEqual([true, false, false]);
    expect(wellsMeant(table, "drug = A")).toEqual([true, true, false]);
    expect(wellsMeant(table, "not drug = A")).toEqual([true, false, false]);
    expect(wellsMeant(table, " ")).toEqual([true, true, true]);
    expect(wellsMeant(table, "dose > 1")).toBeTypeOf("string");
  });
});
