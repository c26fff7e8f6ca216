/** Colours by a column, values set for many, and what hiding and locking keep from changing. */
import { beforeEach, describe, expect, test } from "vitest";
import { moveBy, remove } from "../editor/commands.ts";
import { readersOf } from "../roi/readers.ts";
import { roiAt } from "../roi/rois.ts";
import { messages, sourceOver, testSession } from "../testing/services.ts";
import { numbers, putAreas, putMasks, putRois, smallImage } from "../testing/tables.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { chooseFeatures } from "./features.ts";
import { openSource } from "./open.ts";
import { openTable } from "./open-table.ts";
import { colorBy, countColors, setEnds } from "./roi-colors.ts";
import { columnsOf } from "./roi-list.ts";
import { showAll, switchHidden, switchLocked } from "./roi-shown.ts";
import { edit, select, undo } from "./rois.ts";
import type { Session } from "./session.ts";
import { commonOf, setValues, valuesProblem } from "./set-values.ts";
import { mark } from "./triage.ts";

let session: Session;
let store: WatchedStore;

const names = ["a", "b", "c", "d"];
const quality = {
  kind: "text",
  values: ["good", "bad", undefined, "good"],
  categorical: true,
} as const;

beforeEach(async () => {
  session = testSession();
  store = new WatchedStore();
  await smallImage(store);
  const columns = { quality, area: numbers([1.5, 2, Number.NaN, 5]) };
  await putRois(store, "FOV_ROI_table", { names, columns });
  await openSource(session, sourceOver(store, session.services));
});

const document = () => session.rois.getState().document;
const values = (column: string) => {
  const reader = columnsOf(session).get(column);
  return names.map((_, id) => reader?.at(id));
};

describe("colours", () => {
  const colors = () => session.colors.getState();

  test("texts have places by how often they are there, and keep them while values change", async () => {
    await colorBy(session, "quality");
    expect(colors().summary).toMatchObject({ missing: 1 });
    expect([...colors().places]).toEqual([
      ["good", 0],
      ["bad", 1],
    ]);
    select(session, new Set([0, 2, 3]));
    setValues(session, "quality", "awful");
    await countColors(session);
    expect([...colors().places]).toEqual([
      ["good", 0],
      ["bad", 1],
      ["awful", 2],
    ]);
    expect(colors().summary).toMatchObject({
      values: [
        { value: "awful", count: 3 },
        { value: "bad", count: 1 },
      ],
    });
  });

  test("numbers reach from end to end, ends set by hand stay after edits, and go with the column", async () => {
    await colorBy(session, "area");
    expect(colors().summary).toEqual({ kind: "range", min: 1.5, max: 5, missing: 1 });
    setEnds(session, [0, 3]);
    select(session, new Set([3]));
    setValues(session, "area", "*2");
    await countColors(session);
    expect(colors()).toMatchObject({ ends: [0, 3], summary: { max: 10 } });
    await colorBy(session, "x");
    expect(colors().ends).toBe(undefined);
  });

  test("joined features are columns too; without them, and in a table without the column, there is no colour", async () => {
    await putMasks(store, "nuclei_ROI_table");
    await putAreas(store, "nuclei_features", [3, 7]);
    await openSource(session, sourceOver(store, session.services), { table: "nuclei_ROI_table" });
    await chooseFeatures(session, "nuclei_features");
    await colorBy(session, "area");
    expect(colors().summary).toMatchObject({ kind: "range", min: 30, max: 70 });
    // Objects of another label have the same numbers, and are not these.
    await putAreas(store, "cell_features", [3, 7], "cells");
    await chooseFeatures(session, "cell_features");
    expect(columnsOf(session).has("area")).toBe(false);
    await chooseFeatures(session, "nuclei_features");
    expect(columnsOf(session).has("area")).toBe(true);
    await chooseFeatures(session, undefined);
    await countColors(session);
    expect(colors()).toMatchObject({ column: undefined, summary: undefined });
  });
});

test("features of objects are no columns of ROIs that have no labels to be joined by", async () => {
  await putAreas(store, "nuclei_features", [3, 7]);
  const before = [...columnsOf(session).keys()];
  await chooseFeatures(session, "nuclei_features");
  expect(session.features.getState().chosen?.name).toBe("nuclei_features");
  expect([...columnsOf(session).keys()]).toEqual(before);
});

describe("values of several", () => {
  const all = new Set([0, 1, 3]);

  test("what they have in common is told, what differs is not", () => {
    const { table } = session.rois.getState();
    if (!table) throw new Error("no table");
    const readers = readersOf(table, document().rois);
    const common = (column: string, ids: Iterable<number>) => {
      const reader = readers.get(column);
      return reader && commonOf(reader, ids);
    };
    expect(common("quality", [0, 3])).toBe("good");
    expect(common("quality", all)).toBe(undefined);
    expect(common("area", [2])).toBe("");
    expect(common("area", [1, 2])).toBe(undefined);
  });

  test("a number sets all, a sign before it changes each, as one step", () => {
    select(session, new Set([0, 1, 2, 3]));
    setValues(session, "area", "+5");
    expect(values("area")).toEqual([6.5, 7, Number.NaN, 10]);
    setValues(session, "area", "/2");
    expect(values("area")).toEqual([3.25, 3.5, Number.NaN, 5]);
    setValues(session, "area", "+-1");
    expect(values("area")).toEqual([2.25, 2.5, Number.NaN, 4]);
    setValues(session, "area", "-5");
    expect(values("area")).toEqual([-5, -5, -5, -5]);
    for (let i = 0; i < 4; i++) undo(session);
    expect(values("area")).toEqual([1.5, 2, Number.NaN, 5]);
    expect(valuesProblem(session, "area", "many")).toContain("no number");
    expect(valuesProblem(session, "area", "/0")).toContain("no number");
  });
});

describe("hidden and locked", () => {
  const box = (id: number) => roiAt(document().rois, id)?.box.min[2];

  test("all of a group are hidden unless all are, and a new table shows all of its own", async () => {
    const hidden = () => [...session.rois.getState().hidden];
    switchHidden(session, [1]);
    switchHidden(session, [1, 2]);
    expect(hidden()).toEqual([1, 2]);
    switchHidden(session, [1, 2]);
    expect(hidden()).toEqual([]);
    switchHidden(session, [0]);
    showAll(session);
    expect(hidden()).toEqual([]);
    switchHidden(session, [0]);
    await openTable(session, "FOV_ROI_table");
    expect(hidden()).toEqual([]);
  });

  test("what is locked is not moved, deleted or marked, which is told; the others are", () => {
    const opened = session.opened.getState();
    if (opened.kind !== "open" || !opened.place.image) throw new Error("no image");
    const { grid } = opened.place.image.levels[0];
    switchLocked(session, [1]);
    const both = new Set([1, 2]);
    select(session, both);
    edit(session, moveBy(document().rois, both, [0, 0, 3], grid));
    expect([box(1), box(2)]).toEqual([20, 43]);
    expect(messages(session)).toEqual(["b is locked and stays as it is"]);
    edit(session, remove(document().rois, both));
    expect([box(1), box(2)]).toEqual([20, undefined]);
    expect([...document().selection]).toEqual([1]);
    const before = document();
    mark(session, "keep");
    expect(document().rois).toBe(before.rois);
    switchLocked(session, [1]);
    edit(session, remove(document().rois, new Set([1])));
    expect(box(1)).toBe(undefined);
  });
});
