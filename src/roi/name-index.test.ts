/** Who has which name, and what is validated again, after any edits: the same as when all is looked at anew. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { finished } from "../base/steps.ts";
import { worldBox } from "../geometry/box.ts";
import {
  applied,
  idsOf,
  nameAt,
  type Roi,
  type RoiDiff,
  type Rois,
  roiAt,
  roisOf,
  takenBack,
} from "./rois.ts";
import { firstProblems, firstProblemsSince, idsToValidate } from "./validate.ts";

const NAMES = ["a", "b", "c", "", "7"];
const rules = { type: "roi_table", world: worldBox([0, 0, 0], [1, 10, 10]) } as const;

const rows = fc.array(fc.constantFrom(...NAMES), { maxLength: 6 });
/** For some ids what becomes of them: undefined deletes. */
const edits = fc.array(
  fc.array(
    fc.record({
      id: fc.nat(8),
      to: fc.option(fc.record({ name: fc.constantFrom(...NAMES), x: fc.constantFrom(0, 4, 50) }), {
        nil: undefined,
      }),
    }),
    { maxLength: 4 },
  ),
  { maxLength: 6 },
);

function loaded(names: readonly string[]) {
  const bounds = Float64Array.from(names.flatMap(() => [0, 0, 0, 1, 1, 1]));
  return roisOf({ names, bounds, labels: undefined });
}

function diffOf(
  rois: ReturnType<typeof loaded>,
  made: { id: number; to?: { name: string; x: number } | undefined }[],
): RoiDiff {
  return new Map(
    made.map(({ id, to }) => {
      const box = to && worldBox([0, 0, to.x], [1, 1, to.x + 1]);
      const roi: Roi | undefined = to && box && { name: to.name, box, label: undefined };
      return [id, { from: roiAt(rois, id), to: roi }];
    }),
  );
}

it("is kept through edits and their undoing as if all were looked at anew", () => {
  fc.assert(
    fc.property(rows, edits, (names, made) => {
      const start = loaded(names);
      let rois = start;
      let problems = finished(firstProblems(rois, rules));
      const undos: RoiDiff[] = [];
      const go = (after: Rois): void => {
        problems = firstProblemsSince(problems, { before: rois, after }, rules);
        rois = after;
        expect([...problems]).toEqual([...finished(firstProblems(rois, rules))]);
        for (const name of NAMES) {
          const ids = idsOf(rois).filter((id) => nameAt(rois, id) === name);
          expect([...rois.names.idsOf(name)]).toEqual(ids);
          expect(rois.names.count(name)).toBe(ids.length);
          expect(rois.names.has(name)).toBe(ids.length > 0);
        }
      };
      for (const one of made) {
        const diff = diffOf(rois, one);
        undos.push(diff);
        go(applied(rois, diff));
      }
      for (const diff of undos.reverse()) go(takenBack(rois, diff));
      expect(rois.overlay.size).toBe(0);
    }),
  );
});

it("has an edit look at what it touched, and a renaming at namesakes, of however many ROIs", () => {
  const many = loaded(Array.from({ length: 100_000 }, (_, i) => `roi_${i}`));
  const from = roiAt(many, 5);
  if (!from) throw new Error("There is no such ROI");
  const box = worldBox([0, 0, 1], [1, 1, 2]);
  const moved = applied(many, new Map([[5, { from, to: { ...from, box } }]]));
  const looked = (before: Rois, after: Rois) => {
    const problems = finished(firstProblems(before, rules));
    const { reshaped, renamed: named } = idsToValidate(problems, before, after);
    return [[...reshaped], [...named]];
  };
  expect(looked(many, moved)).toEqual([[5], []]);
  const to = { ...from, box, name: "roi_99999" };
  const renamed = applied(moved, new Map([[5, { from: { ...from, box }, to }]]));
  expect(looked(moved, renamed)).toEqual([[], [5, 99_999]]);
  expect(looked(renamed, moved)).toEqual([[], [5, 99_999]]);
  expect(looked(moved, moved)).toEqual([[], []]);
  const gone = applied(moved, new Map([[7, { from: roiAt(many, 7), to: undefined }]]));
  expect(looked(moved, gone)).toEqual([[], []]);
});
