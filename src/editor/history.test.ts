/** The history forgets its oldest steps rather than the tab's memory, and knows that it did. */
import { expect, test } from "vitest";
import type { Roi, RoiDiff } from "../roi/rois.ts";
import { flatBox } from "../testing/roi-builder.ts";
import { isDirty, NO_HISTORY, recorded, undone } from "./history.ts";
import { NONE_SELECTED } from "./selection.ts";

const roi: Roi = { name: "a", box: flatBox([0, 0, 1, 1]), label: undefined };
const many: RoiDiff = new Map(
  Array.from({ length: 400_000 }, (_, id) => [id, { from: roi, to: undefined }] as const),
);
const step = {
  label: "Delete",
  diff: many,
  before: NONE_SELECTED,
  after: NONE_SELECTED,
  key: undefined,
};

test("the oldest steps go first, and undoing all that is left is not what was saved", () => {
  let history = NO_HISTORY;
  for (let i = 0; i < 4; i++) history = recorded(history, step);
  expect(history.done.map(({ id }) => id)).toEqual([3, 4]);
  const once = undone(history);
  const twice = once && undone(once.history);
  expect(twice?.history.done).toEqual([]);
  expect(twice && isDirty(twice.history)).toBe(true);
});
