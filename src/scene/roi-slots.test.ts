/** Rows follow what is shown, however few are written; there are never more than there may be. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { NONE_SELECTED } from "../editor/selection.ts";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import { ROW_LENGTH, SELECTED, type ShownRois } from "./roi-rows.ts";
import { RoiSlots } from "./roi-slots.ts";

const rois = roisOfBoxes(Array.from({ length: 900 }, (_, i) => flatBox([i, 0, i + 1, 1])));
const shown = (selected: Iterable<number> = []): ShownRois => ({
  rois,
  preview: undefined,
  selection: new Set(selected),
  invalid: NONE_SELECTED,
});
const rowOf = (slots: RoiSlots, id: number): readonly number[] => {
  const slot = slots.slotOf(id) ?? -1;
  return [...slots.values.subarray(slot * ROW_LENGTH, (slot + 1) * ROW_LENGTH)];
};

test("an ROI that is touched has a row of its own, and only its row is written", () => {
  const slots = new RoiSlots(500);
  slots.fill(shown(), [7, 5, 7]);
  expect([slots.count, rowOf(slots, 5)[0], rowOf(slots, 7)[0]]).toEqual([2, 5, 7]);
  expect(slots.rewrite(shown([5]), new Set([5]))).toEqual([1]);
  expect(slots.rewrite(shown([9]), new Set([5, 9]))).toEqual([1, 2]);
  expect([5, 7, 9].map((id) => rowOf(slots, id)[10])).toEqual([0, 0, SELECTED]);
});

test("there is no more room than there may be rows", () => {
  const slots = new RoiSlots(300);
  slots.fill(shown(), Array(900).keys());
  expect(slots.count).toBe(300);
  expect(slots.rewrite(shown([800]), new Set([800]))).toBeUndefined();
  expect(slots.count).toBe(300);
  slots.fill(shown(), [800]);
  const all = new Set(Array.from({ length: 299 }, (_, i) => i));
  expect([slots.rewrite(shown(), all)?.length, slots.count]).toEqual([299, 300]);
});

test("for any layout and any touched ROIs, a row says what its ROI is now", () => {
  const ids = fc.uniqueArray(fc.nat({ max: 899 }), { maxLength: 40 });
  fc.assert(
    fc.property(ids, fc.array(ids, { maxLength: 4 }), (first, touches) => {
      const slots = new RoiSlots(5000);
      slots.fill(shown(), first);
      let now: ReadonlySet<number> = new Set();
      for (const touched of touches) {
        const changed = new Set([...now, ...touched]);
        now = new Set(touched);
        expect(slots.rewrite(shown(now), changed)?.length).toBe(changed.size);
      }
      const there = new Set([...first, ...touches.flat()]);
      expect(slots.count).toBe(there.size);
      for (const id of there) {
        const row = rowOf(slots, id);
        expect([row[0], row[10]]).toEqual([id, now.has(id) ? SELECTED : 0]);
      }
    }),
  );
});
