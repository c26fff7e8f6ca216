/** Collections that bioformats2raw wrote: which images they hold, found with how many requests, and what is said of none. */
import { describe, expect, test } from "vitest";
import { Fault } from "../base/fault.ts";
import { groupV3, imageV2, storeOf } from "../testing/ome-documents.ts";
import { onWeb } from "../testing/on-web.ts";
import { openNode } from "./open-node.ts";

const ROOT = { "/.zgroup": { zarr_format: 2 }, "/.zattrs": { "bioformats2raw.layout": 3 } };

function imagesAt(...paths: readonly string[]) {
  const each = paths.flatMap((path) =>
    Object.entries(imageV2).map(([key, value]) => [`/${path}${key}`, value] as const),
  );
  return Object.fromEntries(each);
}

async function pathsIn(documents: Readonly<Record<string, unknown>>, path = "") {
  const store = storeOf(documents);
  const node = await openNode(store, path);
  if (node.kind !== "well") throw new Error(`expected a list of images, got a ${node.kind}`);
  expect(node.well).toMatchObject({ kind: "collection", path });
  return { paths: node.well.images.map((image) => image.path), requests: store.asked.length };
}

describe("a collection", () => {
  test("has the images that its OME group lists, in that order, for four requests", async () => {
    const series = ["1", "0", "label image"];
    const documents = { ...ROOT, ...imagesAt("0", "1"), "/OME/.zattrs": { series } };
    expect(await pathsIn(documents)).toEqual({ paths: series, requests: 4 });
  });

  test("in Zarr v3 says so below ome", async () => {
    const documents = {
      "/zarr.json": groupV3({ ome: { version: "0.5", "bioformats2raw.layout": 3 } }),
      "/OME/zarr.json": groupV3({ ome: { version: "0.5", series: ["0", "1"] } }),
    };
    expect((await pathsIn(documents)).paths).toEqual(["0", "1"]);
  });

  test.each([
    ["no OME group", {}],
    ["an OME group without a list", { "/OME/.zgroup": { zarr_format: 2 } }],
    ["a list that is none", { "/OME/.zattrs": { series: [3, null] } }],
  ])("has the groups that are numbered from 0, with %s", async (_, group) => {
    const documents = { ...ROOT, ...group, ...imagesAt("0", "1", "2", "4") };
    expect((await pathsIn(documents)).paths).toEqual(["0", "1", "2"]);
  });

  test("lies below the root too", async () => {
    const inside = Object.entries({ ...ROOT, ...imagesAt("0", "1") });
    const documents = Object.fromEntries(inside.map(([key, value]) => [`/a/b${key}`, value]));
    expect((await pathsIn(documents, "a/b")).paths).toEqual(["0", "1"]);
  });

  test("is found where the server denies what it does not have", async () => {
    const store = storeOf({ ...ROOT, ...imagesAt("0", "1") });
    const read = store.get.bind(store);
    store.get = async (key) => {
      const bytes = await read(key);
      if (bytes === undefined) throw new Fault("denied", `${key} is not to be read`);
      return bytes;
    };
    const node = await openNode(onWeb(store), "");
    expect(node).toMatchObject({ well: { images: [{ path: "0" }, { path: "1" }] } });
  });

  test("without an image is told", async () => {
    await expect(openNode(storeOf(ROOT), "")).rejects.toMatchObject({
      tag: "missing",
      message: expect.stringContaining("holds no image"),
    });
  });
});
