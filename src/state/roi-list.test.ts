/** The listed ROIs: found and sorted elsewhere, and the same list for as long as no row comes or goes. */
import { expect, it } from "vitest";
import { openedDocument } from "../editor/document.ts";
import { worldBox } from "../geometry/box.ts";
import { roisFromTable } from "../roi/roi-table.ts";
import { applied, type Roi, type RoiId, type Rois, roiAt } from "../roi/rois.ts";
import { roiNo, tableOfRow } from "../testing/roi-builder.ts";
import { testSession } from "../testing/services.ts";
import { arrange, listFollower, sortBy } from "./roi-list.ts";
import { replaceRois } from "./rois.ts";

const table = tableOfRow(12);
const { rois: loaded } = roisFromTable(table);

function opened() {
  const session = testSession();
  replaceRois(session, { table, document: openedDocument(loaded), savedRois: loaded });
  return session;
}

const put = (rois: Rois, id: RoiId, to: Roi | undefined) =>
  applied(rois, new Map([[id, { from: roiAt(rois, id), to }]]));

it("is sorted by name as people do, then the other way round, then as the table is", async () => {
  const session = opened();
  const ids = () => session.list.getState().order?.ids;
  await arrange(session, { query: "x >= 9" });
  expect(ids()).toEqual([9, 10, 11]);
  await sortBy(session, "name");
  expect(ids()).toEqual([9, 10, 11]);
  await sortBy(session, "name");
  expect(ids()).toEqual([11, 10, 9]);
  await arrange(session, { query: "" });
  expect(ids()?.[0]).toBe(11);
  await sortBy(session, "name");
  expect(ids()).toBeUndefined();
  expect(session.list.getState().busy).toBe(false);
});

it("lets the newest of several searches win, and keeps the rows where an expression is none", async () => {
  const session = opened();
  await Promise.all([arrange(session, { query: "x < 5" }), arrange(session, { query: "x < 2" })]);
  expect(session.list.getState()).toMatchObject({ order: { ids: [0, 1] }, busy: false });
  await arrange(session, { query: "x <" });
  expect(session.list.getState()).toMatchObject({ order: { ids: [0, 1] }, busy: false });
  expect(session.list.getState().problem).toBeDefined();
});

it("is the very same list after an edit that adds and deletes none", () => {
  const follow = listFollower();
  const all = { order: undefined };
  const first = follow(all, loaded);
  const moved = put(loaded, 3, { ...roiNo(3), box: worldBox([0, 0, 50], [1, 1, 51]) });
  expect(follow(all, moved)).toBe(first);
  const fewer = put(moved, 4, undefined);
  expect(follow(all, fewer)).toEqual([0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11]);
  expect(follow(all, put(fewer, 12, roiNo(12))).at(-1)).toBe(12);
  expect(follow(all, moved)).toEqual(first);
});
