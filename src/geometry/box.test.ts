/** Half-open boxes: what they share, and when they hold nothing. */
import { expect, test } from "vitest";
import {
  intersect,
  isEmpty,
  lengthsOf,
  overlaps,
  pixelBox,
  sameBox,
  volumeOf,
  worldBox,
} from "./box.ts";

const box = pixelBox([0, 10, 20], [2, 14, 26]);

test("lengths and volume", () => {
  expect(lengthsOf(box)).toEqual([2, 4, 6]);
  expect(volumeOf(box)).toBe(48);
});

test("a box whose end is not after its start on every axis is empty and has no volume", () => {
  expect(isEmpty(box)).toBe(false);
  for (const empty of [
    pixelBox([0, 10, 20], [2, 14, 20]),
    pixelBox([0, 14, 20], [2, 10, 26]),
    pixelBox([2, 10, 20], [2, 14, 26]),
  ]) {
    expect(isEmpty(empty)).toBe(true);
    expect(volumeOf(empty)).toBe(0);
  }
});

test("boxes that only touch share nothing", () => {
  const next = pixelBox([0, 14, 20], [2, 18, 26]);
  expect(overlaps(box, next)).toBe(false);
  expect(isEmpty(intersect(box, next))).toBe(true);
});

test("the shared box keeps its space, and is empty rather than inside out", () => {
  const shared = intersect(worldBox([0, 0, 0], [4, 4, 4]), worldBox([1, 2, 3], [9, 3, 9]));
  expect(shared).toEqual(worldBox([1, 2, 3], [4, 3, 4]));
  const apart = intersect(worldBox([0, 0, 0], [1, 1, 1]), worldBox([5, 5, 5], [9, 9, 9]));
  expect(lengthsOf(apart)).toEqual([0, 0, 0]);
});

test("same box", () => {
  expect(sameBox(box, pixelBox([0, 10, 20], [2, 14, 26]))).toBe(true);
  expect(sameBox(box, pixelBox([0, 10, 20], [2, 14, 27]))).toBe(false);
});
