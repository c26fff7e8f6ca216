/** A table put elsewhere has every file that other readers need, although Fovea's own did not ask for them. */
import { describe, expect, it } from "vitest";
import {
  type Entries,
  FTC,
  layoutV2,
  layoutV3,
  NGIO,
  putFovTable,
  storeOf,
} from "../testing/anndata-store.ts";
import { createTable } from "./create-table.ts";
import { readTable } from "./read-table.ts";

describe.each([2, 3] as const)("in Zarr v%i", (format) => {
  it.each([FTC, NGIO])(
    "each group and array of an AnnData table is one there too",
    async (kind) => {
      const entries: Entries = new Map();
      const layout = format === 2 ? layoutV2(entries) : layoutV3(entries);
      layout.group("tables", { tables: ["FOV"] });
      await putFovTable(layout, "tables/FOV", kind);
      const store = storeOf(entries);
      const table = await readTable(store, "tables/FOV", format);
      await createTable({ store, table: { ...table, path: "tables/new" } });
      const below = (name: string): string[] =>
        [...entries.keys()]
          .filter((key) => key.startsWith(`/tables/${name}/`) && /\.z|zarr\.json/.test(key))
          .map((key) => key.slice(`/tables/${name}/`.length))
          .filter((key) => key !== ".zmetadata");
      expect(below("new")).toEqual(expect.arrayContaining(below("FOV")));
      const groups = ["", "obs/", "var/", "layers/", "obsm/", "uns/"];
      const file = format === 2 ? ".zgroup" : "zarr.json";
      expect(below("new")).toEqual(expect.arrayContaining(groups.map((group) => group + file)));
      expect(below("new").filter((key) => /X\/.*\.zgroup/.test(key))).toEqual([]);
      const copy = await readTable(store, "tables/new", format);
      expect([copy.index, copy.columns]).toEqual([table.index, table.columns]);
    },
  );
});
