/** Opening: what a path turns out to be, with how many requests, and the sentence where it is nothing of ours. */
import { describe, expect, test } from "vitest";
import { MemoryStore } from "../zarr/memory-store.ts";
import type { Key, Options } from "../zarr/store.ts";
import { UrlStore } from "../zarr/url-store.ts";
import { openLabel } from "./labels.ts";
import type { Image } from "./multiscale.ts";
import { openNode } from "./open-node.ts";
import { openWell } from "./plate.ts";

/** A memory store that notes which keys were asked for. */
class CountingStore extends MemoryStore {
  readonly asked: string[] = [];
  override get(key: Key, options?: Options): Promise<Uint8Array<ArrayBuffer> | undefined> {
    this.asked.push(key);
    return super.get(key, options);
  }
}

function storeOf(documents: Readonly<Record<string, unknown>>): CountingStore {
  const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const entries = new Map(Object.entries(documents).map(([key, value]) => [key, bytes(value)]));
  return new CountingStore({ kind: "memory", entries });
}

const scale = (...values: number[]) => ({
  coordinateTransformations: [{ type: "scale", scale: values }],
});
const axes = (names: string) =>
  [...names].map((name) => ({ name, ...("zyx".includes(name) ? { unit: "micrometer" } : {}) }));

const arrayV2 = (...shape: number[]) => ({
  zarr_format: 2,
  shape,
  chunks: shape,
  dtype: "<u2",
  compressor: null,
  filters: null,
  fill_value: 0,
  order: "C",
  dimension_separator: "/",
});
const arrayV3 = (...shape: number[]) => ({
  zarr_format: 3,
  node_type: "array",
  shape,
  data_type: "uint16",
  chunk_grid: { name: "regular", configuration: { chunk_shape: shape } },
  chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
  codecs: [{ name: "bytes", configuration: { endian: "little" } }],
  fill_value: 0,
  attributes: {},
});
const groupV3 = (attributes: object) => ({ zarr_format: 3, node_type: "group", attributes });

const multiscale = {
  name: "cells",
  version: "0.4",
  axes: axes("cyx"),
  datasets: [
    { path: "0", ...scale(1, 0.5, 0.5) },
    { path: "1", ...scale(1, 1, 1) },
  ],
};
const imageV2 = {
  "/.zgroup": { zarr_format: 2 },
  "/.zattrs": { multiscales: [multiscale] },
  "/0/.zarray": arrayV2(2, 64, 64),
  "/1/.zarray": arrayV2(2, 32, 32),
  "/labels/.zattrs": { labels: ["nuclei", "_working"] },
};

async function opened(documents: Readonly<Record<string, unknown>>): Promise<Image> {
  const node = await openNode(storeOf(documents), "");
  if (node.kind !== "image") throw new Error(`expected an image, got a ${node.kind}`);
  return node.image;
}

