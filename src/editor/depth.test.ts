/** A new ROI goes through all planes unless it is told otherwise, and is never less than one. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { depthOfNew } from "./depth.ts";
import { planeOf } from "./plane.ts";

const grid = { shape: [8, 100, 100], scale: [1.5, 1, 1] } as const;
const at = (z: number, last?: { min: number; max: number }) => ({
  grid,
  plane: planeOf(grid, z),
  last,
});

test("the stack, this plane, or what the last one went through", () => {
  const last = { min: 3, max: 6 };
  expect(depthOfNew("stack", at(2, last))).toEqual({ min: 0, max: 12 });
  expect(depthOfNew("plane", at(2, last))).toEqual({ min: 3, max: 4.5 });
  expect(depthOfNew("last", at(2, last))).toEqual(last);
  expect(depthOfNew("last", at(2))).toEqual({ min: 0, max: 12 });
});

test("a plane of the finest level is whole planes of a coarser one", () => {
  const plane = planeOf({ ...grid, scale: [0.5, 1, 1] }, 7);
  expect(depthOfNew("plane", { grid, plane, last: undefined })).toEqual({ min: 3, max: 4.5 });
});

test("this plane is inside the stack and one plane deep, whatever is shown", () => {
  fc.assert(
    fc.property(fc.integer({ min: -5, max: 20 }), (z) => {
      const { min, max } = depthOfNew("plane", at(z));
      expect([min >= 0, max <= 12, max - min]).toEqual([true, true, 1.5]);
    }),
  );
});
