/** Opening images and labels: what is in them, with how many requests, and how much of a broken one still works. */
import { describe, expect, test } from "vitest";
import { Fault } from "../base/fault.ts";
import {
  arrayV2,
  arrayV3,
  axes,
  groupV3,
  imageV2,
  multiscale,
  opened,
  scale,
  storeOf,
} from "../testing/ome-documents.ts";
import { UrlStore } from "../zarr/url-store.ts";
import { openLabel } from "./labels.ts";
import { openNode } from "./open-node.ts";

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

  test.each([
    ["refuses", 403, ""],
    ["shows a web page for", 200, "<!doctype html><p>Hello"],
  ])(
    "works without a level that a server %s, as many do where a file is not there",
    async (_, status, body) => {
      const fetch = async ({ pathname }: URL): Promise<Response> => {
        if (pathname === "/1/.zarray") return new Response(body, { status });
        const found = Object.entries(imageV2).find(([key]) => key === pathname);
        return found ? Response.json(found[1]) : new Response(null, { status: 404 });
      };
      const store = new UrlStore({ kind: "url", url: "http://127.0.0.1" }, { fetch });
      expect(await openNode(store, "")).toMatchObject({
        image: { levels: [{ name: "0" }], problems: [expect.stringMatching(/^Level 1: /)] },
      });
    },
  );

  test.each(["offline", "http", "cors", "crashed", "denied", "aborted"] as const)(
    "does not open without a level that may be there another time: %s",
    async (tag) => {
      const store = storeOf(imageV2);
      const get = store.get.bind(store);
      const fault = new Fault(tag, "Not now");
      store.get = (key, options) =>
        key === "/0/.zarray" ? Promise.reject(fault) : get(key, options);
      await expect(openNode(store, "")).rejects.toBe(fault);
    },
  );

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