describe("an image", () => {
  test("in Zarr v2 costs its root, its levels and its list of labels", async () => {
    const store = storeOf(imageV2);
    const node = await openNode(store, "");
    expect(node).toMatchObject({
      kind: "image",
      image: { name: "cells", version: "0.4", zarrFormat: 2, labels: ["nuclei"], problems: [] },
    });
    const root = store.asked.filter((key) => !key.slice(1).includes("/"));
    expect(root).toHaveLength(3);
    expect(store.asked.filter((key) => key.endsWith("/.zarray"))).toEqual([
      "/0/.zarray",
      "/1/.zarray",
    ]);
    expect(store.asked.filter((key) => key.startsWith("/labels"))).toHaveLength(1);
    expect(store.asked.length).toBeLessThanOrEqual(3 + 2 * 2 + 1);
  });

  test("in Zarr v3 costs one request per level", async () => {
    const { version: _, ...inner } = multiscale;
    const store = storeOf({
      "/zarr.json": groupV3({ ome: { version: "0.5", multiscales: [inner] } }),
      "/0/zarr.json": arrayV3(2, 64, 64),
      "/1/zarr.json": arrayV3(2, 32, 32),
      "/labels/zarr.json": groupV3({ ome: { labels: ["nuclei"] } }),
    });
    expect(await openNode(store, "")).toMatchObject({
      kind: "image",
      image: { version: "0.5", labels: ["nuclei"], levels: [{ name: "0" }, { name: "1" }] },
    });
    expect(store.asked).toHaveLength(3 + 2 + 1);
  });

  test.each([
    ["refuses a file that is not there", 403, "", []],
    ["shows a web page in its place", 200, "<!doctype html><p>Hello", []],
    ["breaks down over it", 501, "", [expect.stringContaining("list of labels")]],
  ])("without labels opens from a server that %s", async (_, status, body, problems) => {
    const fetch = async ({ pathname }: URL): Promise<Response> => {
      if (pathname.startsWith("/labels")) return new Response(body, { status });
      const found = Object.entries(imageV2).find(([key]) => key === pathname);
      return found ? Response.json(found[1]) : new Response(null, { status: 404 });
    };
    const store = new UrlStore({ kind: "url", url: "http://127.0.0.1" }, { fetch });
    expect(await openNode(store, "")).toMatchObject({ image: { labels: [], problems } });
  });

  test("of 0.5 may have the flat list of labels that older writers left", async () => {
    const image = await opened({
      "/zarr.json": groupV3({ ome: { multiscales: [multiscale] } }),
      "/0/zarr.json": arrayV3(2, 64, 64),
      "/1/zarr.json": arrayV3(2, 32, 32),
      "/labels/zarr.json": groupV3({ labels: ["old"] }),
    });
    expect(image.labels).toEqual(["old"]);
  });

  test("multiplies the multiscale's own scale into each level's, and keeps translations", async () => {
    const level = {
      path: "0",
      coordinateTransformations: [
        { type: "scale", scale: [1, 0.5, 0.25] },
        { type: "translation", translation: [0, 3, 4] },
      ],
    };
    const whole = {
      coordinateTransformations: [
        { type: "scale", scale: [1, 2, 2] },
        { type: "translation", translation: [0, 10, 20] },
      ],
    };
    const image = await opened({
      ...imageV2,
      "/.zattrs": { multiscales: [{ ...multiscale, datasets: [level], ...whole }] },
    });
    expect(image.levels[0].scale).toEqual([1, 1, 0.5]);
    expect(image.levels[0].translation).toEqual([0, 16, 28]);
    expect(image.levels[0].grid).toEqual({ shape: [1, 64, 64], scale: [1, 1, 0.5] });
  });

  test("works without a level that is missing or has the wrong rank", async () => {
    const image = await opened({ ...imageV2, "/0/.zarray": arrayV2(64, 64) });
    expect(image.levels.map(({ name }) => name)).toEqual(["1"]);
    expect(image.problems).toEqual([
      'Level 0: The array "0" has 2 dimensions, and "multiscales[0].axes" names 3',
    ]);
    const { "/1/.zarray": _, ...without } = imageV2;
    expect((await opened(without)).problems[0]).toMatch(/^Level 1: .*1/);
  });

  test("works where one level's transformation is broken", async () => {
    const datasets = [{ path: "0", ...scale(1, 0, 1) }, multiscale.datasets[1]];
    const image = await opened({
      ...imageV2,
      "/.zattrs": { multiscales: [{ ...multiscale, datasets }] },
    });
    expect(image.levels.map(({ name }) => name)).toEqual(["1"]);
    expect(image.problems[0]).toContain("each number should be above 0");
  });

  test("without a single level is invalid", async () => {
    const store = storeOf({ "/.zgroup": {}, "/.zattrs": imageV2["/.zattrs"] });
    await expect(openNode(store, "")).rejects.toMatchObject({
      tag: "invalid",
      message: expect.stringContaining("no level that can be read"),
    });
  });

  test("with an axis that Fovea does not know is refused by name", async () => {
    const stored = { multiscales: [{ ...multiscale, axes: axes("qyx") }] };
    await expect(opened({ ...imageV2, "/.zattrs": stored })).rejects.toMatchObject({
      tag: "unsupported",
      message: expect.stringContaining("the axes q, y, x"),
    });
  });

  test.each(["xy", "yxc", "cyyx", "x"])("with the axes %s is refused", async (names) => {
    const stored = { multiscales: [{ ...multiscale, axes: axes(names) }] };
    await expect(opened({ ...imageV2, "/.zattrs": stored })).rejects.toMatchObject({
      tag: "unsupported",
    });
  });

  test("is the first one of what bioformats2raw wrote, with a note", async () => {
    const moved = Object.entries(imageV2).map(([key, value]) => [`/0${key}`, value]);
    const image = await opened({
      ...Object.fromEntries(moved),
      "/.zgroup": { zarr_format: 2 },
      "/.zattrs": { "bioformats2raw.layout": 3 },
    });
    expect(image.path).toBe("0");
    expect(image.problems[0]).toContain("bioformats2raw");
  });
});

describe("a label", () => {
  const label = {
    ...imageV2,
    "/labels/nuclei/.zattrs": {
      "image-label": { version: "0.4" },
      multiscales: [
        { axes: axes("zyx"), datasets: [{ path: "2", ...scale(1, 2, 2) }], version: "0.4" },
      ],
    },
    "/labels/nuclei/2/.zarray": arrayV2(1, 16, 16),
  };

  test("has levels, axes and pixel sizes of its own", async () => {
    const image = await opened(label);
    const opening = await openLabel(image, "nuclei");
    expect(opening.axes.map(({ name }) => name).join("")).toBe("zyx");
    expect(opening.name).toBe("nuclei");
    expect(opening.levels[0].grid).toEqual({ shape: [1, 16, 16], scale: [1, 2, 2] });
    await expect(openLabel(image, "cells")).rejects.toMatchObject({ tag: "missing" });
  });

  test("opened by itself is an image of one channel", async () => {
    const node = await openNode(storeOf(label), "labels/nuclei");
    expect(node).toMatchObject({ kind: "image", image: { channels: [{ label: "channel 0" }] } });
  });

  test("list opened by itself names the labels", async () => {
    await expect(openNode(storeOf(label), "labels")).rejects.toMatchObject({
      tag: "unsupported",
      message: expect.stringContaining("nuclei"),
    });
  });
});

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

  test("and stopping on request stays a stop", async () => {
    const options = { signal: AbortSignal.abort() };
    await expect(openNode(storeOf(imageV2), "", options)).rejects.toMatchObject({ tag: "aborted" });
  });
});
