/** Very many ROIs are made away from the page as few are made on it, beside whatever is done meanwhile. */
import { beforeEach, expect, test } from "vitest";
import { finished } from "../base/steps.ts";
import { duplicate } from "../editor/add-rois.ts";
import { select } from "../editor/document.ts";
import { worldBox } from "../geometry/box.ts";
import { type PixelGrid, wholeOf, worldFromPixel } from "../geometry/pixel-grid.ts";
import { gridOf } from "../roi/grid.ts";
import { newRoiTable } from "../roi/new-roi-table.ts";
import { roisOfText } from "../roi/pasted.ts";
import { idsOf, nameAt, roiAt } from "../roi/rois.ts";
import { firstProblems } from "../roi/validate.ts";
import { createTable } from "../table/create-table.ts";
import { messages, sourceOver, testSession } from "../testing/services.ts";
import { smallImage } from "../testing/tables.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { duplicateSelected, frameOf, pasteText } from "./create-rois.ts";
import { addMany, FEW, selectedText } from "./many-rois.ts";
import { openSource } from "./open.ts";
import { edit, redo, rulesOf, undo } from "./rois.ts";
import type { Session } from "./session.ts";

const COUNT = FEW + 500;
let session: Session;
let grid: PixelGrid;

const state = () => session.rois.getState();
const rois = () => state().document.rois;
const all = () => idsOf(rois()).map((id) => [id, roiAt(rois(), id)]);

function selectIds(ids: Iterable<number>): void {
  session.rois.setState(({ document }) => ({ document: select(document, new Set(ids)) }));
}

beforeEach(async () => {
  session = testSession();
  const store = new WatchedStore();
  const image = await smallImage(store);
  grid = image.levels[0].grid;
  const table = newRoiTable({
    path: "tables/many",
    zarrFormat: image.zarrFormat,
    backend: "csv",
    rois: Array.from({ length: COUNT }, (_, i) => ({
      name: `roi_${i}`,
      box: worldBox([0, i % 50, Math.floor(i / 50)], [1, (i % 50) + 4, Math.floor(i / 50) + 4]),
      label: undefined,
    })),
  });
  await createTable({ store, table });
  await openSource(session, sourceOver(store, session.services), { table: "many" });
  selectIds(idsOf(rois()));
});

test("many duplicates are one step, the same as made one by one", async () => {
  const before = all();
  const onPage = duplicate(rois(), state().document.selection, grid);
  await duplicateSelected(session, grid);
  expect(all().slice(COUNT)).toEqual([...(onPage?.diff ?? [])].map(([id, { to }]) => [id, to]));
  expect([...state().document.selection]).toEqual([...(onPage?.selection ?? [])]);
  expect(state().document.history.done.map(({ label }) => label)).toEqual([onPage?.label]);
  expect(state().making).toBeUndefined();
  undo(session);
  expect(all()).toEqual(before);
  redo(session);
  expect(idsOf(rois())).toHaveLength(2 * COUNT);
});

test("what is edited meanwhile stays, and no number or name is given twice", async () => {
  const made = duplicateSelected(session, grid);
  edit(session, duplicate(rois(), new Set([0]), grid));
  const [first] = state().document.selection;
  await made;
  expect(first === undefined ? undefined : nameAt(rois(), first)).toBe("roi_0-2");
  const names = idsOf(rois()).map((id) => nameAt(rois(), id));
  expect(names).toHaveLength(2 * COUNT + 1);
  expect(new Set(names).size).toBe(names.length);
  expect(state().problems).toEqual(finished(firstProblems(rois(), rulesOf(state()))));
});

test("numbers that were taken back are not given out again", async () => {
  edit(session, duplicate(rois(), new Set([0, 1]), grid));
  undo(session);
  await duplicateSelected(session, grid);
  expect(Math.min(...state().document.selection)).toBe(COUNT + 2);
});

test.each(["geojson", "csv"] as const)(
  "many are copied as %s and pasted as they were",
  async (format) => {
    const opened = session.opened.getState();
    const image = opened.kind === "open" ? opened.place.image : undefined;
    if (!image) throw new Error("No image");
    const bytes = await selectedText(session, { format, frame: frameOf(image) });
    const text = new TextDecoder().decode(bytes);
    expect(roisOfText(text, frameOf(image))).toHaveLength(COUNT);
    const before = all();
    await pasteText(session, `${text}${" ".repeat(100_000)}`);
    const pasted = all().slice(COUNT);
    const boxes = (list: typeof before) =>
      list.map(([, roi]) => typeof roi === "object" && roi.box);
    expect(boxes(pasted)).toEqual(boxes(before));
    expect(state().document.selection.size).toBe(COUNT);
  },
);

test("nonsense is told with its row, and changes nothing", async () => {
  const before = state().document;
  const rows = Array.from({ length: 20_000 }, (_, i) => `${i},0,0,2,2`);
  const text = ["name,x,y,width,height", ...rows, "last,0,0,2,two"].join("\n");
  await expect(pasteText(session, text)).rejects.toThrow('Row 20002: "two" is no number');
  expect(state().document).toBe(before);
  expect(messages(session)).toEqual([]);
});

test("a long text is sent away in a task after the one that took it off the clipboard", async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => `${i},0,0,2,2`);
  const pasted = pasteText(session, ["name,x,y,width,height", ...rows].join("\n"));
  const before = state().making;
  await pasted;
  expect(before).toBeUndefined();
  expect(state().document.selection.size).toBe(rows.length);
});

test("many in a grid are one step, in reading order beside those that are there", async () => {
  const spec = { by: "count", y: 40, x: 40, tail: "drop", overlap: 0 } as const;
  const addition = { kind: "grid", area: wholeOf(grid), spec, level: grid } as const;
  await addMany(session, addition, { doing: "Making", verb: "Grid of" });
  const boxes = gridOf(wholeOf(grid), spec).map((box) => worldFromPixel(grid, box));
  expect([...state().document.selection].map((id) => roiAt(rois(), id)?.box)).toEqual(boxes);
  expect(state().document.history.done.map(({ label }) => label)).toEqual(["Grid of 1,600 ROIs"]);
  expect(nameAt(rois(), COUNT)).toBe("ROI_1");
});

test("once stopped, nothing is added", async () => {
  const before = state().document;
  const made = duplicateSelected(session, grid);
  state().making?.stop();
  await expect(made).rejects.toMatchObject({ tag: "aborted" });
  expect(state().document).toBe(before);
  expect(state().making).toBeUndefined();
});
