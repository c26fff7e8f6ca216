/** Patches in, chunks out: the same pixels as one patch after the other, and each chunk stored once. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arrayIn, square, touchesOf } from "../testing/patches.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import type { Pixels } from "./array.ts";
import { type AccumulatorSpec, ChunkAccumulator } from "./chunk-accumulator.ts";
import { encodeChunk } from "./encode.ts";
import { type Merge, mergePatch, type Patch } from "./patch.ts";
import { readWhole } from "./read-whole.ts";

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
