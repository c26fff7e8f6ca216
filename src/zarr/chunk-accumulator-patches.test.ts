/** Patches that cannot be are refused, those that will not come let their chunks go, and chunks that are done take none. */
import { describe, expect, test } from "vitest";
import { arrayIn, square, touchesOf } from "../testing/patches.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { ChunkAccumulator } from "./chunk-accumulator.ts";
import { encodeChunk } from "./encode.ts";
import type { Patch } from "./patch.ts";
import { readWhole } from "./read-whole.ts";

describe("what cannot be", () => {
  async function accumulating(patches: readonly Patch[]) {
    const array = await arrayIn(new WatchedStore(), [4, 4], [2, 2]);
    return new ChunkAccumulator({
      array,
      touches: touchesOf(array, patches),
      merge: "overwrite",
      existing: "fill",
    });
  }

  test("a run that ends while a chunk waits for patches", async () => {
    const accumulator = await accumulating([square(0, 2, 1), square(0, 2, 2)]);
    await accumulator.put(square(0, 2, 1));
    await expect(accumulator.finish()).rejects.toMatchObject({ tag: "input" });
  });

  test("a patch that was not announced, or comes after its chunk was stored", async () => {
    const accumulator = await accumulating([square(0, 2, 1)]);
    await expect(accumulator.put(square(2, 2, 1))).rejects.toMatchObject({ tag: "input" });
    await accumulator.put(square(0, 2, 1));
    await expect(accumulator.put(square(0, 2, 1))).rejects.toMatchObject({ tag: "input" });
  });

  test.each<[string, Patch]>([
    ["beyond the array", square(3, 2, 1)],
    ["before it", square(-1, 2, 1)],
    ["of too few axes", { min: [0], shape: [2], data: new Uint16Array(2) }],
    ["of too few values", { min: [0, 0], shape: [2, 2], data: new Uint16Array(3) }],
    ["of 64-bit values", { min: [0, 0], shape: [1, 1], data: BigInt64Array.of(1n) }],
  ])("a patch %s", async (_name, patch) => {
    const accumulator = await accumulating([square(0, 2, 1)]);
    await expect(accumulator.put(patch)).rejects.toMatchObject({ tag: "input" });
  });

  test("a patch of a run that was stopped", async () => {
    const accumulator = await accumulating([square(0, 2, 1)]);
    const stopped = accumulator.put(square(0, 2, 1), { signal: AbortSignal.abort() });
    await expect(stopped).rejects.toMatchObject({ tag: "aborted" });
  });

  test("a sharded array", async () => {
    const array = await arrayIn(new WatchedStore(), [4, 4], [2, 2]);
    const spec = { touches: () => 1, merge: "max", existing: "fill" } as const;
    expect(() => new ChunkAccumulator({ array: { ...array, shards: [4, 4] }, ...spec })).toThrow(
      expect.objectContaining({ tag: "unsupported" }),
    );
  });
});

describe("a patch that will not come", () => {
  test("lets its chunk be stored with those that came, or left as it is where none did", async () => {
    const store = new WatchedStore();
    const array = await arrayIn(store, [2, 4], [2, 2]);
    const released: unknown[] = [];
    const accumulator = new ChunkAccumulator({
      array,
      touches: () => 2,
      merge: "overwrite",
      existing: "read",
      onReleased: (coords) => void released.push(coords),
    });
    await store.set("/a/0/1", await encodeChunk(array, Uint16Array.of(9, 9, 9, 9)));
    store.operations.length = 0;
    await accumulator.put(square(0, 1, 5));
    for (const coords of [
      [0, 0],
      [0, 1],
      [0, 1],
    ])
      await accumulator.release(coords);
    await accumulator.finish();
    expect(released).toEqual([[0, 1]]);
    expect(store.sets).toEqual(["/a/0/0"]);
    expect([...(await readWhole(array)).data]).toEqual([5, 0, 9, 9, 0, 0, 9, 9]);
    await expect(accumulator.release([0, 1])).rejects.toMatchObject({ tag: "input" });
  });

  test("costs no pixel", async () => {
    const store = new WatchedStore();
    const array = await arrayIn(store, [2, 2], [2, 2]);
    store.operations.length = 0;
    const accumulator = new ChunkAccumulator({
      array,
      touches: () => 1,
      merge: "overwrite",
      existing: "read",
    });
    await accumulator.release([0, 0]);
    await accumulator.finish();
    expect(store.operations).toEqual([]);
  });
});

test("chunks that are done are passed over", async () => {
  const store = new WatchedStore();
  const array = await arrayIn(store, [2, 4], [2, 2]);
  store.operations.length = 0;
  const accumulator = new ChunkAccumulator({
    array,
    touches: () => 1,
    merge: "overwrite",
    existing: "fill",
    isDone: ([, x]) => x === 0,
  });
  await accumulator.put({ min: [0, 0], shape: [2, 4], data: new Uint16Array(8).fill(3) });
  await accumulator.release([0, 0]);
  await accumulator.finish();
  expect(store.sets).toEqual(["/a/0/1"]);
});
