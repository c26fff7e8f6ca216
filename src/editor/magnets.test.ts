/** What attracts an edge: near, in view, on whole voxels, and found fast among very many. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import { type Attraction, magnetAt, neighborsIn, pulled } from "./magnets.ts";
import { XY } from "./pane.ts";

const near: Attraction = {
  rois: roisOfBoxes([
    flatBox([20, 30, 60, 70], [0, 1]),
    flatBox([20.3, 30, 60.3, 70], [0, 1]),
    flatBox([900, 900, 950, 950], [0, 1]),
    flatBox([100, 100, 140, 140], [3, 4]),
    flatBox([5, 5, 6, 6], [0, 1]),
  ]),
  grid: { shape: [5, 1000, 1000], scale: [1, 1, 1] },
  chunk: [1, 256, 256],
  plane: { min: 0.01, max: 0.99 },
  inView: { min: { x: 0, y: 0 }, max: { x: 500, y: 500 } },
  pixelsPerUnit: 2,
  pane: XY,
};

test("only ROIs of this plane that are in view, not hidden, large enough and not dragged attract, on whole voxels", () => {
  const found = neighborsIn(near, new Set());
  expect(found.ids).toEqual([0, 1]);
  expect([...found.across]).toEqual([20, 60]);
  expect([...found.down]).toEqual([30, 30, 70, 70]);
  expect(neighborsIn(near, new Set([0])).ids).toEqual([1]);
  expect(neighborsIn({ ...near, hidden: new Set([1]) }, new Set()).ids).toEqual([0]);
});

test("an edge is drawn to the nearest line within 8 pixels, and the line has a name", () => {
  const found = neighborsIn(near, new Set());
  expect([56, 55.9, 64, 64.1].map((at) => pulled(2, at, near, found))).toEqual([
    60,
    undefined,
    60,
    undefined,
  ]);
  expect([252.5, 996.2].map((at) => pulled(1, at, near, found))).toEqual([256, 1000]);
  expect([20, 60, 256, 1000, 0, 61].map((at) => magnetAt(2, at, near, found))).toEqual([
    "roi_0 left",
    "roi_0 right",
    "chunk",
    "image border",
    "image border",
    undefined,
  ]);
});

test("chunks too small on screen to aim between attract nothing", () => {
  const found = neighborsIn(near, new Set());
  const small = { ...near, chunk: [1, 15, 15] as const };
  expect(pulled(2, 1023, near, found)).toBeUndefined();
  expect(pulled(2, 151, small, found)).toBeUndefined();
  expect(magnetAt(2, 150, small, found)).toBeUndefined();
  expect(pulled(2, 161, { ...near, chunk: [1, 16, 16] }, found)).toBe(160);
});

test("what attracts is always inside the image, a whole voxel, and within reach", () => {
  const found = neighborsIn(near, new Set());
  fc.assert(
    fc.property(
      fc.double({ min: -50, max: 1050, noNaN: true }),
      fc.integer({ min: 1, max: 2000 }),
      (wish, chunk) => {
        const to = pulled(2, wish, { ...near, chunk: [1, chunk, chunk] }, found);
        if (to === undefined) return;
        expect(Number.isInteger(to) && to >= 0 && to <= 1000).toBe(true);
        expect(Math.abs(to - wish)).toBeLessThanOrEqual(4);
      },
    ),
  );
});
