/** Axes by name, whatever an array has of them. */
import { expect, test } from "vitest";
import { pixelBox } from "../geometry/box.ts";
import { chunkZyx, countOf, gridOf, indexOf, parseAxes, selection } from "./axes.ts";

const axesOf = (names: string) => parseAxes([...names], "");
const box = pixelBox([1, 2, 3], [4, 5, 6]);

test("a selection has a range per axis of the array, in its order", () => {
  expect(selection(axesOf("tczyx"), { t: 7, c: 2 }, box)).toEqual({
    min: [7, 2, 1, 2, 3],
    max: [8, 3, 4, 5, 6],
  });
  expect(selection(axesOf("yx"), { t: 7, c: 2 }, box)).toEqual({ min: [2, 3], max: [5, 6] });
  expect(selection(axesOf("cyx"), {}, box).min).toEqual([0, 2, 3]);
});

test("an axis that an array lacks has one voxel of one unit", () => {
  const axes = axesOf("cyx");
  expect(gridOf(axes, [3, 20, 30], [1, 0.5, 0.25])).toEqual({
    shape: [1, 20, 30],
    scale: [1, 0.5, 0.25],
  });
  expect(chunkZyx({ chunks: [1, 10, 15] }, axes)).toEqual([1, 10, 15]);
  expect(indexOf(axes, "z")).toBeUndefined();
  expect(indexOf(axes, "x")).toBe(2);
  expect(countOf(axes, [3, 20, 30], "c")).toBe(3);
  expect(countOf(axes, [3, 20, 30], "t")).toBe(1);
});
