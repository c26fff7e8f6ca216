/** What is written is what is read: metadata member by member, chunks through every compressor, both formats. */
import { describe, expect, test } from "vitest";
import type { NumberType, ZarrFormat } from "./array.ts";
import { chunkKey } from "./chunk-key.ts";
import { decodeChunk } from "./decode.ts";
import { encodeChunk } from "./encode.ts";
import {
  type ArraySpec,
  arrayFiles,
  type Compressor,
  createArray,
  groupFiles,
  writeAttributes,
  writeGroup,
} from "./hierarchy.ts";
import { MemoryStore } from "./memory-store.ts";
import { readNode } from "./node.ts";
import { openArray } from "./open-array.ts";
import { zeros } from "./pixels.ts";
import { readWhole } from "./read-whole.ts";
import { keyOf } from "./store.ts";

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
const json = (bytes: Uint8Array | undefined): unknown => JSON.parse(text(bytes));

const SPEC: ArraySpec = {
  format: 2,
  shape: [3, 5],
  chunks: [2, 3],
  dtype: "uint16",
  fill: 0,
  separator: "/",
  compressor: "blosc-zstd",
};

describe("metadata", () => {
  test("of a v2 array", () => {
    const files = arrayFiles({ ...SPEC, attributes: { a: 1 } });
    expect([...files.keys()]).toEqual([".zattrs", ".zarray"]);
    expect(json(files.get(".zattrs"))).toEqual({ a: 1 });
    expect(json(files.get(".zarray"))).toEqual({
      zarr_format: 2,
      shape: [3, 5],
      chunks: [2, 3],
      dtype: "<u2",
      compressor: { id: "blosc", cname: "zstd", clevel: 5, shuffle: 1, blocksize: 0 },
      fill_value: 0,
      order: "C",
      filters: null,
      dimension_separator: "/",
    });
  });

  test("of a v3 array", () => {
    const files = arrayFiles({
      ...SPEC,
      format: 3,
      dimensionNames: ["y", "x"],
      compressor: "zstd",
    });
    expect([...files.keys()]).toEqual(["zarr.json"]);
    expect(json(files.get("zarr.json"))).toEqual({
      zarr_format: 3,
      node_type: "array",
      shape: [3, 5],
      data_type: "uint16",
      chunk_grid: { name: "regular", configuration: { chunk_shape: [2, 3] } },
      chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
      fill_value: 0,
      codecs: [
        { name: "bytes", configuration: { endian: "little" } },
        { name: "zstd", configuration: { level: 0, checksum: false } },
      ],
      dimension_names: ["y", "x"],
      storage_transformers: [],
      attributes: {},
    });
  });

  test("of text", () => {
    const dtype = "string";
    expect(json(arrayFiles({ ...SPEC, dtype, fill: null }).get(".zarray"))).toMatchObject({
      dtype: "|O",
      filters: [{ id: "vlen-utf8" }],
      fill_value: "",
    });
    const v3 = arrayFiles({ ...SPEC, format: 3, dtype, compressor: "none" });
    expect(json(v3.get("zarr.json"))).toMatchObject({
      data_type: "string",
      codecs: [{ name: "vlen-utf8" }],
    });
  });

  test("of blosc in v3, whose shuffle has a name and whose type has a size", () => {
    const files = arrayFiles({ ...SPEC, format: 3, compressor: "blosc-lz4" });
    const configuration = {
      typesize: 2,
      cname: "lz4",
      clevel: 5,
      shuffle: "shuffle",
      blocksize: 0,
    };
    expect(json(files.get("zarr.json"))).toMatchObject({
      codecs: [{}, { name: "blosc", configuration }],
    });
  });

  test.each<[NumberType, ArraySpec["fill"], string]>([
    ["float32", Number.NaN, '"NaN"'],
    ["float64", Number.NEGATIVE_INFINITY, '"-Infinity"'],
    ["uint64", 2n ** 64n - 1n, "18446744073709551615"],
    ["bool", null, "false"],
    ["int8", null, "0"],
  ])("fill value of %s: %s", (dtype, fill, stored) => {
    for (const format of [2, 3] as const) {
      const [file] = [...arrayFiles({ ...SPEC, format, dtype, fill }).values()].slice(-1);
      expect(text(file)).toContain(`"fill_value": ${stored},`);
    }
  });

  test("of groups", () => {
    expect(json(groupFiles(2, { a: 1 }).get(".zgroup"))).toEqual({ zarr_format: 2 });
    expect(json(groupFiles(2, { a: 1 }).get(".zattrs"))).toEqual({ a: 1 });
    expect(json(groupFiles(3, { a: 1 }).get("zarr.json"))).toEqual({
      zarr_format: 3,
      node_type: "group",
      attributes: { a: 1 },
    });
  });
});

