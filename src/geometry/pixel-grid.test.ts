/** The rounding of ROIs, case by case as ngio 1.1 does it, and the way back. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pixelBox, worldBox } from "./box.ts";
import { type PixelGrid, pixelFromWorld, wholeOf, worldFromPixel, worldOf } from "./pixel-grid.ts";

const line = (shape: number, scale = 1): PixelGrid => ({
  shape: [1, 1, shape],
  scale: [1, 1, scale],
});

function along(grid: PixelGrid, start: number, length: number): [number, number] {
  const box = pixelFromWorld(grid, worldBox([0, 0, start], [1, 1, start + length]));
  return [box.min[2], box.max[2]];
}

describe("pixelFromWorld takes the voxels ngio takes", () => {
  test.each([
    [10.5, 26.5, 10, 37],
    [10.4, 20, 10, 31],
    [10.005, 20.005, 10, 30],
    [10.011, 20, 10, 31],
    [10.3, 19.7, 10, 30],
    [90, 20, 90, 96],
    [100, 5, 96, 96],
    [-3, 10, 0, 7],
    [3, 0, 3, 3],
    [3, 0.4, 3, 4],
  ])("start %f, length %f → %i..%i", (start, length, from, to) => {
    expect(along(line(96), start, length)).toEqual([from, to]);
  });

  test.each([
    [1, 48, 3, 10],
    [2, 24, 1, 5],
  ])("7, 13 at level %i", (level, shape, from, to) => {
    const scale = 0.325 * 2 ** level;
    expect(along(line(shape, scale), 7 * 0.325, 13 * 0.325)).toEqual([from, to]);
  });

  test("a micrometre of depth at 2 µm spacing is the first plane", () => {
    const grid: PixelGrid = { shape: [10, 1, 1], scale: [2, 1, 1] };
    const box = pixelFromWorld(grid, worldBox([0, 0, 0], [1, 1, 1]));
    expect([box.min[0], box.max[0]]).toEqual([0, 1]);
  });
});

test("whole voxels come back from world units as they went", () => {
  const edge = fc.tuple(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 5000 }));
  const scale = fc.double({ min: 0.01, max: 20, noNaN: true });
  fc.assert(
    fc.property(fc.tuple(edge, edge, edge), fc.tuple(scale, scale, scale), (edges, scales) => {
      const [z, y, x] = edges.map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
      if (z === undefined || y === undefined || x === undefined) return;
      const grid: PixelGrid = { shape: [5000, 5000, 5000], scale: scales };
      const box = pixelBox([z[0], y[0], x[0]], [z[1], y[1], x[1]]);
      expect(pixelFromWorld(grid, worldFromPixel(grid, box))).toEqual(box);
    }),
  );
});

test("the world of a grid is its shape times its own scale", () => {
  const grid: PixelGrid = { shape: [2, 3, 4], scale: [5, 0.5, 0.25] };
  expect(wholeOf(grid)).toEqual(pixelBox([0, 0, 0], [2, 3, 4]));
  expect(worldOf(grid)).toEqual(worldBox([0, 0, 0], [10, 1.5, 1]));
});
