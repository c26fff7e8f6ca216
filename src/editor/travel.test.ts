/** Any place of the history, reached at once, is the same as step by step. */
import { expect, test } from "vitest";
import { roisOf } from "../roi/rois.ts";
import { flatBox } from "../testing/roi-builder.ts";
import { addRoi, newRoi, remove } from "./commands.ts";
import { commit, openedDocument, type RoiDocument } from "./document.ts";
import { markOf } from "./history.ts";
import { travelled } from "./travel.ts";

const opened = openedDocument(roisOf({ names: [], bounds: new Float64Array(), labels: undefined }));

/** The document after each step, the opened one first. */
function story(): RoiDocument[] {
  const all = [opened];
  const then = (edit: (now: RoiDocument) => ReturnType<typeof remove>): void => {
    const now = all.at(-1) ?? opened;
    const made = edit(now);
    if (made) all.push(commit({ ...now, history: { ...now.history, open: false } }, made));
  };
  for (let i = 0; i < 4; i++)
    then(({ rois }) => addRoi(rois, newRoi(rois, flatBox([i, i, i + 5, i + 5]))));
  then(({ rois, selection }) => remove(rois, selection));
  return all;
}

test("from each place to each other", () => {
  const all = story();
  const last = all.at(-1) ?? opened;
  for (const from of all)
    for (const to of all) {
      const there = travelled(travelled(last, markOf(from.history)), markOf(to.history));
      expect(there.rois).toEqual({ ...to.rois, nextId: there.rois.nextId });
      expect(there.selection).toEqual(to.selection);
      expect([there.history.done.length, there.history.undone.length]).toEqual([
        to.history.done.length,
        all.length - 1 - to.history.done.length,
      ]);
    }
});

test("a place that is not known changes nothing", () => {
  const last = story().at(-1) ?? opened;
  expect(travelled(last, 1000)).toBe(last);
});
