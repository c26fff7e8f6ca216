/** Opening: what a path turns out to be, with how many requests, and the sentence where it is nothing of ours. */
import { describe, expect, test } from "vitest";
import { Fault } from "../base/fault.ts";
import { arrayV2, arrayV3, imageV2, storeOf } from "../testing/ome-documents.ts";
import { onWeb } from "../testing/on-web.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { writeGroup } from "../zarr/hierarchy.ts";
import { openNode } from "./open-node.ts";
import { openWell } from "./plate.ts";

describe("a plate", () => {
  const plate = (count: number) => ({
    "/.zgroup": { zarr_format: 2 },
    "/.zattrs": {
      plate: {
        name: "screen",
        rows: [{ name: "A" }, { name: "B" }],
        columns: Array.from({ length: count / 2 }, (_, i) => ({ name: `${i + 1}` })),
        wells: Array.from({ length: count }, (_, i) => ({
          path: `${"AB"[i % 2]}/${(i >> 1) + 1}`,
          rowIndex: i % 2,
          columnIndex: i >> 1,
        })),
      },
    },
    "/B/2/.zattrs": {
      well: { images: [{ path: "0", acquisition: 1 }, { path: "0_mip" }, { acquisition: 3 }] },
    },
  });

  test.each([4, 384])("of %i wells costs the same three requests", async (count) => {
    const store = storeOf(plate(count));
    const node = await openNode(store, "");
    if (node.kind !== "plate") throw new Error("expected a plate");
    expect(node.plate.wells).toHaveLength(count);
    expect(node.plate.wells[3]).toEqual({
      path: "B/2",
      row: "B",
      column: "2",
      rowIndex: 1,
      columnIndex: 1,
    });
    expect(store.asked).toHaveLength(3);
  });

  test("leads to wells, which list their images as stored", async () => {
    const store = storeOf(plate(4));
    const well = await openWell(store, "B/2", 2);
    expect(well.images).toEqual([
      { path: "0", acquisition: 1 },
      { path: "0_mip", acquisition: undefined },
    ]);
    expect(await openNode(store, "B/2")).toMatchObject({ kind: "well", well: { path: "B/2" } });
    await expect(openWell(store, "A/1", 2)).rejects.toMatchObject({ tag: "missing" });
  });

  test("finds rows and columns by name where indices are missing", async () => {
    const store = storeOf({
      "/.zattrs": {
        plate: { rows: [{ name: "C" }], columns: [{ name: "03" }], wells: [{ path: "C/03" }] },
      },
    });
    expect(await openNode(store, "")).toMatchObject({
      plate: { wells: [{ row: "C", column: "03", rowIndex: 0, columnIndex: 0 }] },
    });
  });
});

describe("where a well of a plate lies", () => {
  const placesOf = async (plate: object) => {
    const node = await openNode(storeOf({ "/.zattrs": { plate } }), "");
    if (node.kind !== "plate") throw new Error("no plate");
    const { rows, columns, wells } = node.plate;
    const places = wells.map(({ path, row, column, rowIndex, columnIndex }) => {
      expect([rows[rowIndex], columns[columnIndex]]).toEqual([row, column]);
      return `${path}: ${row} ${column}`;
    });
    return { rows, columns, places };
  };
  const names = (...all: readonly (string | number)[]) => all.map((name) => ({ name }));

  test("is said by its path, where indices are counted from 1 or all alike", async () => {
    for (const index of [1, 0, 7, -1, 0.5])
      expect(
        await placesOf({
          rows: names("A", "B"),
          columns: names("1", "2"),
          wells: ["A/1", "B/2"].map((path) => ({ path, rowIndex: index, columnIndex: index })),
        }),
      ).toMatchObject({ places: ["A/1: A 1", "B/2: B 2"] });
  });

  test("is said by indices where its path has other names, and names may be numbers", async () => {
    const wells = [{ path: "wells/7", rowIndex: 1, columnIndex: 0 }, { path: "A/2" }];
    expect(await placesOf({ rows: names("A", "B"), columns: names(1, 2), wells })).toMatchObject({
      columns: ["1", "2"],
      places: ["wells/7: B 1", "A/2: A 2"],
    });
  });

  test("is in a row and column of its own where none is listed", async () => {
    const wells = [{ path: "A/1" }, { path: "C/1", rowIndex: 9 }, { path: "C/3" }];
    expect(await placesOf({ rows: names("A", "B"), wells })).toEqual({
      rows: ["A", "B", "C"],
      columns: ["1", "3"],
      places: ["A/1: A 1", "C/1: C 1", "C/3: C 3"],
    });
  });
});

describe("what is no OME-Zarr", () => {
  test.each([
    ["nothing", {}, "missing", "neither zarr.json nor .zgroup"],
    ["a plain group", { "/.zgroup": { zarr_format: 2 } }, "unsupported", "not an OME-Zarr"],
    ["a v2 array", { "/.zarray": arrayV2(4, 4) }, "unsupported", "is a Zarr array"],
    [
      "a v2 array with attributes",
      { "/.zarray": arrayV2(4, 4), "/.zattrs": { unit: "K" } },
      "unsupported",
      "is a Zarr array",
    ],
    ["a v3 array", { "/zarr.json": arrayV3(4, 4) }, "unsupported", "is a Zarr array"],
  ])("%s is refused with a sentence", async (_, documents, tag, words) => {
    await expect(openNode(storeOf(documents), "")).rejects.toMatchObject({
      name: "Fault",
      tag,
      message: expect.stringContaining(words),
    });
  });

  test.each(["denied", "html"] as const)(
    "attributes that a server does not give (“%s”) are told as that, with the file's name",
    async (tag) => {
      const store = new WatchedStore();
      await writeGroup(store, "", 2, { multiscales: [] });
      store.before = ({ key }) => {
        if (key === "/.zattrs") throw new Fault(tag, `The server refuses ${key}`);
      };
      await expect(openNode(onWeb(store), "")).rejects.toMatchObject({
        tag,
        message: expect.stringMatching(/attributes cannot be read: The server refuses \/\.zattrs$/),
      });
    },
  );

  test("and stopping on request stays a stop", async () => {
    const options = { signal: AbortSignal.abort() };
    await expect(openNode(storeOf(imageV2), "", options)).rejects.toMatchObject({ tag: "aborted" });
  });
});
