/** Decoding on real workers. */
import { afterAll, expect, test } from "vitest";
import type { NumberType } from "./array.ts";
import { ChunkReader } from "./chunk-reader.ts";
import { decodeInWorkers } from "./decode-pool.ts";
import { encodeChunk } from "./encode.ts";
import { type Compressor, createArray } from "./hierarchy.ts";
import { MemoryStore } from "./memory-store.ts";
import { zeros } from "./pixels.ts";

const pool = decodeInWorkers(2);
afterAll(() => pool.close());

const SPEC = { shape: [64, 64], chunks: [64, 64], fill: 0, separator: "/" } as const;

test.each<[2 | 3, Compressor, NumberType]>([
  [2, "blosc-lz4", "uint16"],
  [3, "blosc-zstd", "uint32"],
  [3, "zstd", "float16"],
  [2, "none", "int64"],
])("v%i, %s, %s arrives as it was, through a reader", async (format, compressor, dtype) => {
  const store = new MemoryStore();
  const array = await createArray(store, "a", { ...SPEC, format, compressor, dtype });
  const data = zeros(dtype, 4096);
  data[7] = (typeof data[0] === "bigint" ? -5n : 5) as never;
  await store.set(format === 2 ? "/a/0/0" : "/a/c/0/0", await encodeChunk(array, data));
  const chunk = await new ChunkReader({ decode: pool.decode }).read(array, [0, 0]);
  expect(chunk).toEqual({ data, shape: [64, 64] });
});

test("the bytes are given away", async () => {
  const store = new MemoryStore();
  const array = await createArray(store, "a", {
    ...SPEC,
    format: 2,
    compressor: "zstd",
    dtype: "uint8",
  });
  const bytes = await encodeChunk(array, new Uint8Array(4096).fill(3));
  const { data } = await pool.decode(array, bytes);
  expect([data[0], data.length, bytes.length]).toEqual([3, 4096, 0]);
});

test("bytes that are no chunk are a Fault that names the array", async () => {
  const store = new MemoryStore();
  const array = await createArray(store, "a", {
    ...SPEC,
    format: 2,
    compressor: "zstd",
    dtype: "uint8",
  });
  const failed = pool.decode(array, Uint8Array.of(1, 2, 3));
  await expect(failed).rejects.toMatchObject({ tag: "invalid", where: "a" });
});

test("a chunk of Blosc that was cut short is a Fault, and not noise", async () => {
  const store = new MemoryStore();
  const array = await createArray(store, "a", {
    ...SPEC,
    format: 2,
    compressor: "blosc-lz4",
    dtype: "uint16",
  });
  const bytes = await encodeChunk(array, new Uint16Array(4096).fill(3));
  const failed = pool.decode(array, bytes.slice(0, -1));
  await expect(failed).rejects.toThrow(/array a cannot be decoded: it ends after \d+ bytes/);
});

test("a decode that is stopped rejects", async () => {
  const store = new MemoryStore();
  const array = await createArray(store, "a", {
    ...SPEC,
    format: 2,
    compressor: "zstd",
    dtype: "uint8",
  });
  const bytes = await encodeChunk(array, new Uint8Array(4096));
  const stopped = pool.decode(array, bytes, { signal: AbortSignal.abort() });
  await expect(stopped).rejects.toMatchObject({ tag: "aborted" });
});
