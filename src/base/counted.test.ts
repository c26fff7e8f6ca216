/** Counts read as sentences say them. */
import { expect, test } from "vitest";
import { counted, nounOf } from "./counted.ts";

test("a noun is in the plural, except of one", () => {
  expect([0, 1, 2, 3006].map((count) => counted(count, "ROI"))).toEqual([
    "0 ROIs",
    "1 ROI",
    "2 ROIs",
    "3,006 ROIs",
  ]);
  expect([1, 4].map((count) => counted(count, "nucleus", "nuclei"))).toEqual([
    "1 nucleus",
    "4 nuclei",
  ]);
  expect([nounOf(1, "is", "are"), nounOf(2, "is", "are")]).toEqual(["is", "are"]);
});
