/** Patches in, chunks out: the same pixels as one patch after the other, and each chunk stored once. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { WatchedStore } from "../testing/watched-store.ts";
import type { Pixels, ZarrArray } from "./array.ts";
import { type AccumulatorSpec, ChunkAccumulator } from "./chunk-accumulator.ts";
import { chunksInBox, coordsKey } from "./chunk-grid.ts";
import { encodeChunk } from "./encode.ts";
import { createArray } from "./hierarchy.ts";
import { type Merge, mergePatch, type Patch } from "./patch.ts";
import { readWhole } from "./read-whole.ts";

const SPEC = { format: 2, dtype: "uint16", fill: 0, separator: "/", compressor: "none" } as const;

function arrayIn(
  store: WatchedStore,
  shape: number[],
  chunks: number[],
  fill = 0,
): Promise<ZarrArray> {
  return createArray(store, "a", { ...SPEC, shape, chunks, fill });
}

/** How many of the patches touch each chunk, as a run's plan would say. */
function touchesOf(
  array: ZarrArray,
  patches: readonly Patch[],
): (coords: readonly number[]) => number {
  const counts = new Map<string, number>();
  for (const { min, shape } of patches) {
    const max = min.map((at, axis) => at + (shape[axis] ?? 0));
    for (const coords of chunksInBox(array.chunks, min, max))
      counts.set(coordsKey(coords), (counts.get(coordsKey(coords)) ?? 0) + 1);
  }
  return (coords) => counts.get(coordsKey(coords)) ?? 0;
}

const square = (at: number, size: number, value: number): Patch => ({
  min: [at, at],
  shape: [size, size],
  data: new Uint16Array(size * size).fill(value),
});

/** An axis: the array's length, its chunk's, and where along it each of five patches lies. */
const axis = fc.integer({ min: 1, max: 9 }).chain((length) => {
  const extent = fc
    .tuple(fc.integer({ min: 0, max: length }), fc.integer({ min: 0, max: length }))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  return fc.record({
    length: fc.constant(length),
    chunk: fc.integer({ min: 1, max: 5 }),
    extents: fc.array(extent, { minLength: 5, maxLength: 5 }),
  });
});

test("the result is that of merging each patch in turn, and no chunk is stored twice", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(axis, { minLength: 1, maxLength: 3 }),
      fc.constantFrom<Merge>("overwrite", "nonzero", "max", "min"),
      fc.constantFrom<"fill" | "read">("fill", "read"),
      fc.constantFrom(0, 3),
      fc.infiniteStream(fc.integer({ min: 0, max: 4 })),
      async (axes, merge, existing, fill, values) => {
        const store = new WatchedStore();
        const shape = axes.map(({ length }) => length);
        const array = await arrayIn(
          store,
          shape,
          axes.map(({ chunk }) => chunk),
          fill,
        );
        const draw = (length: number) =>
          Uint16Array.from({ length }, () => values.next().value ?? 0);
        const patches = [0, 1, 2, 3, 4].map((i): Patch => {
          const extents = axes.map(({ extents: e }) => e[i] ?? [0, 0]);
          const size = extents.map(([from, to]) => to - from);
          return {
            min: extents.map(([from]) => from),
            shape: size,
            data: draw(size.reduce((a, b) => a * b, 1)),
          };
        });
        if (existing === "read") {
          const first = axes.map(() => 0);
          const chunk = draw(array.chunks.reduce((a, b) => a * b, 1));
          await store.set(`/a/${first.join("/")}`, await encodeChunk(array, chunk));
        }
        const expected = (await readWhole(array)).data as Pixels;
        for (const patch of patches)
          mergePatch(expected, { min: axes.map(() => 0), shape }, patch, merge);

        store.operations.length = 0;
        const accumulator = new ChunkAccumulator({
          array,
          touches: touchesOf(array, patches),
          merge,
          existing,
        });
        await Promise.all(patches.map((patch) => accumulator.put(patch)));
        await accumulator.finish();

        expect((await readWhole(array)).data).toEqual(expected);
        expect(new Set(store.sets).size).toBe(store.sets.length);
        expect([...accumulator.writes.keys()].map((key) => `/a/${key}`).sort()).toEqual(
          [...store.sets].sort(),
        );
        expect([...accumulator.writes.values()].every((times) => times === 1)).toBe(true);
      },
    ),
    { numRuns: 150 },
  );
});

const isThere = (store: WatchedStore, coords: readonly number[]) =>
  store.spec.entries.has(`/a/${coords.join("/")}`);

