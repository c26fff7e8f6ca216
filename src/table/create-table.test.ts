/** A new table, cut off at every single operation; and what its readers are told of it. */
import { describe, expect, it } from "vitest";
import { isFault } from "../base/fault.ts";
import { storeOf, twoTables } from "../testing/anndata-store.ts";
import { CutStore } from "../testing/cut-store.ts";
import { createTable } from "./create-table.ts";
import { newAttributes } from "./new-attributes.ts";
import { readTable } from "./read-table.ts";
import type { Column, Table } from "./table.ts";
import { listTables } from "./table-list.ts";

describe("a new table", () => {
  const box: Column = { kind: "number", values: Float64Array.of(1.5), dtype: "float64" };
  const table = (path: string, zarrFormat: 2 | 3): Table => ({
    path,
    zarrFormat,
    backend: "csv",
    attributes: newAttributes("csv", { type: "roi_table" }),
    index: { name: "FieldIndex", values: ["a"] },
    columns: new Map([["x_micrometer", box]]),
  });

  it.each([2, 3] as const)("has the attributes both dialects read, in Zarr v%i", async (format) => {
    const store = storeOf();
    const { origin, ...created } = await createTable({
      store,
      table: table("B/03/0/tables/mine", format),
    });
    const { origin: read, ...found } = await readTable(store, "B/03/0/tables/mine", format);
    expect(found).toEqual(created);
    expect(found.attributes).toEqual({
      type: "roi_table",
      table_version: "1",
      fractal_table_version: "1",
      backend: "csv",
      index_key: "FieldIndex",
      index_type: "str",
    });
    expect(await listTables(store, "B/03/0", format)).toEqual({ names: ["mine"], unlisted: [] });
    for (const [key, bytes] of read?.files ?? []) expect(origin?.files.get(key)).toEqual(bytes);
  });

  it("is in the list only when it is whole, and takes no other name", async () => {
    for (let at = 0; ; at++) {
      const entries = await twoTables();
      const store = new CutStore(entries, { left: at });
      const creation = createTable({ store, table: table("tables/mine", 2) });
      const done = await creation.then(
        () => true,
        () => false,
      );
      const { names, unlisted } = await listTables(storeOf(entries), "", 2);
      expect(names.slice(0, 2)).toEqual(["FOV_ROI_table", "other"]);
      if (names.includes("mine") && !unlisted.includes("mine"))
        expect((await readTable(storeOf(entries), "tables/mine", 2)).index.values).toEqual(["a"]);
      if (done) {
        expect(names).toEqual(["FOV_ROI_table", "other", "mine"]);
        break;
      }
      expect(names.includes("mine") && !unlisted.includes("mine")).toBe(false);
    }
  });

  it("refuses a name that is taken, and leaves what lies there alone", async () => {
    const entries = await twoTables();
    const before = new Map(entries);
    const creating = createTable({ store: storeOf(entries), table: table("tables/other", 2) });
    await expect(creating).rejects.toSatisfy((error) => isFault(error, "input"));
    expect(entries).toEqual(before);
  });

  it("lies among an image's tables", async () => {
    await expect(
      createTable({ store: storeOf(), table: table("elsewhere/mine", 2) }),
    ).rejects.toThrow(/elsewhere\/mine does not/);
  });
});
