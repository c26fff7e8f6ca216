/** What is at a path, and with how many requests that is found out. */
import { describe, expect, test } from "vitest";
import { Fault } from "../base/fault.ts";
import { onWeb } from "../testing/on-web.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { createArray, writeGroup } from "./hierarchy.ts";
import { readNode } from "./node.ts";
import type { Key } from "./store.ts";

const ARRAY = {
  shape: [1],
  chunks: [1],
  dtype: "uint8",
  fill: 0,
  separator: "/",
  compressor: "none",
} as const;

async function reading(store: WatchedStore, ...args: [path: string, format?: 2 | 3]) {
  store.operations.length = 0;
  const node = await readNode(store, args[0], args[1] ? { format: args[1] } : {});
  return { node, keys: store.operations.map(({ key }) => key) };
}

test("a group of known format is one request", async () => {
  const store = new WatchedStore();
  await writeGroup(store, "v2", 2, { a: 1 });
  await writeGroup(store, "v3", 3, { a: 1 });
  expect(await reading(store, "v2", 2)).toEqual({
    node: { kind: "group", path: "v2", format: 2, attributes: { a: 1 } },
    keys: ["/v2/.zattrs"],
  });
  expect(await reading(store, "v3", 3)).toEqual({
    node: { kind: "group", path: "v3", format: 3, attributes: { a: 1 } },
    keys: ["/v3/zarr.json"],
  });
});

test("a node of unknown format is three requests at once", async () => {
  const store = new WatchedStore();
  await writeGroup(store, "", 2, { a: 1 });
  const { node, keys } = await reading(store, "");
  expect(node).toEqual({ kind: "group", path: "", format: 2, attributes: { a: 1 } });
  expect(keys).toEqual(["/zarr.json", "/.zattrs", "/.zgroup"]);
});

test("v2 without attributes: the kind is found in the other files", async () => {
  const store = new WatchedStore();
  await writeGroup(store, "g", 2, {});
  await store.delete("/g/.zattrs");
  await createArray(store, "a", { ...ARRAY, format: 2 });
  await store.delete("/a/.zattrs");
  for (const format of [2, undefined] as const) {
    expect((await reading(store, "g", format)).node).toMatchObject({
      kind: "group",
      format: 2,
      attributes: {},
    });
    expect((await reading(store, "a", format)).node).toMatchObject({
      kind: "array",
      format: 2,
      attributes: {},
    });
    expect((await reading(store, "none", format)).node).toBeUndefined();
  }
});

test("a v3 array says so itself", async () => {
  const store = new WatchedStore();
  await createArray(store, "a", { ...ARRAY, format: 3, attributes: { a: 1 } });
  expect((await reading(store, "a", 3)).node).toMatchObject({
    kind: "array",
    attributes: { a: 1 },
  });
  expect((await reading(store, "none", 3)).node).toBeUndefined();
});

describe("a server that does not say “missing”", () => {
  const answering = async (tag: "denied" | "html" | "http", ...broken: Key[]) => {
    const store = new WatchedStore();
    await writeGroup(store, "", 2, { a: 1 });
    store.before = ({ key }) => {
      if (broken.includes(key)) throw new Fault(tag, "No");
    };
    return onWeb(store);
  };

  test("does no harm where another file is found", async () => {
    for (const tag of ["denied", "html"] as const)
      expect(await readNode(await answering(tag, "/zarr.json"), "")).toMatchObject({ format: 2 });
  });

  test("is one where it is none but a folder", async () => {
    const store = new WatchedStore();
    await writeGroup(store, "", 2, { a: 1 });
    store.before = ({ key }) => {
      if (key === "/zarr.json") throw new Fault("denied", "The browser does not allow it");
    };
    await expect(readNode(store, "")).rejects.toMatchObject({ tag: "denied" });
  });

  test("is an error where nothing is found, and where it is broken rather than refusing", async () => {
    const all: Key[] = ["/zarr.json", "/.zattrs", "/.zgroup"];
    await expect(readNode(await answering("denied", ...all), "")).rejects.toMatchObject({
      tag: "denied",
    });
    await expect(readNode(await answering("http", "/zarr.json"), "")).rejects.toMatchObject({
      tag: "http",
    });
  });
});
