/** Boxes in space: as they are shown now, the largest in view, and the one a click means. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { finished } from "../base/steps.ts";
import type { Box } from "../geometry/box.ts";
import { applied, type RoiDiff, roiAt } from "../roi/rois.ts";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import { boxRows, chooseBoxes, roiAlong } from "./box-rows.ts";
import type { Ray } from "./orbit.ts";

const NONE = new Set<number>();
const rowsOf = (boxes: readonly Box<"world">[]) =>
  finished(boxRows(roisOfBoxes(boxes), undefined, NONE));
const down = (y: number, x: number): Ray => ({ from: [100, y, x], along: [-1, 0, 0] });

test("rows are what is shown: without the deleted, the hidden and the broken, with edits and what a hand holds", () => {
  const rois = roisOfBoxes([
    flatBox([0, 0, 10, 10]),
    flatBox([20, 0, 30, 10]),
    flatBox([40, 0, 30, 10]),
    flatBox([60, 0, Number.NaN, 10]),
    flatBox([80, 0, 90, 10]),
    flatBox([100, 0, 110, 10]),
  ]);
  const moved = { name: "moved", label: undefined, box: flatBox([21, 1, 31, 11], [2, 3]) };
  const added = { ...moved, box: flatBox([7, 7, 8, 8]) };
  const edited: RoiDiff = new Map([
    [0, { from: roiAt(rois, 0), to: undefined }],
    [1, { from: roiAt(rois, 1), to: moved }],
    [6, { from: undefined, to: added }],
  ]);
  const held: RoiDiff = new Map([
    [4, { from: roiAt(rois, 4), to: { ...moved, box: flatBox([81, 0, 91, 10]) } }],
    [7, { from: undefined, to: added }],
  ]);
  const rows = finished(boxRows(applied(rois, edited), held, new Set([5])));
  expect([...rows.ids]).toEqual([1, 4, 6, 7]);
  expect([...rows.bounds.subarray(0, 12)]).toEqual([2, 1, 21, 3, 11, 31, 0, 0, 81, 1, 10, 91]);
  expect(rows.bounds.length).toBe(24);
});

test("too many: the largest in view are boxes, all others points, none is both or neither", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 40 }), (sides, most) => {
      const rows = rowsOf(sides.map((side, i) => flatBox([100 * i, 0, 100 * i + side, side])));
      const isSeen = (_z: number, _y: number, x: number): boolean => x < 1000;
      const { boxes, others } = finished(chooseBoxes(rows, most, isSeen));
      expect(boxes.length).toBe(Math.min(most, sides.length));
      expect([...boxes, ...others].sort((a, b) => a - b)).toEqual([...sides.keys()]);
      const weight = (row: number): number => (row < 10 ? (sides[row] ?? 0) : 0);
      const least = Math.min(...Array.from(boxes, weight));
      for (const row of others) expect(weight(row)).toBeLessThanOrEqual(least);
    }),
  );
});

test("too many: one too short to be told from a point is a point, however few are boxes then", () => {
  const rows = rowsOf([1, 4, 2, 5, 3].map((side, i) => flatBox([10 * i, 0, 10 * i + side, 1])));
  const chosen = (most: number, least: number) => {
    const { boxes, others } = finished(chooseBoxes(rows, most, (_z, _y, x) => x < 30, least));
    return [[...boxes], [...others]];
  };
  expect(chosen(4, 3)).toEqual([
    [1, 3, 4],
    [0, 2],
  ]);
  expect(chosen(1, 3)).toEqual([[1], [0, 2, 3, 4]]);
  // All are boxes where there is room for all.
  expect(chosen(5, 3)).toEqual([[0, 1, 2, 3, 4], []]);
});

test("a click means the first box on the way, and what is inside a much larger one", () => {
  const rows = rowsOf([
    flatBox([0, 0, 100, 100], [0, 50]),
    flatBox([10, 10, 20, 20], [5, 10]),
    flatBox([12, 12, 22, 22], [20, 25]),
  ]);
  expect(roiAlong(rows, down(15, 15), 0)).toBe(2);
  expect(roiAlong(rows, { ...down(15, 15), along: [1, 0, 0] }, 0)).toBe(1);
  expect(roiAlong(rows, down(11, 11), 0)).toBe(1);
  expect(roiAlong(rows, down(50, 50), 0)).toBe(0);
  expect(roiAlong(rows, down(150, 50), 0)).toBe(undefined);
});

test("a box without depth is met from its side where the pointer is near enough", () => {
  const rows = rowsOf([flatBox([0, 0, 10, 10], [5, 5])]);
  const aside: Ray = { from: [5.3, 5, -50], along: [0, 0, 1] };
  expect(roiAlong(rows, aside, 0)).toBe(undefined);
  expect(roiAlong(rows, aside, 0.5)).toBe(0);
});

test("a box is met just where the line has a place inside it", () => {
  const one = fc.double({ min: -3, max: 3, noNaN: true });
  const rows = rowsOf([flatBox([-1, -1, 1, 1], [-1, 1])]);
  fc.assert(
    fc.property(fc.tuple(one, one, one), fc.tuple(one, one, one), (from, along) => {
      fc.pre(Math.hypot(...along) > 0.1);
      let nearest = Number.POSITIVE_INFINITY;
      for (let t = -60; t <= 60; t += 0.01) {
        const place = from.map((v, i) => Math.abs(v + t * (along[i] ?? 0)));
        nearest = Math.min(nearest, Math.max(...place));
      }
      fc.pre(Math.abs(nearest - 1) > 0.05);
      expect(roiAlong(rows, { from, along }, 0)).toBe(nearest < 1 ? 0 : undefined);
    }),
    { numRuns: 60 },
  );
});
