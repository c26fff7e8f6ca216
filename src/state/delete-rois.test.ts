/** Deleting what is selected, with the way back on offer. */
import { beforeEach, expect, test } from "vitest";
import { moveBy } from "../editor/commands.ts";
import { idsOf } from "../roi/rois.ts";
import { messages, sourceOver, testServices } from "../testing/services.ts";
import { putRois, smallImage } from "../testing/tables.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { deleteSelected } from "./delete-rois.ts";
import { openSource } from "./open.ts";
import { switchLocked } from "./roi-shown.ts";
import { edit, redo, select, undo } from "./rois.ts";
import { createSession, type Session } from "./session.ts";

let session: Session;

beforeEach(async () => {
  const services = testServices();
  const store = new MemoryStore();
  await smallImage(store);
  await putRois(store, "FOV_ROI_table");
  session = createSession(services);
  await openSource(session, sourceOver(store, services));
});

const ids = () => [...idsOf(session.rois.getState().document.rois)];
const undoOffered = () => session.notices.getState().list.at(-1)?.button;

test("is undone by the button of its message, selection included", () => {
  const before = ids();
  select(session, new Set(before));
  deleteSelected(session);
  expect([ids(), messages(session), undoOffered()?.text]).toEqual([
    [],
    [`Deleted ${before.length} ROIs`],
    "Undo",
  ]);
  undoOffered()?.press();
  expect([ids(), [...session.rois.getState().document.selection]]).toEqual([before, before]);
  expect(messages(session)).toEqual([]);
});

test("is on offer for the last deletion alone, and only until something else is done", () => {
  const [first = -1, second = -1] = ids();
  const deleteOne = (id: number): void => {
    select(session, new Set([id]));
    deleteSelected(session);
  };
  deleteOne(first);
  expect(messages(session)).toEqual(["Deleted FOV_1"]);
  undo(session);
  expect(messages(session)).toEqual([]);
  redo(session);
  expect(messages(session)).toEqual([]);
  undo(session);
  deleteOne(first);
  const grid = { shape: [1, 100, 100], scale: [1, 1, 1] } as const;
  const { rois } = session.rois.getState().document;
  edit(session, moveBy(rois, new Set([second]), [0, 0, 1], grid));
  expect(messages(session)).toEqual([]);
});

test("leaves locked ROIs, and offers nothing where nothing was deleted", () => {
  const all = ids();
  const [first = -1] = all;
  switchLocked(session, new Set([first]));
  select(session, new Set([first]));
  deleteSelected(session);
  expect([ids(), messages(session)]).toEqual([all, ["FOV_1 is locked and stays as it is"]]);
  select(session, new Set(all));
  deleteSelected(session);
  expect([ids(), undoOffered()?.text]).toEqual([[first], "Undo"]);
});
