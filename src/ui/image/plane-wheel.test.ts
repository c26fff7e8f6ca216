/** One notch is one plane, on a mouse and on a trackpad. */
import { expect, test } from "vitest";
import { PlaneWheel } from "./plane-wheel.ts";

const turned = (steps: readonly number[]): number[] => {
  const wheel = new PlaneWheel();
  return steps.map((step) => wheel.turn(step) + 0);
};

test("every notch of a mouse is one plane, however far it turns", () => {
  expect(turned([100, 120, -120, -99, 240])).toEqual([-1, -1, 1, 1, -1]);
});

test("the small steps of a trackpad add up, and turning back begins anew", () => {
  expect(turned([10, 10, 10, 10, 10, 10, 10, 10])).toEqual([0, 0, 0, -1, 0, 0, 0, -1]);
  expect(turned([30, -10, -10, -10, -10])).toEqual([0, 0, 0, 0, 1]);
  expect(turned([30, 30, 30])).toEqual([0, -1, -1]);
  expect(turned([0, 0])).toEqual([0, 0]);
});

test("a notch leaves nothing of the steps before it", () => {
  expect(turned([39, 100, 10])).toEqual([0, -1, 0]);
});
