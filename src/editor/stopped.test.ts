/** Typed numbers that could not be met are counted; those on the nearest voxel are not. */
import { expect, test } from "vitest";
import { applied } from "../roi/rois.ts";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import { type Field, setField } from "./commands.ts";
import { parseQuantity } from "./quantity.ts";
import { stoppedCount } from "./stopped.ts";

const grid = { shape: [1, 100, 100], scale: [1, 0.5, 0.5] } as const;
const rois = roisOfBoxes([flatBox([0, 0, 10, 10]), flatBox([30, 0, 40, 10])]);

test.each<readonly [Field, string, number]>([
  ["x", "12.2", 0],
  ["x", "+5", 0],
  ["x", "+15", 1],
  ["x", "70", 2],
  ["len_x", "12", 0],
  ["len_x", "25", 1],
  ["len_x", "0", 2],
  ["len_y", "60 px", 0],
  ["len_y", "300 px", 2],
])("%s set to %s is stopped for %i of two", (field, text, count) => {
  const quantity = parseQuantity(text);
  if (!quantity) throw new Error("no quantity");
  const ids = new Set([0, 1]);
  const edit = setField(rois, ids, field, quantity, grid);
  const after = edit ? applied(rois, edit.diff) : rois;
  expect(stoppedCount(rois, after, ids, { field, quantity, grid })).toBe(count);
});
