/** The pyramid that is fed chunk by chunk, against one made of the whole array at once. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { NumberType, Pixels, ZarrArray } from "../zarr/array.ts";
import { decodeChunk } from "../zarr/decode.ts";
import { createArray } from "../zarr/hierarchy.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { keyOf } from "../zarr/store.ts";
import { PyramidWriter } from "./pyramid-writer.ts";
import type { Sample } from "./resample.ts";

const product = (values: readonly number[]): number => values.reduce((a, b) => a * b, 1);

/** All positions of a box, in raster order. */
function positions(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (all, n) => all.flatMap((at) => Array.from({ length: n }, (_, i) => [...at, i])),
    [[]],
  );
}

const indexOf = (at: readonly number[], shape: readonly number[]): number =>
  at.reduce((index, position, axis) => index * (shape[axis] ?? 1) + position, 0);

/** One level made of the whole finer one, voxel by voxel as the definition says. */
function reference(
  fine: readonly number[],
  from: readonly number[],
  to: readonly number[],
  sample: Sample,
): number[] {
  return positions(to).map((at) => {
    if (sample === "nearest") {
      const source = at.map((j, i) => Math.floor(((j + 0.5) * (from[i] ?? 1)) / (to[i] ?? 1)));
      return fine[indexOf(source, from)] ?? Number.NaN;
    }
    const block = from.map((n, i) => Math.floor(n / (to[i] ?? 1)));
    const values = positions(block).map(
      (step) =>
        fine[
          indexOf(
            at.map((j, i) => j * (block[i] ?? 1) + (step[i] ?? 0)),
            from,
          )
        ] ?? 0,
    );
    return Math.round(values.reduce((a, b) => a + b, 0) / values.length);
  });
}

async function wholeOf(array: ZarrArray): Promise<number[]> {
  const out = new Array<number>(product(array.shape)).fill(0);
  const counts = array.shape.map((n, i) => Math.ceil(n / (array.chunks[i] ?? 1)));
  for (const coords of positions(counts)) {
    const bytes = await array.store.get(keyOf(array.path, coords.join("/")));
    if (bytes === undefined) continue;
    const { data } = await decodeChunk(array, bytes);
    for (const at of positions(array.chunks)) {
      const place = at.map((v, i) => v + (coords[i] ?? 0) * (array.chunks[i] ?? 1));
      if (place.every((v, i) => v < (array.shape[i] ?? 0)))
        out[indexOf(place, array.shape)] = Number(data[indexOf(at, array.chunks)]);
    }
  }
  return out;
}

const Types: Readonly<Partial<Record<NumberType, (values: number[]) => Pixels>>> = {
  uint16: (values) => Uint16Array.from(values),
  uint32: (values) => Uint32Array.from(values),
  int64: (values) => BigInt64Array.from(values.map(BigInt)),
};

async function arraysOf(
  shapes: readonly (readonly number[])[],
  chunks: readonly (readonly number[])[],
  dtype: NumberType,
): Promise<[ZarrArray, ...ZarrArray[]]> {
  const store = new MemoryStore();
  const make = (i: number) =>
    createArray(store, String(i), {
      format: 2,
      shape: shapes[i] ?? [],
      chunks: chunks[i] ?? [],
      dtype,
      fill: 0,
      separator: "/",
      compressor: "none",
    });
  return [await make(0), ...(await Promise.all(shapes.slice(1).map((_, i) => make(i + 1))))];
}

interface Case {
  /** Of the three levels: planes, height, width. */
  readonly shapes: readonly (readonly number[])[];
  /** The level that is written. */
  readonly at: number;
  readonly chunk: readonly number[];
  /** How many rows a patch has; each is as wide as its plane. */
  readonly strip: number;
  readonly sample: Sample;
  /** Whether every third patch is missing, so that some chunks are touched less or never. */
  readonly gaps: boolean;
  readonly seed: number;
}