describe("storing", () => {
  async function setUp(patches: readonly Patch[], rest: Partial<AccumulatorSpec> = {}) {
    const store = new WatchedStore();
    const array = await arrayIn(store, [40, 40], [2, 2]);
    store.operations.length = 0;
    const touches = touchesOf(array, patches);
    const accumulator = new ChunkAccumulator({
      array,
      touches,
      merge: "overwrite",
      existing: "fill",
      ...rest,
    });
    return { store, array, accumulator };
  }

  test("a chunk is stored as soon as its last patch is in, and not before", async () => {
    const patches = [square(0, 3, 1), square(1, 3, 2)];
    const { store, accumulator } = await setUp(patches);
    await accumulator.put(square(0, 3, 1));
    expect(store.sets).toEqual([]);
    await accumulator.put(square(1, 3, 2));
    await accumulator.finish();
    expect(store.sets.sort()).toEqual(["/a/0/0", "/a/0/1", "/a/1/0", "/a/1/1"]);
  });

  test("at most 16 at once: put waits for a place", async () => {
    const patch = square(0, 40, 1);
    const { store, accumulator } = await setUp([patch]);
    const gate = new EventTarget();
    const next = (name: string) =>
      new Promise((resolve) => gate.addEventListener(name, resolve, { once: true }));
    const full = next("full");
    const open = next("open");
    let underWay = 0;
    let most = 0;
    store.before = async () => {
      underWay++;
      most = Math.max(most, underWay);
      if (underWay === 16) gate.dispatchEvent(new Event("full"));
      await open;
      underWay--;
    };
    let merged = false;
    const put = accumulator.put(patch).then(() => {
      merged = true;
    });
    await full;
    expect(merged).toBe(false);
    gate.dispatchEvent(new Event("open"));
    await put;
    await accumulator.finish();
    expect(most).toBe(16);
    expect(accumulator.writes.size).toBe(400);
  });

  test("of all fill does not happen, and removes what was there only where that was read", async () => {
    const patch = square(0, 2, 0);
    for (const existing of ["fill", "read"] as const) {
      const told: unknown[] = [];
      const { store, array, accumulator } = await setUp([patch], {
        existing,
        onStored: (coords, isFile) => told.push([coords, isFile]),
      });
      await store.set("/a/0/0", await encodeChunk(array, Uint16Array.of(1, 1, 1, 1)));
      await accumulator.put(patch);
      await accumulator.finish();
      expect(told).toEqual([[[0, 0], false]]);
      expect(accumulator.writes.size).toBe(0);
      expect((await store.get("/a/0/0")) === undefined).toBe(existing === "read");
    }
  });

  test("is told with the chunk, in full shape, when it is a file", async () => {
    const told: unknown[] = [];
    const patch: Patch = { min: [0, 1], shape: [1, 2], data: Uint16Array.of(7, 8) };
    const { store, accumulator } = await setUp([patch], {
      onMerged: (coords, chunk) => void told.push([coords, [...chunk], isThere(store, coords)]),
      onStored: (coords, isFile) => told.push([coords, isFile, isThere(store, coords)]),
    });
    await accumulator.put(patch);
    await accumulator.finish();
    expect(told).toEqual([
      [[0, 0], [0, 7, 0, 0], false],
      [[0, 1], [8, 0, 0, 0], false],
      [[0, 0], true, true],
      [[0, 1], true, true],
    ]);
  });

  test("that fails fails the run", async () => {
    const patch = square(0, 2, 1);
    const { store, accumulator } = await setUp([patch, square(4, 2, 1)]);
    store.before = () => {
      throw new Error("no room");
    };
    await accumulator.put(patch);
    await expect(accumulator.finish()).rejects.toThrow("no room");
    await expect(accumulator.put(square(4, 2, 1))).rejects.toThrow("no room");
  });
});

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

test("where a mask is 0 the pixels stay", async () => {
  const store = new WatchedStore();
  const array = await arrayIn(store, [2, 4], [2, 2]);
  const accumulator = new ChunkAccumulator({
    array,
    touches: () => 2,
    merge: "overwrite",
    existing: "fill",
  });
  const whole = { min: [0, 0], shape: [2, 4] };
  await accumulator.put({ ...whole, data: new Uint16Array(8).fill(3) });
  const mask = Uint8Array.of(1, 0, 1, 1, 0, 0, 0, 1);
  await accumulator.put({ ...whole, data: new Uint16Array(8).fill(7), mask });
  await accumulator.finish();
  expect([...(await readWhole(array)).data]).toEqual([7, 3, 7, 7, 3, 3, 3, 7]);
  const short = accumulator.put({ ...whole, data: new Uint16Array(8), mask: Uint8Array.of(1) });
  await expect(short).rejects.toMatchObject({ tag: "input" });
});
