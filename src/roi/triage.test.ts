/** Going over ROIs: which is next, and how far one is, counted as if every row were looked at. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { withColumn } from "../table/columns.ts";
import { flatBox } from "../testing/roi-builder.ts";
import { newRoiTable } from "./new-roi-table.ts";
import { roisFromTable } from "./roi-table.ts";
import { applied, idsOf, type Rois } from "./rois.ts";
import {
  categoriesOf,
  categoryOf,
  discardedIn,
  loadedDiscarded,
  loadedProgress,
  nextUnreviewed,
  progressOf,
  progressText,
  TRIAGE_COLUMN,
} from "./triage.ts";
import { cellsDiff } from "./values.ts";

const box = flatBox([0, 0, 5, 5]);
const bare = newRoiTable({
  path: "tables/t",
  zarrFormat: 2,
  backend: "csv",
  rois: ["a", "b", "c", "d"].map((name) => ({ name, box, label: undefined })),
});
const table = withColumn(bare, TRIAGE_COLUMN, {
  kind: "text",
  values: ["keep", undefined, "discard", ""],
  categorical: true,
});
const { rois } = roisFromTable(table);

it("goes to the next without a category, round the end, and nowhere once all have one", () => {
  expect(nextUnreviewed(table, rois, [0, 1, 2, 3], undefined)).toBe(1);
  expect(nextUnreviewed(table, rois, [0, 1, 2, 3], 1)).toBe(3);
  expect(nextUnreviewed(table, rois, [0, 1, 2, 3], 3)).toBe(1);
  expect(nextUnreviewed(table, rois, [3, 2, 1, 0], 0)).toBe(3);
  const change = { column: TRIAGE_COLUMN, value: "keep" };
  const all = applied(rois, cellsDiff(table, rois, [1, 3], change));
  expect(nextUnreviewed(table, all, [0, 1, 2, 3], 0)).toBeUndefined();
});

it("says how far one is", () => {
  expect(progressText(loadedProgress(table))).toBe("2/4, 1 discarded");
  expect(progressText(loadedProgress(bare))).toBe("0/4");
});

it("reads categories once each, and none from nothing", () => {
  expect(categoriesOf(" mitotic, dead ,,mitotic")).toEqual(["mitotic", "dead"]);
  expect(categoriesOf(" , ")).toBeUndefined();
});

it("counts after any edits what a count of every ROI finds", () => {
  const edit = fc.record({
    id: fc.nat(6),
    to: fc.option(fc.constantFrom("keep", "discard", "mitotic"), { nil: undefined }),
    how: fc.constantFrom("mark", "delete", "add"),
  });
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
      let now: Rois = rois;
      for (const { id, to, how } of edits) {
        if (how === "mark") {
          const change = { column: TRIAGE_COLUMN, value: to };
          now = applied(now, cellsDiff(table, now, [id], change));
        } else if (how === "delete" && id < now.nextId)
          now = applied(now, new Map([[id, { from: undefined, to: undefined }]]));
        else if (how === "add") {
          const roi = { name: "new", box, label: undefined, copiedFrom: id % 4 };
          now = applied(now, new Map([[now.nextId, { from: undefined, to: roi }]]));
        }
      }
      const categories = idsOf(now).map((id) => categoryOf(table, now, id));
      const progress = progressOf(table, now, loadedProgress(table));
      expect(progress.total).toBe(categories.length);
      expect(progress.reviewed).toBe(categories.filter(Boolean).length);
      for (const category of ["keep", "discard", "mitotic"])
        expect(progress.counts.get(category) ?? 0).toBe(
          categories.filter((one) => one === category).length,
        );
    }),
  );
});

it("knows the discarded ROIs after edits", () => {
  const loaded = loadedDiscarded(table);
  expect([...discardedIn(table, rois, loaded)]).toEqual([2]);
  const change = { column: TRIAGE_COLUMN, value: "discard" };
  const more = applied(rois, cellsDiff(table, rois, [0], change));
  const less = applied(more, cellsDiff(table, more, [2], { ...change, value: "keep" }));
  expect([...discardedIn(table, less, loaded)]).toEqual([0]);
});
