/** Objects do not hide each other's peaks. */
import { expect, it } from "vitest";
import { peaksOf } from "./peaks.ts";

it("finds a peak in each object, however near a higher one of another is", () => {
  const labels = Uint32Array.of(1, 1, 1, 0, 2, 2);
  const heights = Int32Array.of(1, 9, 4, 0, 1, 1);
  expect([...peaksOf(heights, labels, [1, 1, 6], 3).labels]).toEqual([0, 1, 0, 0, 2, 0]);
});