const cases = fc
  .record({
    shape: fc.tuple(
      fc.integer({ min: 1, max: 2 }),
      fc.integer({ min: 1, max: 17 }),
      fc.integer({ min: 1, max: 13 }),
    ),
    chunk: fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 })),
    strip: fc.integer({ min: 1, max: 6 }),
    sample: fc.constantFrom<Sample>("nearest", "mean"),
    gaps: fc.boolean(),
    at: fc.integer({ min: 0, max: 2 }),
    seed: fc.integer({ min: 1, max: 1000 }),
  })
  .map(({ shape, chunk, ...rest }): Case => {
    const half = (s: readonly number[]) => s.map((n, i) => (i === 0 ? n : Math.max(1, n >> 1)));
    const even = (n: number) => (rest.sample === "mean" ? 2 * Math.ceil(n / 2) : n);
    const shapes = [shape, half(shape), half(half(shape))];
    return { ...rest, shapes, chunk: [1, even(chunk[0]), even(chunk[1])] };
  })
  // Three voxels become one as a block of three, which chunks of even size cannot give.
  .filter(({ sample, shapes }) => sample === "nearest" || !shapes.flat().includes(3));

interface Strip {
  readonly plane: number;
  readonly from: number;
  readonly to: number;
}

function stripsOf({ shapes, at, strip, gaps }: Case): Strip[] {
  const [planes = 1, height = 1] = shapes[at] ?? [];
  const strips = Array.from({ length: planes }, (_, plane) =>
    Array.from({ length: Math.ceil(height / strip) }, (_, i) => ({
      plane,
      from: i * strip,
      to: Math.min(height, (i + 1) * strip),
    })),
  );
  return strips.flat().filter((_, i) => !gaps || i % 3 !== 1);
}

/** Some strips are all 0, so that chunks are touched and yet only fill. */
const valueAt = (strip: Strip, i: number, seed: number): number =>
  strip.from % 5 === 4 ? 0 : ((i + strip.from * 31 + strip.plane * 7) * seed * 7919) % 1009;

test("each level equals the one made of its whole neighbour, and each chunk is stored at most once", async () => {
  const check = async (given: Case): Promise<void> => {
    const { shapes, at, chunk, sample, seed } = given;
    const shape = shapes[at] ?? [];
    const [, height = 1, width = 1] = shape;
    const [, rows = 1] = chunk;
    const dtype = sample === "mean" ? "uint16" : seed % 2 ? "uint32" : "int64";
    const arrays = await arraysOf(shapes, [chunk, chunk, chunk], dtype);
    const strips = stripsOf(given);
    const touches = ([plane = 0, row = 0]: readonly number[]) =>
      strips.filter((s) => s.plane === plane && s.from < (row + 1) * rows && s.to > row * rows)
        .length;
    const spec = { arrays, at, touches, sample, merge: "overwrite", existing: "fill" } as const;
    const writer = new PyramidWriter(spec);
    const expected = new Array<number>(product(shape)).fill(0);
    for (const strip of strips) {
      const { plane, from, to } = strip;
      const size = (to - from) * width;
      const values = Array.from({ length: size }, (_, i) => valueAt(strip, i, seed));
      expected.splice((plane * height + from) * width, size, ...values);
      const data = Types[dtype]?.(values) ?? new Uint8Array();
      await writer.put({ min: [plane, from, 0], shape: [1, to - from, width], data });
    }
    await writer.finish();
    const levels = new Map([[at, expected]]);
    const make = (from: number, to: number, how: Sample) =>
      levels.set(to, reference(levels.get(from) ?? [], shapes[from] ?? [], shapes[to] ?? [], how));
    for (let k = at; k < 2; k++) make(k, k + 1, sample);
    for (let k = at; k > 0; k--) make(k, k - 1, "nearest");
    for (const [level, array] of arrays.entries())
      expect(await wholeOf(array), `level ${level}`).toEqual(levels.get(level));
    const times = writer.writes.flatMap((writes) => [...writes.values()]);
    expect(times.every((count) => count === 1)).toBe(true);
  };
  await fc.assert(fc.asyncProperty(cases, check), { numRuns: 300 });
});

