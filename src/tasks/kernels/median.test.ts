/** The median is the middle of each sorted window. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Zyx } from "../../geometry/box.ts";
import { median } from "./median.ts";
import type { Voxels } from "./voxels.ts";

/** The definition, plainly: sort each window, its places clamped to the image. */
function sorted(voxels: Voxels, shape: Zyx, size: Zyx): number[] {
  const places = (at: number, axis: 0 | 1 | 2) =>
    Array.from({ length: size[axis] }, (_, i) =>
      Math.min(shape[axis] - 1, Math.max(0, at - (size[axis] >> 1) + i)),
    );
  return Array.from(voxels, (_, i) => {
    const zs = places(Math.floor(i / (shape[1] * shape[2])), 0);
    const ys = places(Math.floor(i / shape[2]) % shape[1], 1);
    const xs = places(i % shape[2], 2);
    const window = zs.flatMap((z) =>
      ys.flatMap((y) => xs.map((x) => voxels[(z * shape[1] + y) * shape[2] + x] ?? 0)),
    );
    return window.sort((a, b) => a - b)[window.length >> 1] ?? 0;
  });
}

const types = fc.constantFrom(
  Uint8Array,
  Int8Array,
  Int16Array,
  Uint16Array,
  Uint32Array,
  Float64Array,
);
const side = fc.integer({ min: 1, max: 6 });

describe("median", () => {
  it("is the middle of each sorted window, whatever the type, shape and size", () => {
    const cases = fc
      .tuple(types, fc.tuple(side, side, side), fc.tuple(side, side, side))
      .chain(([type, shape, size]) => {
        const length = shape[0] * shape[1] * shape[2];
        const value = fc.integer({ min: -40000, max: 70000 });
        return fc
          .array(value, { minLength: length, maxLength: length })
          .map((values) => ({ voxels: type.from(values), shape, size }));
      });
    fc.assert(
      fc.property(cases, ({ voxels, shape, size }) => {
        expect([...median(voxels, shape, size)]).toEqual(sorted(voxels, shape, size));
        expect([...median(voxels, shape, [1, 3, 3])]).toEqual(sorted(voxels, shape, [1, 3, 3]));
      }),
      { numRuns: 200 },
    );
  });

  it("refuses sizes that are no whole numbers", () => {
    expect(() => median(new Uint8Array(4), [1, 2, 2], [1, 2.5, 2])).toThrow(/2.5/);
    expect(() => median(new Uint8Array(4), [1, 2, 2], [0, 1, 1])).toThrow(/0 × 1 × 1/);
  });
});
