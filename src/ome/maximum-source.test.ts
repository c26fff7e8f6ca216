/** The maximum along z: its values, what is asked for, what is told on the way, and what stops it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { makeImage } from "../testing/make-image.ts";
import { ManualChunks } from "../testing/manual-chunks.ts";
import { pyramid } from "../testing/pyramid.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { writePixels } from "../testing/write-pixels.ts";
import type { Chunk, NumberType, Pixels } from "../zarr/array.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { zeros } from "../zarr/pixels.ts";
import { maximumOf, type PlaneRange } from "./maximum.ts";
import { Maxima, MaximumSource } from "./maximum-source.ts";

const here = (cacheBytes?: number): Maxima =>
  new Maxima(async (request) => maximumOf(structuredClone(request)), cacheBytes);

const stack = (planes: number, { chunk = 1, fill = 0 } = {}) =>
  pyramid("czyx", [{ shape: [2, planes, 2, 2], chunks: [1, chunk, 2, 2], scale: [1, 1, 1, 1] }], {
    fill,
  });

const plane = (...values: number[]): Chunk => ({
  data: Uint16Array.from(values),
  shape: [1, 1, 2, 2],
});

function open(image = stack(7), range: PlaneRange = { from: 0, to: 7 }) {
  const chunks = new ManualChunks();
  const source = new MaximumSource(image, range, chunks, here());
  return { chunks, source, array: source.multiscale.levels[0].array };
}

/** Lets everything that waits for a promise run. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function answer(chunks: ManualChunks, name: string, chunk: Chunk | "missing"): Promise<void> {
  await chunks.answer(name, chunk);
  await settled();
}

/** The value of the i-th voxel: any, and below zero where the type has such. */
function valueAt(i: number, seed: number, dtype: NumberType): number {
  return ((Math.imul(i + 7, seed | 1) >>> 8) % 200) - (dtype.startsWith("u") ? 0 : 100);
}

function voxels(dtype: NumberType, length: number, seed: number): Pixels {
  const data = zeros(dtype, length);
  const isBig = data instanceof BigInt64Array || data instanceof BigUint64Array;
  for (let i = 0; i < length; i++) {
    const value = valueAt(i, seed, dtype);
    data[i] = isBig ? BigInt(value) : value;
  }
  return data;
}

const SIZES = fc.record({
  planes: fc.integer({ min: 1, max: 6 }),
  chunk: fc.integer({ min: 1, max: 4 }),
  channels: fc.integer({ min: 1, max: 2 }),
  wanted: fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 6 })),
  seed: fc.integer(),
});

test.each<NumberType>(["uint8", "int16", "uint64", "int64", "float32", "float64"])(
  "is the largest value of the planes in the range, whatever the chunks: %s",
  async (dtype) => {
    await fc.assert(
      fc.asyncProperty(SIZES, async ({ planes, chunk, channels, seed, wanted }) => {
        const image = await makeImage(new MemoryStore(), {
          axes: ["c", "z", "y", "x"],
          shape: [2, planes, 3, 5],
          chunks: [channels, chunk, 2, 3],
          dtype,
        });
        await writePixels(image.levels[0].array, voxels(dtype, 2 * planes * 15, seed));
        const from = Math.min(wanted[0], planes - 1);
        const to = Math.min(planes, from + wanted[1]);
        const source = new MaximumSource(image, { from, to }, new ChunkReader(), here());
        const flat = source.multiscale.levels[0].array;
        expect([flat.shape, flat.chunks]).toEqual([
          [2, 1, 3, 5],
          [channels, 1, 2, 3],
        ]);
        const wrong: number[] = [];
        for (let i = 0; i < 30; i++) {
          const [c, y, x] = [Math.floor(i / 15), Math.floor(i / 5) % 3, i % 5];
          const places = [Math.floor(c / channels), 0, Math.floor(y / 2), Math.floor(x / 3)];
          const found = await source.read(flat, places);
          const value = found?.data[((c % channels) * 2 + (y % 2)) * 3 + (x % 3)];
          const all = Array.from({ length: to - from }, (_, z) =>
            valueAt((c * planes + from + z) * 15 + (i % 15), seed, dtype),
          );
          if (Number(value ?? 0) !== Math.max(...all)) wrong.push(i);
        }
        expect(wrong).toEqual([]);
      }),
      { numRuns: 20 },
    );
  },
);

