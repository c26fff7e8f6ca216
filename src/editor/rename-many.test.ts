/** Names by a pattern: all of them or none, each another, in the order of the table. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { applied, nameAt, type Rois, roisOf } from "../roi/rois.ts";
import type { Edit } from "./edit.ts";
import { renamedBy } from "./rename-many.ts";

const named = (...names: string[]): Rois =>
  roisOf({ names, bounds: new Float64Array(6 * names.length), labels: undefined });

const after = (rois: Rois, edit: Edit | string | undefined): unknown =>
  typeof edit === "object"
    ? rois.base.names.map((_, id) => nameAt(applied(rois, edit.diff), id))
    : edit;

const abc = named("a", "b", "c");

test.each([
  ["cell_{n}", [2, 0], ["cell_2", "b", "cell_1"]],
  ["cell_{n:03}", [0, 1], ["cell_001", "cell_002", "c"]],
  ["{name}_left", [0, 2], ["a_left", "b", "c_left"]],
  ["{name}{n}", [1, 2], ["a", "b1", "c2"]],
  ["{name}", [0, 1], undefined],
  ["cell", [0, 1], 'Two would be named "cell": put {n} or {name} in the pattern'],
  ["{n}", [0], '"1" would be read as a number; "ROI_1" would not'],
  ["", [0, 1], "An ROI needs a name"],
] as const)("%j of %j gives %j", (pattern, ids, want) => {
  expect(after(abc, renamedBy(abc, ids, pattern))).toEqual(want);
});

test("ROIs of one name need numbers", () => {
  const twins = named("a", "a");
  expect(renamedBy(twins, [0, 1], "{name}_left")).toBe(
    'Two would be named "a_left": put {n} in the pattern',
  );
  expect(after(twins, renamedBy(twins, [0, 1], "{name}_{n}"))).toEqual(["a_1", "a_2"]);
});

test("a pattern of other braces is refused and says which there are", () => {
  expect(renamedBy(abc, [0, 1], "{well}_{n}")).toMatch(/^In braces, only: .*\{n:03\}/);
  expect(renamedBy(abc, [0, 1], "cell_{n")).toMatch(/^In braces, only/);
});

test("names that the ROIs themselves have are free, those of others are not", () => {
  const rois = named("cell_2", "cell_1", "cell_3");
  expect(after(rois, renamedBy(rois, [0, 1], "cell_{n}"))).toEqual(["cell_1", "cell_2", "cell_3"]);
  expect(renamedBy(rois, [2, 1], "cell_{n}")).toMatch(/^Another ROI is named "cell_2"/);
});

test("what is renamed has as many names as ROIs, and those beside it keep theirs", () => {
  const pattern = fc.constantFrom("cell_{n}", "{name}_{n:02}", "{name}x", "roi_{n}", "same");
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 30 }), fc.infiniteStream(fc.nat()), pattern, (...all) => {
      const [count, picks, text] = all;
      const rois = named(...Array.from({ length: count }, (_, i) => `roi_${i + 1}`));
      const ids = [...new Set(Array.from({ length: 5 }, () => picks.next().value % count))];
      const edit = renamedBy(rois, ids, text);
      if (typeof edit !== "object") return;
      const now = applied(rois, edit.diff);
      const names = rois.base.names.map((_, id) => nameAt(now, id));
      expect(new Set(names).size).toBe(count);
      names.forEach((name, id) => {
        if (!ids.includes(id)) expect(name).toBe(`roi_${id + 1}`);
      });
    }),
  );
});
