/** What is read of very many rows comes in steps of few, and says the same as at once. */
import { describe, expect, test } from "vitest";
import { finished, STEP, type Steps } from "../base/steps.ts";
import { rectIndexOf } from "../geometry/rect-index.ts";
import { readNames, readNumbers, rowNumbers } from "../table/columns.ts";
import type { Column, Table } from "../table/table.ts";
import { packChanges } from "./packed-changes.ts";
import { eachIn } from "./places.ts";
import { readRois, roisFromTable } from "./roi-table.ts";
import { applied, changedIn, idsOf, type RoiId, roiAt } from "./rois.ts";

const TIMES = 5;
const ROWS = TIMES * STEP;

const texts = (of: (row: number) => string): Column => ({
  kind: "text",
  values: Array.from({ length: ROWS }, (_, row) => of(row)),
  categorical: false,
});

function pausesOf(steps: Steps<unknown>): number {
  let pauses = 0;
  while (!steps.next().done) pauses++;
  return pauses;
}

/** A masking table, whose boxes are text: nothing of it is there before it is read. */
const table: Table = {
  path: "tables/t",
  zarrFormat: 2,
  backend: "csv",
  attributes: { type: "masking_roi_table" },
  index: { name: "label", values: Array.from({ length: ROWS }, (_, row) => `${row}.0`) },
  columns: new Map(
    ["z", "y", "x"].flatMap((axis) => [
      [`${axis}_micrometer`, texts((row) => String(axis === "x" ? 2 * row : 0))],
      [`len_${axis}_micrometer`, texts(() => "1")],
    ]),
  ),
};

describe("a pause comes at the latest after a thousand rows", () => {
  const numbers = texts(String);
  const { rois } = roisFromTable(table);
  const everyOneMoved = changedIn(rois, ({ place }) => {
    for (const id of idsOf(rois)) place(id, [0, 9, 9, 1, 10, 10]);
  });

  test.each([
    ["numbers of text", 1, () => readNumbers(numbers)],
    ["numbers made row by row", 1, () => rowNumbers(ROWS, (row) => row)],
    [
      "names of numbers",
      1,
      () => readNames({ ...numbers, values: [...numbers.values.slice(1), undefined] } as Column),
    ],
    // Class, members, extent, cells, order.
    ["places", 5, () => rectIndexOf(rois.base.bounds)],
    // Labels, names and labels of names, two columns for each axis, boxes, problems.
    ["ROIs", 2 + 3 + 6 + 1 + 1, () => readRois(table)],
    // What each was and became, and its name.
    ["edits that are kept", 2 + 2, () => packChanges(rois, applied(rois, everyOneMoved))],
  ] as const)("in %s", (_, passes, read) => {
    expect(pausesOf(read())).toBe(passes * TIMES);
  });
});

test("names that are all there are not copied", () => {
  const column = texts(String);
  const steps = readNames(column);
  expect(finished(steps)).toBe(column.values);
});

test("an index made beforehand is the one that is looked up in, and edits made meanwhile are found", () => {
  const { rois } = finished(readRois(table));
  const making = rois.places.making(rois);
  making.next();
  const roi = roiAt(rois, 7);
  if (!roi) throw new Error("There should be one");
  const moved = applied(rois, new Map([[7, { from: roi, to: undefined }]]));
  finished(making);
  // Made now, it would be of boxes that are nowhere.
  const there = rois.base.bounds.slice();
  rois.base.bounds.fill(Number.NaN);
  const { index } = rois.places.of(rois);
  expect(index.classes.length).toBe(1);
  rois.base.bounds.set(there);
  expect(moved.places.of(moved).index).toBe(index);
  const found: RoiId[] = [];
  eachIn(moved, [12, 0, 17, 1], 0, (id) => found.push(id));
  expect(found.sort((a, b) => a - b)).toEqual([6, 8]);
});
