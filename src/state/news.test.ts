/** What is told aloud of the open ROIs: tables, selections, steps and saves, and nothing that changes none of them. */
import { beforeEach, expect, test } from "vitest";
import { rename } from "../editor/commands.ts";
import { sourceOver, testSession } from "../testing/services.ts";
import { putRois, smallImage } from "../testing/tables.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { newsOf } from "./news.ts";
import { openSource } from "./open.ts";
import { edit, redo, select, undo } from "./rois.ts";
import { saveRois } from "./save.ts";
import type { Session } from "./session.ts";

let session: Session;
let told: string[];

beforeEach(async () => {
  session = testSession();
  const store = new WatchedStore();
  await smallImage(store);
  await putRois(store, "FOV_ROI_table", { names: ["FOV_1", "FOV_2"] });
  told = [];
  session.rois.subscribe((now, before) => {
    const news = newsOf(before, now);
    if (news !== undefined) told.push(news.text);
  });
  await openSource(session, sourceOver(store, session.services));
});

const document = () => session.rois.getState().document;

test("a table that is opened, and what is selected in it", () => {
  select(session, new Set([1]));
  select(session, new Set([0, 1]));
  session.rois.setState({ hovered: 1 });
  session.rois.setState({ tool: "draw" });
  select(session, new Set());
  expect(told).toEqual([
    "FOV_ROI_table is open, 2 ROIs",
    "FOV_2 selected",
    "2 ROIs selected",
    "Nothing selected",
  ]);
});

test("each step by its name, taken back, done again, and the save", async () => {
  told = [];
  edit(session, rename(document().rois, 0, "mitosis"));
  undo(session);
  redo(session);
  await saveRois(session);
  expect(told).toEqual([
    "Rename FOV_1 to mitosis",
    "Undone: Rename FOV_1 to mitosis",
    "Redone: Rename FOV_1 to mitosis",
    "Table saved",
  ]);
});

test("a new step after one that was undone is no redo; an ROI with a problem tells it when it is selected", () => {
  edit(session, rename(document().rois, 0, "mitosis"));
  undo(session);
  told = [];
  edit(session, rename(document().rois, 1, "FOV_1"));
  select(session, new Set());
  select(session, new Set([1]));
  const [step, , selected] = told;
  expect(step).toBe("Rename FOV_2 to FOV_1");
  expect(selected).toMatch(/^FOV_1 selected: ./);
});
