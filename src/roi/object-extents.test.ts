/** The extents of objects, against looking at every voxel. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { type Extents, extentsOf, joinedExtents } from "./object-extents.ts";

/** The coordinates of a voxel by its place in memory. */
function coordsOf(i: number, shape: readonly number[]): number[] {
  return shape.map((n, axis) => {
    const stride = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
    return Math.floor(i / stride) % n;
  });
}

function byVoxels(labels: readonly number[], shape: readonly number[]): Extents {
  const found = new Map<number, { min: number[]; max: number[] }>();
  for (const [i, id] of labels.entries()) {
    if (id <= 0) continue;
    const at = coordsOf(i, shape);
    const { min, max } = found.get(id) ?? { min: at, max: at };
    found.set(id, {
      min: at.map((v, axis) => Math.min(v, min[axis] ?? v)),
      max: at.map((v, axis) => Math.max(v + 1, max[axis] ?? v)),
    });
  }
  return new Map([...found].sort(([a], [b]) => a - b));
}

const images = fc
  .array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 4 })
  .chain((shape) => {
    const size = shape.reduce((a, b) => a * b, 1);
    const labels = fc.array(fc.integer({ min: -1, max: 4 }), { minLength: size, maxLength: size });
    return fc.record({ shape: fc.constant(shape), labels, chunk: fc.integer({ min: 1, max: 3 }) });
  });

it("are those that every voxel of an object shows, whatever parts the label comes in", () => {
  fc.assert(
    fc.property(images, ({ shape, labels, chunk }) => {
      const parts = new Map<string, number[]>();
      for (let i = 0; i < labels.length; i++) {
        const key = coordsOf(i, shape)
          .map((v) => v - (v % chunk))
          .join();
        parts.set(key, [...(parts.get(key) ?? []), i]);
      }
      const extents = Array.from(parts, ([key, places]) => {
        const min = key.split(",").map(Number);
        const part = min.map((from, axis) => Math.min(chunk, (shape[axis] ?? 1) - from));
        return extentsOf(
          Int32Array.from(places, (i) => labels[i] ?? 0),
          { min, shape: part },
        );
      });
      expect([...joinedExtents(extents.toReversed())]).toEqual([...byVoxels(labels, shape)]);
    }),
    { numRuns: 500 },
  );
});

it("take 64-bit labels too", () => {
  const labels = BigUint64Array.of(0n, 5n, 5n, 0n);
  expect([...extentsOf(labels, { min: [10, 20], shape: [2, 2] })]).toEqual([
    [5, { min: [10, 20], max: [12, 22] }],
  ]);
});