test("asks for each plane of the range once, a few ahead, and grows when the planes double", async () => {
  const { chunks, source, array } = open();
  const parts: (readonly number[])[] = [];
  const read = source.read(array, [1, 0, 0, 0], {
    onPart: ({ data }) => parts.push(Array.from(data, Number)),
  });
  const name = (z: number) => `img/0 1,${z},0,0`;
  await settled();
  expect(chunks.asked).toEqual([0].map(name));
  await answer(chunks, name(0), plane(1, 0, 0, 0));
  expect(parts).toEqual([[1, 0, 0, 0]]);
  expect(chunks.asked).toEqual([0, 1, 2].map(name));
  await answer(chunks, name(2), plane(0, 3, 0, 0));
  await answer(chunks, name(1), plane(0, 2, 9, 0));
  expect(parts).toEqual([
    [1, 0, 0, 0],
    [1, 3, 9, 0],
  ]);
  expect(chunks.asked).toEqual([0, 1, 2, 3, 4].map(name));
  await answer(chunks, name(3), "missing");
  await answer(chunks, name(4), plane(0, 0, 0, 4));
  expect(parts).toHaveLength(2);
  await answer(chunks, name(5), plane(0, 0, 0, 5));
  await answer(chunks, name(6), plane(0, 1, 0, 0));
  expect(Array.from((await read)?.data ?? [], Number)).toEqual([1, 3, 9, 5]);
  expect(source.peek(array, [1, 0, 0, 0])).toEqual(await source.read(array, [1, 0, 0, 0]));
  expect(chunks.asked).toHaveLength(7);
});

test("planes that were read before are not asked of the store again, for this range or another", async () => {
  const store = new WatchedStore();
  const image = await makeImage(store, {
    axes: ["z", "y", "x"],
    shape: [5, 2, 2],
    chunks: [1, 2, 2],
  });
  await writePixels(
    image.levels[0].array,
    Uint16Array.from({ length: 20 }, (_, i) => i),
  );
  const reader = new ChunkReader();
  store.operations.length = 0;
  await reader.read(image.levels[0].array, [2, 0, 0]);
  const asked: number[] = [];
  for (const [from, to] of [
    [1, 4],
    [0, 5],
    [2, 5],
  ] as const) {
    const source = new MaximumSource(image, { from, to }, reader, here());
    await source.read(source.multiscale.levels[0].array, [0, 0, 0]);
    asked.push(store.operations.length);
  }
  expect(asked).toEqual([3, 5, 5]);
});

test("planes that were never stored count with the fill value; where none was, the maximum is missing too", async () => {
  const { chunks, source, array } = open(stack(2, { fill: 7 }), { from: 0, to: 2 });
  const read = source.read(array, [0, 0, 0, 0]);
  await settled();
  await answer(chunks, "img/0 0,0,0,0", plane(1, 9, 3, 4));
  await answer(chunks, "img/0 0,1,0,0", "missing");
  expect(Array.from((await read)?.data ?? [], Number)).toEqual([7, 9, 7, 7]);
  const other = source.read(array, [1, 0, 0, 0]);
  await settled();
  await answer(chunks, "img/0 1,0,0,0", "missing");
  await answer(chunks, "img/0 1,1,0,0", "missing");
  expect(await other).toBeUndefined();
  expect(source.peek(array, [1, 0, 0, 0])).toBe("missing");
});

test("one that is left gives up its planes on the wire and asks for no more", async () => {
  const { chunks, source, array } = open();
  const controller = new AbortController();
  const read = source.read(array, [0, 0, 0, 0], { signal: controller.signal });
  await settled();
  await answer(chunks, "img/0 0,0,0,0", plane(1, 1, 1, 1));
  controller.abort();
  await expect(read).rejects.toThrow();
  await settled();
  expect(chunks.asked).toHaveLength(3);
  // The first, which was answered, has the same signal.
  expect(chunks.aborted).toEqual([0, 1, 2].map((z) => `img/0 0,${z},0,0`));
});

test("planes on their way to others are waited for from the start, and given up with the maximum", async () => {
  const { chunks, source, array } = open();
  const name = (z: number) => `img/0 0,${z},0,0`;
  const playing = new AbortController();
  for (const z of [3, 5]) void chunks.read(stack(7).levels[0].array, [0, z, 0, 0], playing);
  const controller = new AbortController();
  const left = source.read(array, [0, 0, 0, 0], { signal: controller.signal });
  expect(chunks.asked).toEqual([3, 5, 3, 5, 0].map(name));
  controller.abort();
  await expect(left).rejects.toThrow();
  await settled();
  expect(chunks.aborted).toEqual([3, 5, 0].map(name));
});

