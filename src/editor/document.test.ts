/** Undo gives back what was there, selection and all; dirty means different from what was written. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newRoiTable } from "../roi/new-roi-table.ts";
import { idsOf, type Rois, roiAt } from "../roi/rois.ts";
import { cellsDiff } from "../roi/values.ts";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import { duplicate } from "./add-rois.ts";
import { valued } from "./cell-edit.ts";
import { addRoi, moveBy, newRoi, remove, rename, setField, stretchBy } from "./commands.ts";
import {
  closed,
  commit,
  openedDocument,
  type RoiDocument,
  redo,
  saved,
  select,
  undo,
} from "./document.ts";
import type { Edit } from "./edit.ts";
import { isDirty, markOf } from "./history.ts";

const grid = { shape: [4, 100, 100], scale: [1, 1, 1] } as const;
const opened = openedDocument(
  roisOfBoxes([
    flatBox([0, 0, 10, 10]),
    flatBox([20, 20, 40, 40], [1, 3]),
    flatBox([50, 50, 60, 60], [0, 4]),
  ]),
);
const table = newRoiTable({
  path: "tables/ROIs",
  zarrFormat: 2,
  backend: "csv",
  rois: idsOf(opened.rois).flatMap((id) => roiAt(opened.rois, id) ?? []),
});

const nudge = (document: RoiDocument, ids: number[], x: number): RoiDocument =>
  done(document, moveBy(document.rois, new Set(ids), [0, 0, x], grid));
const done = (document: RoiDocument, edit: Edit | undefined): RoiDocument =>
  edit === undefined ? document : commit(document, edit);

/** All there is to see of a document. */
function seen({ rois, selection }: { rois: Rois; selection: ReadonlySet<number> }) {
  return { rois: idsOf(rois).map((id) => [id, roiAt(rois, id)]), selection: [...selection] };
}

type Act = { do: (typeof DOES)[number]; ids: number[]; x: number };
const DOES = [
  ...(["nudge", "deepen", "set", "delete", "draw"] as const),
  ...(["duplicate", "rename", "mark", "select"] as const),
];
const acts = fc.array(
  fc.record({
    do: fc.constantFrom(...DOES),
    ids: fc.oneof(
      fc.uniqueArray(fc.nat({ max: 4 }), { maxLength: 3 }),
      fc.constant(Array.from({ length: 20 }, (_, id) => id)),
    ),
    x: fc.integer({ min: -30, max: 30 }),
  }),
  { maxLength: 12 },
);

function acted(document: RoiDocument, act: Act): RoiDocument {
  const ids = new Set(act.ids.filter((id) => roiAt(document.rois, id) !== undefined));
  const [first] = ids;
  switch (act.do) {
    case "nudge":
      return nudge(document, [...ids], act.x);
    case "deepen":
      return done(document, stretchBy(document.rois, ids, [1, 0, 0], [act.x, 0, 0], grid));
    case "set": {
      const quantity = { action: "add", value: act.x, unit: "voxel" } as const;
      return done(document, setField(document.rois, ids, "len_x", quantity, grid));
    }
    case "duplicate":
      return done(document, duplicate(document.rois, ids, grid));
    case "mark": {
      const value = act.x > 0 ? "keep" : undefined;
      const diff = cellsDiff(table, document.rois, ids, { column: "triage", value });
      return done(document, valued("Mark", document.rois, diff, ids));
    }
    case "delete":
      return done(document, remove(document.rois, ids));
    case "draw":
      return done(document, addRoi(document.rois, newRoi(document.rois, flatBox([1, 1, 9, 9]))));
    case "rename":
      return first === undefined ? document : done(document, rename(document.rois, first, "new"));
    case "select":
      return select(document, ids);
  }
}

test("any edits undone are as if never made, and redone as if never undone", () => {
  fc.assert(
    fc.property(acts, (all) => {
      const places = [opened];
      let document = opened;
      for (const act of all) {
        const next = closed(acted(document, act));
        if (next.history.done.length > document.history.done.length) {
          // What undo gives back is what was there right before the step.
          places[places.length - 1] = document;
          places.push(next);
        }
        document = next;
      }
      places[places.length - 1] = document;
      const back = [document];
      while (document.history.done.length > 0) {
        document = undo(document);
        back.unshift(document);
      }
      expect(back.map(seen)).toEqual(places.map(seen));
      expect(isDirty(document.history)).toBe(false);
      const last = back.length - 1;
      for (let i = 1; i <= last; i++) {
        document = redo(document);
        expect(seen(document).rois).toEqual(seen(places[i] ?? opened).rois);
      }
      expect(redo(document)).toBe(document);
    }),
  );
});

describe("steps", () => {
  test("of one held key are one, until something else is done", () => {
    let document = nudge(nudge(opened, [1], 1), [1], 1);
    expect(document.history.done.map(({ label }) => label)).toEqual(["Move roi_1"]);
    document = nudge(nudge(document, [0], 1), [1], 1);
    document = nudge(select(select(document, new Set([0])), new Set([1])), [1], 1);
    document = nudge(closed(document), [1], 1);
    expect(document.history.done.length).toBe(5);
    expect(roiAt(undo(undo(document)).rois, 1)?.box.min[2]).toBe(23);
  });

  test("that merge give the selection from before the first back", () => {
    const document = nudge(nudge(select(opened, new Set([0])), [1], 1), [1], 1);
    expect([...undo(document).selection]).toEqual([0]);
  });

  test("that lead back to the start are none", () => {
    const document = nudge(nudge(opened, [1], 3), [1], -3);
    expect([document.history.done.length, isDirty(document.history)]).toEqual([0, false]);
  });

  test("that were undone can be redone after a selection, not after an edit", () => {
    const back = undo(nudge(opened, [1], 3));
    expect(roiAt(redo(select(back, new Set([2]))).rois, 1)?.box.min[2]).toBe(23);
    const other = nudge(back, [2], 1);
    expect(redo(other)).toBe(other);
  });

  test("give the selection from before back, and the one after again", () => {
    const document = done(select(opened, new Set([0, 2])), remove(opened.rois, new Set([0, 2])));
    expect([...document.selection]).toEqual([]);
    expect([...undo(document).selection]).toEqual([0, 2]);
    expect([...redo(undo(document)).selection]).toEqual([]);
  });
});

describe("dirty", () => {
  test("is what differs from the last save, in either direction", () => {
    const first = nudge(opened, [1], 1);
    const written = saved(first, markOf(first.history));
    const states = [first, written, undo(written), redo(undo(written)), nudge(written, [1], 1)];
    expect(states.map(({ history }) => isDirty(history))).toEqual([true, false, true, false, true]);
  });

  test("stays for edits made while a save was under way", () => {
    const first = nudge(opened, [1], 1);
    const mark = markOf(first.history);
    const later = saved(nudge(first, [2], 1), mark);
    expect([isDirty(later.history), isDirty(undo(later).history)]).toEqual([true, false]);
  });

  test("is not ended by another edit in place of the saved one", () => {
    const first = nudge(opened, [1], 1);
    const written = saved(first, markOf(first.history));
    expect(isDirty(nudge(undo(written), [1], 1).history)).toBe(true);
  });

  test("a step that was saved is not merged into", () => {
    const first = nudge(opened, [1], 1);
    const written = saved(first, markOf(first.history));
    expect(isDirty(undo(nudge(written, [1], 1)).history)).toBe(false);
  });
});