describe("writing attributes", () => {
  test("of a v3 array keeps every other member, its order and its numbers", async () => {
    const store = new MemoryStore();
    await createArray(store, "a", {
      ...SPEC,
      format: 3,
      dtype: "uint64",
      fill: 2n ** 64n - 1n,
      attributes: { old: 1 },
    });
    const before = text(await store.get("/a/zarr.json"));
    await writeAttributes(store, "a", 3, { new: ["ü"] });
    const after = text(await store.get("/a/zarr.json"));
    expect(after).toBe(before.replace(/"old": 1/, '"new": [\n      "ü"\n    ]'));
    expect(after).not.toBe(before);
  });

  test("of v2 replaces the file of attributes alone", async () => {
    const store = new MemoryStore();
    await writeGroup(store, "g", 2, { old: 1 });
    await writeAttributes(store, "g", 2, { new: 2 });
    expect(await readNode(store, "g", { format: 2 })).toMatchObject({ attributes: { new: 2 } });
    expect(json(await store.get("/g/.zgroup"))).toEqual({ zarr_format: 2 });
  });

  test("of nothing fails", async () => {
    await expect(writeAttributes(new MemoryStore(), "a", 3, {})).rejects.toMatchObject({
      tag: "missing",
    });
  });
});

const COMPRESSORS: readonly Compressor[] = ["blosc-zstd", "blosc-lz4", "zstd", "none"];
const FORMATS: readonly ZarrFormat[] = [2, 3];
const cases = FORMATS.flatMap((format) =>
  COMPRESSORS.map((compressor) => ({ format, compressor })),
);

describe.each(cases)("chunks of v$format, $compressor", ({ format, compressor }) => {
  test.each<NumberType>([
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "float16",
    "float32",
    "float64",
    "bool",
  ])("%s", async (dtype) => {
    const store = new MemoryStore();
    const separator = format === 2 ? "." : "/";
    const array = await createArray(store, "a", { ...SPEC, format, compressor, dtype, separator });
    const chunk = zeros(dtype, 6);
    for (let i = 0; i < 6; i++)
      chunk[i] = (typeof chunk[0] === "bigint" ? BigInt(i % 2) : i % 2) as never;
    // The last chunk: of its 2 × 3 elements, 1 × 2 are inside the array.
    await store.set(keyOf("a", chunkKey(array, [1, 1])), await encodeChunk(array, chunk));
    const { data } = await readWhole(await openArray(store, "a", format));
    expect([...data].map(Number)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(data.constructor).toBe(chunk.constructor);
  });

  test("text", async () => {
    const store = new MemoryStore();
    const array = await createArray(store, "a", {
      ...SPEC,
      format,
      compressor,
      dtype: "string",
      fill: "-",
    });
    const chunk = ["a", "ü", "", "😀", "e", "f"];
    await store.set(keyOf("a", chunkKey(array, [0, 0])), await encodeChunk(array, chunk));
    const { data } = await readWhole(array);
    expect([...data]).toEqual([
      "a",
      "ü",
      "",
      "-",
      "-",
      "😀",
      "e",
      "f",
      "-",
      "-",
      "-",
      "-",
      "-",
      "-",
      "-",
    ]);
  });
});

test("blosc in v3 shuffles, though its shuffle is a name", async () => {
  const array = await createArray(new MemoryStore(), "a", { ...SPEC, format: 3, chunks: [64, 64] });
  const data = Uint16Array.from({ length: 4096 }, (_, i) => i % 300);
  const flags = (await encodeChunk(array, data))[2] ?? 0;
  expect(flags & 1).toBe(1);
});

test("codecs zarrita can only read are written: gzip, zlib, crc32c", async () => {
  const data = Uint16Array.from([1, 2, 3, 4, 5, 6]);
  const stored = {
    zarr_format: 2,
    shape: [6],
    chunks: [6],
    dtype: "<u2",
    fill_value: 0,
    order: "C",
    filters: null,
  };
  for (const id of ["gzip", "zlib", "crc32c"]) {
    const store = new MemoryStore();
    await store.set(
      "/a/.zarray",
      new TextEncoder().encode(JSON.stringify({ ...stored, compressor: { id } })),
    );
    const array = await openArray(store, "a", 2);
    const bytes = await encodeChunk(array, data);
    await store.set("/a/0", bytes);
    const chunk = await decodeChunk(array, bytes);
    expect(chunk).toEqual({ data, shape: [6] });
    expect(chunk.data.buffer.byteLength).toBe(12);
    bytes[bytes.length - 5] = (bytes[bytes.length - 5] ?? 0) ^ 0xff;
    await store.set("/a/0", bytes);
    await expect(readWhole(array)).rejects.toMatchObject({ tag: "invalid", where: "a" });
  }
});

test("a chunk of another size is refused, written or read", async () => {
  const store = new MemoryStore();
  const array = await createArray(store, "a", { ...SPEC, compressor: "none" });
  await expect(encodeChunk(array, new Uint16Array(5))).rejects.toMatchObject({ tag: "input" });
  await store.set("/a/0/0", new Uint8Array(10));
  await expect(readWhole(array)).rejects.toMatchObject({ tag: "invalid" });
});