test("nearest keeps the odd voxels, as ngio does", async () => {
  const arrays = await arraysOf(
    [
      [4, 4],
      [2, 2],
    ],
    [
      [4, 4],
      [2, 2],
    ],
    "uint32",
  );
  const stored: string[] = [];
  const writer = new PyramidWriter({
    arrays,
    touches: () => 1,
    merge: "overwrite",
    existing: "fill",
    sample: "nearest",
    onStored: (level, coords, isFile) => stored.push(`${level}:${coords.join()}:${isFile}`),
  });
  const data = Uint32Array.from({ length: 16 }, (_, i) => i);
  await writer.put({ min: [0, 0], shape: [4, 4], data });
  await writer.finish();
  expect(await wholeOf(arrays[1] ?? arrays[0])).toEqual([5, 7, 13, 15]);
  expect(stored.sort()).toEqual(["0:0,0:true", "1:0,0:true"]);
});

test("finer levels repeat the voxels of the one that is written, and what is released is no file at any level", async () => {
  const arrays = await arraysOf(
    [
      [4, 8],
      [2, 4],
      [1, 2],
    ],
    [
      [2, 4],
      [2, 2],
      [1, 1],
    ],
    "uint32",
  );
  const stored: string[] = [];
  const writer = new PyramidWriter({
    arrays,
    at: 1,
    touches: () => 1,
    merge: "overwrite",
    existing: "fill",
    sample: "nearest",
    onStored: (level, coords) => stored.push(`${level}:${coords.join()}`),
  });
  await writer.release([0, 1]);
  await writer.put({ min: [0, 0], shape: [2, 2], data: Uint32Array.of(1, 2, 3, 4) });
  await writer.finish();
  const [finest] = arrays;
  expect(await wholeOf(finest)).toEqual(
    [1, 1, 2, 2, 0, 0, 0, 0, 1, 1, 2, 2, 0, 0, 0, 0].concat([
      3, 3, 4, 4, 0, 0, 0, 0, 3, 3, 4, 4, 0, 0, 0, 0,
    ]),
  );
  expect(await wholeOf(arrays[2] ?? finest)).toEqual([4, 0]);
  expect(stored.sort()).toEqual(["0:0,0", "0:1,0", "1:0,0", "2:0,0"]);
});

test("around patches, what was there stays at every level", async () => {
  const arrays = await arraysOf(
    [
      [4, 8],
      [2, 4],
    ],
    [
      [4, 4],
      [2, 4],
    ],
    "uint32",
  );
  const write = async (column: number, value: number, existing: "fill" | "read") => {
    const writer = new PyramidWriter({
      arrays,
      touches: ([, x]) => (x === column ? 1 : 0),
      merge: "nonzero",
      existing,
      sample: "nearest",
    });
    const data = new Uint32Array(16).fill(value);
    await writer.put({ min: [0, 4 * column], shape: [4, 4], data });
    await writer.finish();
  };
  await write(0, 3, "fill");
  await write(1, 5, "read");
  expect(await wholeOf(arrays[1] ?? arrays[0])).toEqual([3, 3, 5, 5, 3, 3, 5, 5]);
});

test("a mean over the border of two chunks is refused before anything is written", async () => {
  const arrays = await arraysOf(
    [
      [6, 6],
      [3, 3],
    ],
    [
      [3, 6],
      [3, 3],
    ],
    "uint16",
  );
  const spec = { arrays, touches: () => 1, merge: "overwrite", existing: "fill" } as const;
  expect(() => new PyramidWriter({ ...spec, sample: "mean" })).toThrow(/means of 2 voxels/);
  expect(() => new PyramidWriter({ ...spec, sample: "nearest" })).not.toThrow();
});
