/** Names are written where there is room, and only so many. */
import { expect, test } from "vitest";
import { applied, type RoiDiff, roiAt } from "../roi/rois.ts";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import { type NameView, namesIn, sameNames } from "./roi-names.ts";

const rois = roisOfBoxes([
  flatBox([0, 0, 60, 40]),
  flatBox([100, 0, 140, 40]),
  flatBox([200, 0, 260, 10]),
  flatBox([300, 0, 360, 40], [1, 2]),
  flatBox([5000, 0, 5060, 40]),
  flatBox([400, 0, 460, 40]),
]);
const view: NameView = {
  plane: { min: 0.01, max: 0.99 },
  pixelsPerUnit: 1,
  bounds: [0, 0, 1000, 1000],
  preview: undefined,
};
const ids = (of = rois, change: Partial<NameView> = {}) =>
  namesIn(of, { ...view, ...change }).map(({ id }) => id);

test("not in a box too narrow or too low for them, off the plane or out of view", () => {
  expect(ids()).toEqual([0, 5]);
  expect(ids(rois, { pixelsPerUnit: 3 })).toEqual([0, 1, 2, 5]);
  expect(ids(rois, { plane: { min: 1.01, max: 1.99 } })).toEqual([3]);
  expect(ids(rois, { bounds: [4000, 0, 6000, 1000] })).toEqual([4]);
});

test("where an edit put the ROI, and not where a hand holds it", () => {
  const from = roiAt(rois, 0);
  const to = from && { ...from, name: "moved", box: flatBox([500, 0, 560, 40]) };
  const diff: RoiDiff = new Map([[0, { from, to }]]);
  expect(namesIn(applied(rois, diff), view).at(-1)).toEqual({ id: 0, text: "moved", x: 500, y: 0 });
  expect(ids(rois, { preview: diff })).toEqual([5]);
  const gone: RoiDiff = new Map([[5, { from: roiAt(rois, 5), to: undefined }]]);
  expect(ids(applied(rois, gone))).toEqual([0]);
});

test("at most 120", () => {
  expect(ids(roisOfBoxes(Array(500).fill(flatBox([0, 0, 99, 99])))).length).toBe(120);
});

test("are the same while nothing of what is written differs", () => {
  const names = namesIn(rois, view);
  expect(sameNames(names, namesIn(rois, { ...view, bounds: [0, 0, 900, 900] }))).toBe(true);
  expect(
    sameNames(
      names,
      namesIn(rois, { ...view, preview: new Map([[5, { from: undefined, to: undefined }]]) }),
    ),
  ).toBe(false);
  expect(
    sameNames(
      names,
      names.map((tag) => ({ ...tag, y: 1 })),
    ),
  ).toBe(false);
});
