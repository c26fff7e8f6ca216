/** Values of a table's own columns: edited, taken back, and stored in the table's own backend. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withColumn } from "../table/columns.ts";
import { createTable } from "../table/create-table.ts";
import { readTable } from "../table/read-table.ts";
import { saveTable } from "../table/save-table.ts";
import type { Backend, Table } from "../table/table.ts";
import { flatBox } from "../testing/roi-builder.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { changesOf } from "./changes.ts";
import { newRoiTable } from "./new-roi-table.ts";
import { commonNumbers } from "./readers.ts";
import { roisFromTable, tableFromRois } from "./roi-table.ts";
import { applied, type Cell, type RoiDiff, type RoiId, type Rois, roiAt, roisOf } from "./rois.ts";
import { cellOf, cellsDiff, typedCell, valueColumns } from "./values.ts";

/** Three ROIs with a column of numbers, one of texts with a missing one, and one of truth values. */
function plain(backend: Backend): Table {
  const rois = ["a", "b", "c"].map((name, i) => ({
    name,
    box: flatBox([10 * i, 0, 10 * i + 5, 5]),
    label: undefined,
  }));
  const spec = { path: "tables/t", zarrFormat: 2, backend, rois } as const;
  const numbers = withColumn(newRoiTable(spec), "area", {
    kind: "number",
    values: Float64Array.of(1, 2.5, Number.NaN),
    dtype: "float64",
  });
  const words = withColumn(numbers, "well", {
    kind: "text",
    values: ["B03", undefined, "C04"],
    categorical: true,
  });
  return withColumn(words, "good", { kind: "bool", values: [true, false, true] });
}

function given(table: Table, rois: Rois, id: RoiId, column: string, value: Cell): Rois {
  return applied(rois, cellsDiff(table, rois, [id], { column, value }));
}

describe("a value", () => {
  const table = plain("csv");
  const { rois } = roisFromTable(table);

  it("is the edited one, else the loaded one, and of a copy what it copies", () => {
    const edited = given(table, rois, 1, "well", "D05");
    expect(cellOf(table, edited, 0, "well")).toBe("B03");
    expect(cellOf(table, edited, 1, "well")).toBe("D05");
    expect(cellOf(table, edited, 2, "area")).toBeUndefined();
    const copy = { name: "d", box: flatBox([0, 0, 1, 1]), label: undefined, copiedFrom: 2 };
    const added = applied(edited, new Map([[3, { from: undefined, to: copy }]]));
    expect(cellOf(table, added, 3, "well")).toBe("C04");
  });

  it("given and taken back is no change, and given is one of values alone", () => {
    const edited = given(table, rois, 1, "area", 7);
    expect(changesOf(rois, edited)).toMatchObject({
      valued: [1],
      renamed: [],
      moved: [],
      count: 1,
    });
    expect(given(table, edited, 1, "area", 2.5).overlay.size).toBe(0);
    expect(tableFromRois(table, given(table, edited, 1, "area", 2.5))).toBe(table);
  });

  it("is in a column that says no box, name or label", () => {
    expect([...valueColumns(table).keys()]).toEqual(["area", "well", "good"]);
  });
});

it.each([
  ["7,5", "area", 7.5],
  [" ", "area", undefined],
  ["x", "area", '"x" is no number'],
  ["TRUE", "good", true],
  ["yes", "good", "Type true or false"],
  [" B 03 ", "well", "B 03"],
  ["7", "new", "7"],
])("%j typed into %s is %s", (text, column, value) => {
  const typed = typedCell(text, plain("csv").columns.get(column));
  expect(typed.kind === "value" ? typed.value : typed.sentence).toBe(value);
});

const texts = fc.option(fc.constantFrom("keep", "discard", "a,b", 'say "no"', "ä"), {
  nil: undefined,
});

it.each(["csv", "anndata"] as const)(
  "values saved in %s and opened are the same",
  async (backend) => {
    const row = fc.record({
      area: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: undefined }),
      well: texts,
      triage: texts,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 3, maxLength: 3 }), async (rows) => {
        const store = new MemoryStore();
        const journal = new MemoryStore();
        await createTable({ store, table: plain(backend) });
        const previous = await readTable(store, "tables/t", 2);
        let { rois } = roisFromTable(previous);
        for (const [id, values] of rows.entries())
          for (const [name, value] of Object.entries(values))
            rois = given(previous, rois, id, name, Object.is(value, -0) ? 0 : value);
        const table = tableFromRois(previous, rois);
        await saveTable({ store, table, previous, journal, identity: "t" });
        const opened = await readTable(store, "tables/t", 2);
        const again = roisFromTable(opened).rois;
        for (const [id, values] of rows.entries())
          for (const name of Object.keys(values))
            expect([id, name, cellOf(opened, again, id, name)]).toEqual([
              id,
              name,
              cellOf(previous, rois, id, name),
            ]);
      }),
      { numRuns: 40 },
    );
  },
);

it("finds the numbers that all of some ROIs have, and none that is missing", () => {
  const rois = roisOf({
    names: ["a", "b", "c", "d"],
    bounds: Float64Array.of(
      ...[0, 1, 2, 1, 5, 6],
      ...[0, 3, 2, 1, 7, 6],
      ...[0, 1, 4, 1, 5, 8],
      ...[Number.NaN, 1, 2, 1, 5, 6],
    ),
    labels: undefined,
  });
  const common = (ids: readonly number[]) => Object.fromEntries(commonNumbers(rois, ids));
  expect(common([0])).toEqual({ x: 2, y: 1, z: 0, len_x: 4, len_y: 4, len_z: 1 });
  expect(common([0, 1])).toEqual({ x: 2, z: 0, len_x: 4, len_y: 4, len_z: 1 });
  expect(common([0, 1, 2])).toEqual({ z: 0, len_x: 4, len_y: 4, len_z: 1 });
  expect(common([3, 0])).toEqual({ x: 2, y: 1, len_x: 4, len_y: 4 });
  expect(common([])).toEqual({});
  const moved: RoiDiff = new Map([[1, { from: roiAt(rois, 1), to: roiAt(rois, 0) }]]);
  expect(commonNumbers(applied(rois, moved), [0, 1])).toEqual(commonNumbers(rois, [0]));
});
