/** Patches seen before they are stored. */
import { expect, test } from "vitest";
import type { ZarrArray } from "./array.ts";
import { ChunkReader } from "./chunk-reader.ts";
import { encodeChunk } from "./encode.ts";
import { createArray } from "./hierarchy.ts";
import { LiveChunks } from "./live-chunks.ts";
import { MemoryStore } from "./memory-store.ts";
import { readRegion } from "./region.ts";
import { writable } from "./store.ts";

function label(path: string): Promise<ZarrArray> {
  const store = new MemoryStore();
  const spec = { format: 2, dtype: "uint32", fill: 0, separator: "/", compressor: "none" } as const;
  return createArray(store, path, { ...spec, shape: [4, 6], chunks: [2, 3] });
}

test("a patch is seen at once, and each chunk it touches is told of", async () => {
  const array = await label("labels/a");
  const live = new LiveChunks("nonzero");
  const told: unknown[] = [];
  live.subscribe((path, coords) => told.push([path, coords]));
  expect(live.peek(array, [0, 0])).toBe("missing");
  live.put(array, { min: [1, 2], shape: [1, 2], data: Uint32Array.of(7, 8) });
  live.put(array, { min: [1, 2], shape: [1, 2], data: Uint32Array.of(0, 9) });
  expect(await readRegion(live, array, [1, 1], [2, 5])).toEqual(Uint32Array.of(0, 7, 9, 0));
  expect(told).toEqual([
    ["labels/a", [0, 0]],
    ["labels/a", [0, 1]],
    ["labels/a", [0, 0]],
    ["labels/a", [0, 1]],
  ]);
});

test("a changed chunk is a new object, an unchanged one is the same", async () => {
  const array = await label("labels/a");
  const live = new LiveChunks("overwrite");
  const one = { shape: [1, 1], data: Uint32Array.of(1) };
  live.put(array, { min: [0, 0], ...one });
  live.put(array, { min: [0, 3], ...one });
  const [left, right] = [live.peek(array, [0, 0]), live.peek(array, [0, 1])];
  live.put(array, { min: [0, 0], ...one });
  expect(live.peek(array, [0, 0])).not.toBe(left);
  expect(live.peek(array, [0, 1])).toBe(right);
});

test("arrays are told apart by their paths", async () => {
  const live = new LiveChunks("overwrite");
  live.put(await label("labels/a"), { min: [0, 0], shape: [1, 1], data: Uint32Array.of(1) });
  expect(await live.read(await label("labels/b"), [0, 0])).toBeUndefined();
});

test("what is stored is read from there and no longer held", async () => {
  const array = await label("labels/a");
  const reader = new ChunkReader();
  const live = new LiveChunks("overwrite", reader);
  const chunk = { min: [0, 0], shape: [2, 3], data: new Uint32Array(6).fill(4) };
  live.put(array, chunk);
  const told: unknown[] = [];
  live.subscribe((path, coords) => told.push([path, coords]));
  await writable(array.store).set("/labels/a/0/0", await encodeChunk(array, chunk.data));
  live.release(array, [0, 0]);
  live.release(array, [0, 0]);
  expect(told).toEqual([["labels/a", [0, 0]]]);
  expect(live.peek(array, [0, 0])).toBeUndefined();
  expect((await live.read(array, [0, 0]))?.data).toEqual(chunk.data);
  expect(live.peek(array, [0, 0])).toBe(reader.peek(array, [0, 0]));
  // A chunk that no patch touches may have been stored by the run before this one went on.
  expect(await live.read(array, [1, 1])).toBeUndefined();
});
