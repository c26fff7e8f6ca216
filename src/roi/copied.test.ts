/** What is copied from a table goes back into one with such columns, and only there. */
import { expect, test } from "vitest";
import { addRois } from "../editor/add-rois.ts";
import { worldBox } from "../geometry/box.ts";
import { withColumn } from "../table/columns.ts";
import type { Column } from "../table/table.ts";
import { cellsFor, copier } from "./copied.ts";
import { newRoiTable } from "./new-roi-table.ts";
import { roisFromTable } from "./roi-table.ts";
import { cellOf } from "./values.ts";

const area = { kind: "number", values: Float64Array.of(4, Number.NaN), dtype: "float64" } as const;
const quality: Column = { kind: "text", values: ["good", undefined], categorical: true };

function tableOf(columns: Readonly<Record<string, Column>>) {
  const rois = [5, 9].map((label) => {
    const box = worldBox([0, 0, label], [1, 1, label + 1]);
    return { name: `o${label}`, box, label };
  });
  let table = newRoiTable({ path: "tables/t", zarrFormat: 2, backend: "csv", rois });
  table = withColumn(table, "label", { ...area, values: Float64Array.of(5, 9) });
  for (const [name, column] of Object.entries(columns)) table = withColumn(table, name, column);
  return { table, rois: roisFromTable(table, 1).rois };
}

test("a value goes where its column is and can hold it; no value is no cell", () => {
  const from = tableOf({ area, quality });
  const [first, second] = [0, 1].map(copier(from.table, from.rois));
  const carried = new Map<string, unknown>([
    ["label", 5],
    ["area", 4],
    ["quality", "good"],
  ]);
  expect(first?.cells).toEqual(carried);
  expect(second?.cells).toEqual(new Map([["label", 9]]));
  const to = tableOf({ area, quality: area });
  const cells = first?.cells ?? new Map();
  expect(cellsFor(to.table, to.rois, cells)).toEqual({ cells: new Map([["area", 4]]), label: 5 });
  expect(cellsFor(to.table, to.rois, new Map([["unknown", 1]]))).toEqual({});
});

test("a label that is free stays, and one that is taken becomes the next after all", () => {
  const { table, rois } = tableOf({ area });
  const box = worldBox([0, 0, 0], [1, 1, 1]);
  const made = addRois(rois, [{ box, label: 20 }, { box, label: 9 }, { box }], "Paste");
  const labels = [...(made?.diff.values() ?? [])].map(({ to }) => to?.label);
  expect(labels).toEqual([20, 21, 22]);
  expect(cellOf(table, rois, 0, "area")).toBe(4);
});
