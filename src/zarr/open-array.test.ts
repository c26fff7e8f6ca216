/**
 * Arrays as zarr-python 3.1.6 writes them (`src/testing/zarr-python.json`: metadata as JSON, chunks in base64), and
 * metadata that must be refused.
 */
import { describe, expect, test } from "vitest";
import python from "../testing/zarr-python.json" with { type: "json" };
import type { ZarrArray, ZarrFormat } from "./array.ts";
import { jsonBytes } from "./json-file.ts";
import { MemoryStore } from "./memory-store.ts";
import { openArray } from "./open-array.ts";
import { readWhole } from "./read-whole.ts";
import type { Key } from "./store.ts";

const written = new MemoryStore({
  kind: "memory",
  entries: new Map(
    Object.entries(python).map(([key, file]) => [
      key,
      typeof file === "string"
        ? Uint8Array.from(atob(file), (c) => c.charCodeAt(0))
        : jsonBytes(file),
    ]),
  ),
});

const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

test.each<[string, ZarrFormat, Partial<ZarrArray>, readonly unknown[]]>([
  ["sharded", 3, { chunks: [2, 2], shards: [4, 4] }, count(24).map((i) => (i > 9 ? i : 0))],
  ["index-first", 3, { chunks: [2, 2], shards: [4, 4], fill: 9 }, count(24)],
  ["sharded-text", 3, { dtype: "string", chunks: [2], shards: [4] }, ["a", "bü", "", "d", "e"]],
  ["fortran-big-endian", 2, { dtype: "uint32", chunks: [3, 4] }, count(24)],
  ["zlib", 2, { dtype: "float32", shape: [4, 6] }, count(24).map((i) => i / 2)],
  ["transposed", 3, { dtype: "int32", shape: [2, 3, 4] }, count(24)],
  ["fixed-text", 2, { dtype: "string", chunks: [2] }, ["abc", "ü", "z"]],
  ["half", 3, { dtype: "float16" }, [0.0999755859375, -2, Number.POSITIVE_INFINITY]],
  ["scalar", 3, { shape: [], chunks: [] }, [5]],
])("%s reads as it was written", async (path, format, meta, values) => {
  const array = await openArray(written, path, format);
  expect(array).toMatchObject(meta);
  const { data, shape } = await readWhole(array);
  expect([...data]).toEqual(values);
  expect(shape).toEqual(array.shape);
  if (!Array.isArray(data)) expect(data.buffer.byteLength).toBe(data.byteLength);
});

describe("metadata", () => {
  async function open(format: ZarrFormat, stored: object | string): Promise<ZarrArray> {
    const store = new MemoryStore();
    const key: Key = format === 2 ? "/a/.zarray" : "/a/zarr.json";
    await store.set(
      key,
      typeof stored === "string" ? new TextEncoder().encode(stored) : jsonBytes(stored),
    );
    return openArray(store, "a", format);
  }

  const v2 = {
    zarr_format: 2,
    shape: [4],
    chunks: [2],
    dtype: "<u2",
    compressor: null,
    fill_value: 0,
    order: "C",
    filters: null,
  };
  const v3 = python["/half/zarr.json"];

  test.each([
    ["NaN", '"NaN"', Number.NaN],
    ["bare NaN", "NaN", Number.NaN],
    ["-Infinity", '"-Infinity"', Number.NEGATIVE_INFINITY],
    ["none", "null", null],
    ["0.5", "0.5", 0.5],
  ])("fill value %s", async (_name, text, fill) => {
    const stored = JSON.stringify({ ...v2, dtype: "<f4" }).replace(
      '"fill_value":0',
      `"fill_value":${text}`,
    );
    expect((await open(2, stored)).fill).toEqual(fill);
  });

  test("a float's bits in hexadecimal", async () => {
    const stored = { ...v3, data_type: "float32", fill_value: "0x3fc00000" };
    expect((await open(3, stored)).fill).toBe(1.5);
  });

  test("the ends of 64-bit integers are exact", async () => {
    const text = (dtype: string, fill: string) =>
      JSON.stringify({ ...v2, dtype }).replace('"fill_value":0', `"fill_value":${fill}`);
    expect((await open(2, text("<u8", "18446744073709551615"))).fill).toBe(2n ** 64n - 1n);
    expect((await open(2, text("<i8", "-9223372036854775808"))).fill).toBe(-(2n ** 63n));
  });

  test.each<[string, ZarrFormat, object, string]>([
    ["structured dtype", 2, { ...v2, dtype: [["x", "<i4"]] }, "unsupported"],
    ["complex dtype", 2, { ...v2, dtype: "<c8" }, "unsupported"],
    ["unknown compressor", 2, { ...v2, compressor: { id: "lzma" } }, "unsupported"],
    ["unknown codec", 3, { ...v3, codecs: [...v3.codecs, { name: "x" }] }, "unsupported"],
    ["shards inside shards", 3, nested(python["/sharded/zarr.json"]), "unsupported"],
    ["irregular grid", 3, { ...v3, chunk_grid: { name: "rectilinear" } }, "unsupported"],
    ["storage transformers", 3, { ...v3, storage_transformers: [{ name: "x" }] }, "unsupported"],
    [
      "half floats under a numeric filter",
      2,
      { ...v2, dtype: "<f2", filters: [{ id: "delta" }] },
      "unsupported",
    ],
    ["shape of text", 2, { ...v2, shape: ["4"] }, "invalid"],
    ["chunks for too few axes", 2, { ...v2, shape: [4, 4] }, "invalid"],
    ["a codec around shards", 3, around(python["/sharded/zarr.json"]), "unsupported"],
    ["shards that cut chunks", 3, cut(python["/sharded/zarr.json"]), "invalid"],
    ["a group", 3, { zarr_format: 3, node_type: "group", attributes: {} }, "missing"],
  ])("%s is refused", async (_name, format, stored, tag) => {
    await expect(open(format, stored)).rejects.toMatchObject({ tag });
  });

  test("a codec is called as the file calls it", async () => {
    await expect(open(2, { ...v2, compressor: { id: "lzma" } })).rejects.toThrow(
      'cannot read the codec "lzma" in the array a',
    );
    const codecs = [...v3.codecs, { name: "x" }];
    await expect(open(3, { ...v3, codecs })).rejects.toThrow(
      'codec "x" in "codecs" of the array a',
    );
  });

  test("a file that is not JSON is named", async () => {
    await expect(open(2, "{")).rejects.toMatchObject({ tag: "invalid", where: "/a/.zarray" });
    await expect(open(3, "[]")).rejects.toMatchObject({ tag: "invalid", where: "/a/zarr.json" });
  });
});

function nested(sharded: (typeof python)["/sharded/zarr.json"]): object {
  const [codec] = sharded.codecs;
  return {
    ...sharded,
    codecs: [{ ...codec, configuration: { ...codec?.configuration, codecs: sharded.codecs } }],
  };
}

function cut(sharded: (typeof python)["/sharded/zarr.json"]): object {
  return { ...sharded, chunk_grid: { name: "regular", configuration: { chunk_shape: [4, 5] } } };
}

function around(sharded: (typeof python)["/sharded/zarr.json"]): object {
  return { ...sharded, codecs: [...sharded.codecs, { name: "crc32c" }] };
}
