/** Many ROIs changed in their columns: the same as value by value, and taken back to the bit. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import { Between } from "./between.ts";
import {
  applied,
  changedIn,
  deletedIn,
  idsOf,
  type RoiDiff,
  type RoiId,
  type Rois,
  roiAt,
  takenBack,
} from "./rois.ts";

const COUNT = 600;
const loaded = roisOfBoxes(Array.from({ length: COUNT }, (_, i) => flatBox([i, 0, i + 1, 1])));
const values = new Map([["triage", "keep"]]);

const change = fc.record({
  from: fc.nat(COUNT - 1),
  count: fc.constantFrom(1, 63, 64, 300, COUNT),
  kind: fc.constantFrom("place", "give", "reset", "delete"),
});

function changeOf(rois: Rois, ids: readonly RoiId[], kind: string): RoiDiff {
  if (kind === "delete") return deletedIn(rois, ids);
  return changedIn(rois, ({ place, give }) => {
    for (const id of ids)
      if (kind === "place") place(id, [0, 5, id, 1, 6, id + ids.length]);
      else give(id, kind === "give" ? values : undefined);
  });
}

test("any changes are what the values say, and go back the way they came", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 6 }), (changes) => {
      let rois = loaded;
      const steps: RoiDiff[] = [];
      for (const { from, count, kind } of changes) {
        const ids = idsOf(rois).filter((id) => id >= from && id < from + count);
        const diff = changeOf(rois, ids, kind);
        const byValue = applied(rois, new Map(diff));
        const whole = applied(rois, diff);
        expect(whole.overlay.differing(byValue.overlay)).toEqual([]);
        expect(whole.overlay.size).toBe(byValue.overlay.size);
        for (const [id, { to }] of diff) expect(roiAt(byValue, id)).toEqual(to);
        steps.push(diff);
        rois = whole;
        if (kind === "place")
          for (const id of ids) expect(roiAt(rois, id)?.box.max[2]).toBe(id + ids.length);
      }
      for (const diff of steps.toReversed()) rois = takenBack(rois, diff);
      expect(rois.overlay.size).toBe(0);
      expect(idsOf(rois)).toHaveLength(COUNT);
    }),
    { numRuns: 60 },
  );
});

test("few are kept as values, many as the states they lie between", () => {
  const move = (count: number) =>
    changedIn(loaded, ({ place }) => {
      for (let id = 0; id < count; id++) place(id, [0, 9, 9, 1, 10, 10]);
    });
  expect(move(63)).not.toBeInstanceOf(Between);
  expect(move(64)).toBeInstanceOf(Between);
  expect(move(64).size).toBe(64);
});
