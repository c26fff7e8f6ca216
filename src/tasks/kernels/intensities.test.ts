/** Intensities of objects equal their definitions, also where a voxel is no number. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intensities } from "./intensities.ts";
import { objectRuns } from "./object-runs.ts";
import type { Voxels } from "./voxels.ts";

const pixels = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.nat(20)), {
  minLength: 1,
  maxLength: 60,
});

function measure(labels: readonly number[], voxels: Voxels) {
  return intensities(objectRuns(Uint8Array.from(labels), [1, 1, labels.length]), voxels);
}

describe("intensities", () => {
  it("equals their definitions", () => {
    fc.assert(
      fc.property(pixels, (row) => {
        const labels = row.map(([label]) => label);
        const found = measure(
          labels,
          Int16Array.from(row, ([, value]) => value - 10),
        );
        const objects = [...new Set(labels)].filter((label) => label > 0).sort();
        for (const [i, object] of objects.entries()) {
          const values = row.flatMap(([label, value]) => (label === object ? [value - 10] : []));
          values.sort((a, b) => a - b);
          const mean = values.reduce((a, b) => a + b) / values.length;
          const squares = values.map((value) => (value - mean) ** 2).reduce((a, b) => a + b);
          const middle = (values.length - 1) / 2;
          expect(found.mean[i]).toBeCloseTo(mean, 10);
          expect(found.std[i]).toBeCloseTo(Math.sqrt(squares / values.length), 10);
          expect(found.min[i]).toBe(values[0]);
          expect(found.max[i]).toBe(values.at(-1));
          const median = ((values[Math.floor(middle)] ?? 0) + (values[Math.ceil(middle)] ?? 0)) / 2;
          expect(found.median[i]).toBe(median);
        }
        expect(found.mean).toHaveLength(objects.length);
      }),
    );
  });

  it("is NaN throughout for an object that holds one, and for no other", () => {
    for (const nan of [0, 1, 2]) {
      const voxels = Float32Array.of(3, 1, 2, 5);
      voxels[nan] = Number.NaN;
      const found = measure([1, 1, 1, 2], voxels);
      for (const column of Object.values(found)) expect(Number.isNaN(column[0])).toBe(true);
      expect(found.median[1]).toBe(5);
    }
  });

  it("leaves the image as it is", () => {
    const voxels = Uint8Array.of(3, 1, 2);
    measure([1, 1, 1], voxels);
    expect([...voxels]).toEqual([3, 1, 2]);
  });
});
