/** The list of tables: what it names, what is found beside it, and how it is changed. */
import { describe, expect, it } from "vitest";
import { isFault } from "../base/fault.ts";
import {
  type Entries,
  FTC,
  layoutV2,
  layoutV3,
  putFovTable,
  storeOf,
  twoTables,
} from "../testing/anndata-store.ts";
import { listTables, relist } from "./table-list.ts";

describe("the list", () => {
  it("is joined with what is found, and never hides what it names", async () => {
    const entries = await twoTables();
    await putFovTable(layoutV2(entries), "tables/found", FTC);
    layoutV2(entries).group("tables", { tables: ["gone", "other", "", 7, "other"] });
    entries.set("/tables/half/table.csv", Uint8Array.of());
    expect(await listTables(storeOf(entries), "", 2)).toEqual({
      names: ["gone", "other", "FOV_ROI_table", "found"],
      unlisted: ["FOV_ROI_table", "found"],
    });
  });

  it("is edited where it is, with all else kept", async () => {
    const entries: Entries = new Map();
    const store = storeOf(entries);
    layoutV3(entries).group("tables", { ome: { version: "0.5", tables: ["a"] }, more: 1 });
    await relist(store, "", { to: "b" }, 3);
    await relist(store, "", { to: "b" }, 3);
    await relist(store, "", { from: "a" }, 3);
    expect((await listTables(store, "", 3)).names).toEqual(["b"]);
    const document = JSON.parse(new TextDecoder().decode(entries.get("/tables/zarr.json")));
    expect(document.attributes).toEqual({ ome: { version: "0.5", tables: ["b"] }, more: 1 });
  });

  it("is empty where there is none", async () => {
    expect(await listTables(storeOf(), "B/03/0", 2)).toEqual({ names: [], unlisted: [] });
  });

  it.each(["", "a/b"])("holds no name like %j", async (to) => {
    const entries: Entries = new Map();
    await expect(relist(storeOf(entries), "", { to }, 3)).rejects.toSatisfy((error) =>
      isFault(error, "input"),
    );
    expect(entries.size).toBe(0);
  });
});
