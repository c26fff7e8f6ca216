/** However far very many ROIs are dragged, what is drawn of them is the same: only where is another. */
import { expect, test } from "vitest";
import { NONE_SELECTED } from "../editor/selection.ts";
import { Shifted } from "../editor/shifted.ts";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import { shiftedMany, tellingApart } from "./held-rois.ts";
import { type ShownRois, shownAt } from "./roi-rows.ts";

const GRID = { shape: [1, 9999, 9999], scale: [1, 1, 1] } as const;
const rois = roisOfBoxes(Array.from({ length: 1500 }, (_, i) => flatBox([i, 0, i + 1, 1])));
const ids = new Set(Array(1400).keys());
const shownWith = (among: ReadonlySet<number>, by: number): ShownRois => ({
  rois,
  preview: new Shifted(rois, among, [0, 0, by], GRID),
  selection: NONE_SELECTED,
  invalid: NONE_SELECTED,
});

test("steps of one drag give the same two scenes, and another drag gives others", () => {
  const apart = tellingApart();
  const first = apart(shownWith(ids, 3), ids);
  expect(apart(shownWith(ids, 4), ids)).toBe(first);
  const others = new Set(Array(1300).keys());
  expect(apart(shownWith(others, 4), others)).not.toBe(first);
  const hidden = { ...shownWith(ids, 4), hidden: new Set([7]) };
  expect(shownAt(apart(hidden, ids).held, 7)).toBeUndefined();
});

test("each ROI is in one of them, where it lies", () => {
  const { resting, held } = tellingApart()(shownWith(ids, 3), ids);
  for (let id = 0; id < 1500; id++) {
    const [inHand, other] = ids.has(id) ? [held, resting] : [resting, held];
    expect(shownAt(inHand, id)?.box.min[2]).toBe(id);
    expect(shownAt(other, id)).toBeUndefined();
  }
});

test("few are written anew where they are", () => {
  expect(shiftedMany(shownWith(new Set(Array(1000).keys()), 3))).toBeUndefined();
  expect(shiftedMany(shownWith(new Set(Array(1001).keys()), 3))?.by).toEqual([0, 0, 3]);
});
