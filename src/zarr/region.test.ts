/** Boxes of pixels out of chunks. */
import { expect, test } from "vitest";
import { othersTurn } from "../base/steps.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import type { Pixels } from "./array.ts";
import { ChunkAccumulator } from "./chunk-accumulator.ts";
import { ChunkReader } from "./chunk-reader.ts";
import type { ChunkSource } from "./chunk-source.ts";
import { createArray } from "./hierarchy.ts";
import { readRegion } from "./region.ts";

const SPEC = { format: 3, dtype: "uint16", separator: "/", compressor: "none" } as const;

/** A 2 × 5 × 7 array that counts from 0, in chunks of 1 × 2 × 3. */
async function counting() {
  const store = new WatchedStore();
  const shape = [2, 5, 7];
  const array = await createArray(store, "a", { ...SPEC, shape, chunks: [1, 2, 3], fill: 500 });
  const accumulator = new ChunkAccumulator({
    array,
    touches: () => 1,
    merge: "overwrite",
    existing: "fill",
  });
  await accumulator.put({
    min: [0, 0, 0],
    shape,
    data: Uint16Array.from({ length: 70 }, (_, i) => i),
  });
  await accumulator.finish();
  store.operations.length = 0;
  return { store, array };
}

test("a box across chunks, read from the chunks it touches and no others", async () => {
  const { store, array } = await counting();
  const pixels = await readRegion(new ChunkReader(), array, [1, 1, 2], [2, 3, 5]);
  expect(pixels).toEqual(Uint16Array.of(44, 45, 46, 51, 52, 53));
  expect(store.operations.map(({ key }) => key).sort()).toEqual([
    "/a/c/1/0/0",
    "/a/c/1/0/1",
    "/a/c/1/1/0",
    "/a/c/1/1/1",
  ]);
});

test("what is not stored is fill, beyond the array too", async () => {
  const { store, array } = await counting();
  await store.delete("/a/c/0/0/0");
  const pixels = await readRegion(new ChunkReader(), array, [0, 1, 2], [1, 2, 4]);
  expect(pixels).toEqual(Uint16Array.of(500, 10));
});

test("an empty box is no pixels and no request", async () => {
  const { store, array } = await counting();
  const pixels: Pixels = await readRegion(new ChunkReader(), array, [0, 1, 2], [1, 1, 9]);
  expect(pixels).toHaveLength(0);
  expect(store.operations).toEqual([]);
});

test("one chunk that cannot be read fails the region, and the reads still waiting never start", async () => {
  const { store, array } = await counting();
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  store.before = ({ key }) => {
    if (key !== "/a/c/0/0/0") return gate;
    throw new Error("no answer");
  };
  const reader = new ChunkReader({ fetches: 2 });
  await expect(readRegion(reader, array, [0, 0, 0], [1, 5, 7])).rejects.toThrow("no answer");
  open();
  await reader.read(array, [1, 0, 0]);
  expect(store.operations.map(({ key }) => key)).toEqual([
    "/a/c/0/0/0",
    "/a/c/0/0/1",
    "/a/c/0/0/2",
    "/a/c/1/0/0",
  ]);
});

test("all else has its turn while many chunks at hand are put together, and may stop it", async () => {
  const { array } = await counting();
  const reader = new ChunkReader();
  const whole = [[0, 0, 0], array.shape] as const;
  await readRegion(reader, array, ...whole);
  /** As long as the largest chunks take. */
  const slow: ChunkSource = {
    peek: (...asked) => reader.peek(...asked),
    isComing: (...asked) => reader.isComing(...asked),
    subscribe: (listener) => reader.subscribe(listener),
    read: async (...asked) => {
      const end = performance.now() + 13;
      while (performance.now() < end);
      return reader.read(...asked);
    },
  };
  const stopping = new AbortController();
  void othersTurn().then(() => stopping.abort());
  const reading = readRegion(slow, array, ...whole, stopping);
  await expect(reading).rejects.toMatchObject({ tag: "aborted" });
});
