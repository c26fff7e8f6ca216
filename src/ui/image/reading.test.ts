/** How places are written, whatever unit the world is in. */
import { expect, test } from "vitest";
import { placeText, sameUnder, type Under } from "./reading.ts";

const under = (x: number, voxel: number): Under => ({
  at: [
    ["x", x, voxel],
    ["y", 0, voxel],
  ],
  level: 0,
  values: new Map(),
  objects: [],
});

test.each([
  ["micrometres", 0.325, 12.3456, "x 12.35"],
  ["large voxels", 40, 1200, "x 1200.00"],
  ["millimetres", 0.000325, 0.0123456, "x 0.01235"],
  ["metres", 3.25e-7, 1.23456e-5, "x 0.00001235"],
  ["voxels that are too small to be true", 1e-200, 0, `x 0.${"0".repeat(100)}`],
])("of %s, to a tenth of a voxel and two decimals at least", (_, voxel, world, text) => {
  expect(placeText(["x", world, voxel])).toBe(text);
});

test("what differs by a voxel of a nanometre in metres is not the same to the eye", () => {
  expect(sameUnder(under(0, 1e-9), under(1e-9, 1e-9))).toBe(false);
  expect(sameUnder(under(0, 1e-9), under(1e-12, 1e-9))).toBe(true);
});