test("all share one budget, and what was made goes with its source", async () => {
  const image = stack(1);
  const chunks = new ManualChunks();
  // As much as one chunk takes.
  const maxima = here(8);
  const [one, other] = [0, 1].map((from) => {
    const planes = { from, to: from + 1 };
    return new MaximumSource(image, planes, chunks, maxima);
  });
  if (!one || !other) throw new Error("there are two");
  const make = async (source: MaximumSource): Promise<void> => {
    const read = source.read(source.multiscale.levels[0].array, [0, 0, 0, 0]);
    await settled();
    await answer(chunks, "img/0 0,0,0,0", plane(1, 2, 3, 4));
    await read;
  };
  const kept = () =>
    [one, other].map((source) => source.peek(source.multiscale.levels[0].array, [0, 0, 0, 0]));
  await make(one);
  expect(kept()).toEqual([plane(1, 2, 3, 4), undefined]);
  await make(other);
  expect(kept()).toEqual([undefined, plane(1, 2, 3, 4)]);
  one.close();
  expect(kept()).toEqual([undefined, plane(1, 2, 3, 4)]);
  other.close();
  expect(kept()).toEqual([undefined, undefined]);
});

test("a plane that cannot be read is told, and nothing is kept", async () => {
  const { chunks, source, array } = open(stack(2), { from: 0, to: 2 });
  const read = source.read(array, [0, 0, 0, 0]);
  const failed = expect(read).rejects.toThrow("no");
  await settled();
  await answer(chunks, "img/0 0,0,0,0", plane(1, 1, 1, 1));
  await chunks.fail("img/0 0,1,0,0", new Error("no"));
  await failed;
  expect(source.peek(array, [0, 0, 0, 0])).toBeUndefined();
});

test("a chunk that was written outdates the maximum it is part of, and no other", async () => {
  const { chunks, source, array } = open(stack(1), { from: 0, to: 1 });
  for (const c of [0, 1]) {
    const read = source.read(array, [c, 0, 0, 0]);
    await settled();
    await answer(chunks, `img/0 ${c},0,0,0`, plane(1, 1, 1, 1));
    await read;
  }
  const told: unknown[] = [];
  source.subscribe((path, coords) => told.push([path, coords]));
  chunks.tell("img/0", [1, 0, 0, 0]);
  expect(told).toEqual([[array.path, [1, 0, 0, 0]]]);
  expect(source.peek(array, [0, 0, 0, 0])).toBeDefined();
  expect(source.peek(array, [1, 0, 0, 0])).toBeUndefined();
  source.close();
  expect(chunks.listeners).toBe(0);
});

test("a coarser level has the maximum of the planes that lie in the range, by its own scale", () => {
  const image = pyramid("zyx", [
    { shape: [9, 4, 4], chunks: [1, 4, 4], scale: [0.3, 1, 1] },
    { shape: [3, 2, 2], chunks: [1, 2, 2], scale: [0.9, 2, 2] },
  ]);
  const asked = [
    [3, 6],
    [3, 7],
    [0, 1],
    [8, 9],
  ].map(([from = 0, to = 0]) => {
    const chunks = new ManualChunks();
    const source = new MaximumSource(image, { from, to }, chunks, here());
    const coarse = source.multiscale.levels[1]?.array;
    if (!coarse) throw new Error("there are two levels");
    void source.read(coarse, [0, 0, 0]).catch(() => undefined);
    return chunks;
  });
  return settled().then(async () => {
    for (const chunks of asked) await answer(chunks, chunks.asked[0] ?? "", "missing");
    expect(asked.map((chunks) => chunks.asked)).toEqual([
      ["img/1 1,0,0"],
      ["img/1 1,0,0", "img/1 2,0,0"],
      ["img/1 0,0,0"],
      ["img/1 2,0,0"],
    ]);
  });
});

test("not a number loses against any number", () => {
  const parts = [
    [Number.NaN, Number.NaN, 1],
    [2, Number.NaN, Number.NaN],
  ].map((values) => {
    return { data: Float32Array.from(values), from: 0, to: 1 };
  });
  const [first, second] = parts;
  if (!first || !second) throw new Error("there are two");
  const best = maximumOf({ best: undefined, parts: [first, second], stacks: 1, depth: 1 });
  expect(best).toEqual(Float32Array.of(2, Number.NaN, 1));
});
