/** Projections plane by plane equal numpy's of the whole volume. */
import { describe, expect, it } from "vitest";
import { isFault } from "../../base/fault.ts";
import type { Zyx } from "../../geometry/box.ts";
import { recorded, voxelsOf } from "../../testing/golden-features.ts";
import { type Projection, ZProjection } from "./project-z.ts";
import type { Voxels } from "./voxels.ts";

/** @param atOnce how many planes are given at a time */
function projectZ(
  stack: Voxels,
  [planes, height, width]: Zyx,
  by: Projection,
  atOnce = planes,
): Voxels {
  const size = height * width;
  const projection = new ZProjection(by, size);
  for (let z = 0; z < planes; z += atOnce)
    projection.add(stack.slice(z * size, (z + atOnce) * size));
  return projection.plane();
}

const cases = recorded.projections.flatMap(({ planes, ...volume }) =>
  planes.map((plane) => ({ ...volume, ...plane, stack: volume.voxels })),
);

describe("ZProjection", () => {
  it.each(cases)(
    "makes the $by of $dtype as Fractal does",
    ({ dtype, by, shape, stack, voxels }) => {
      const plane = projectZ(voxelsOf(dtype, stack), shape, by);
      const expected = voxelsOf(dtype, voxels);
      expect(plane.constructor).toBe(expected.constructor);
      for (const atOnce of [1, 2, 3])
        expect(projectZ(voxelsOf(dtype, stack), shape, by, atOnce)).toEqual(plane);
      // Fractal's mean of float32 is summed in float32, ours in double precision.
      const error = dtype === "float32" && by === "mean" ? 1e-6 : 0;
      expect(plane).toHaveLength(expected.length);
      for (const [i, value] of expected.entries())
        expect(Math.abs((plane[i] ?? Number.NaN) - value)).toBeLessThanOrEqual(
          error * Math.abs(value),
        );
    },
  );

  it("lets NaN win, as numpy does", () => {
    const stack = Float32Array.of(1, Number.NaN, 3, 4, 5, Number.NaN);
    for (const by of ["max", "min", "mean"] as const)
      expect([...projectZ(stack, [2, 1, 3], by)].map(Number.isNaN)).toEqual([false, true, true]);
  });

  it("leaves the volume as it is", () => {
    const stack = Uint8Array.of(1, 2, 200, 201);
    expect([...projectZ(stack, [2, 1, 2], "sum")]).toEqual([201, 203]);
    expect([...stack]).toEqual([1, 2, 200, 201]);
  });

  it("refuses the sum of floats", () => {
    const faults = [new Float32Array(2), new Float64Array(2)].map((stack) => {
      try {
        return projectZ(stack, [2, 1, 1], "sum");
      } catch (error) {
        return isFault(error, "input");
      }
    });
    expect(faults).toEqual([true, true]);
  });
});
