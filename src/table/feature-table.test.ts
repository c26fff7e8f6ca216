/** Feature tables: made, read again, and found by label. */
import { expect, it } from "vitest";
import { finished } from "../base/steps.ts";
import { storeOf } from "../testing/anndata-store.ts";
import { createTable } from "./create-table.ts";
import { labelsIn, newFeatureTable } from "./feature-table.ts";
import { readTable } from "./read-table.ts";
import type { Column } from "./table.ts";

const area: Column = { kind: "number", values: Float64Array.of(10.5, 20, 30), dtype: "float64" };
const region: Column = { kind: "text", values: ["FOV_1", "FOV_1", "FOV_2"], categorical: true };
const spec = {
  path: "tables/nuclei_features",
  region: "nuclei",
  labels: Uint32Array.of(7, 9, 7),
  columns: new Map<string, Column>([
    ["area", area],
    ["region", region],
  ]),
};

it.each([
  ["csv", 2],
  ["anndata", 3],
] as const)(
  "a new feature table is written and read: %s, Zarr v%i",
  async (backend, zarrFormat) => {
    const store = storeOf();
    const table = newFeatureTable({ ...spec, backend, zarrFormat });
    await createTable({ store, table });
    const read = await readTable(store, spec.path, zarrFormat);
    expect(read.index).toEqual({ name: "label", values: ["7", "9", "7"] });
    expect(read.columns.get("area")).toEqual(area);
    expect(read.columns.get("region")?.values).toEqual(region.values);
    expect(read.attributes).toMatchObject({
      type: "feature_table",
      region: { path: "../labels/nuclei" },
      instance_key: "label",
      index_type: "int",
    });
  },
);

it("a row is about none where its label is a fraction, which would be cut off to another's", () => {
  const column: Column = {
    kind: "number",
    values: Float64Array.of(1.5, 1, -2, Number.POSITIVE_INFINITY),
    dtype: "float64",
  };
  const columns = new Map([["label", column]]);
  const table = newFeatureTable({ ...spec, columns, backend: "csv", zarrFormat: 2 });
  expect([...finished(labelsIn(table))]).toEqual([Number.NaN, 1, -2, Number.NaN]);
});

it("a label column counts before the index, and need not be whole", () => {
  const label: Column = { kind: "text", values: ["1.0", undefined, "3"], categorical: false };
  const columns = new Map([["label", label]]);
  const table = newFeatureTable({ ...spec, columns, backend: "csv", zarrFormat: 2 });
  expect([...finished(labelsIn(table))]).toEqual([1, Number.NaN, 3]);
});
