/** Merging makes one ROI of several, splitting two of one, and each gives back the box that the other took apart. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Box, lengthsOf, overlaps, pixelBox } from "../geometry/box.ts";
import { pixelFromWorld, worldFromPixel } from "../geometry/pixel-grid.ts";
import { type RoiId, type Rois, roiAt, roisOf } from "../roi/rois.ts";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import { commit, openedDocument, undo } from "./document.ts";
import type { Edit } from "./edit.ts";
import { merged, split } from "./merge-split.ts";

const grid = { shape: [4, 200, 300], scale: [1, 0.1625, 0.1625] } as const;
const boxOf = (...corners: Parameters<typeof pixelBox>): Box<"world"> =>
  worldFromPixel(grid, pixelBox(...corners));
const rois = roisOfBoxes([
  boxOf([0, 10, 20], [2, 30, 61]),
  boxOf([1, 100, 200], [4, 151, 220]),
  flatBox([5, 5, 1, 1]),
  boxOf([0, 7, 7], [4, 8, 8]),
]);

const done = (before: Rois, edit: Edit | undefined): Rois =>
  edit ? commit(openedDocument(before), edit).rois : before;
const pixels = (of: Rois, id: RoiId) => {
  const box = roiAt(of, id)?.box;
  return box && pixelFromWorld(grid, box);
};

test("merging keeps the first one's name and values, in the box around all, and is one step", () => {
  const edit = merged(rois, new Set([1, 0]));
  expect([edit?.label, [...(edit?.selection ?? [])]]).toEqual(["Merge 2 ROIs into roi_1", [1]]);
  const after = done(rois, edit);
  expect(pixels(after, 1)).toEqual(pixelBox([0, 10, 20], [4, 151, 220]));
  expect([roiAt(after, 1)?.name, roiAt(after, 0)]).toEqual(["roi_1", undefined]);
});

test("one ROI alone, or beside a box that is none, is not merged", () => {
  expect(merged(rois, new Set([1]))).toBeUndefined();
  expect(merged(rois, new Set([1, 2]))).toBeUndefined();
});

test("splitting cuts the longer side on a voxel's edge, and the new half has the other's values", () => {
  const edit = split(rois, new Set([0, 1]), grid);
  expect([edit?.label, [...(edit?.selection ?? [])]]).toEqual(["Split 2 ROIs", [0, 1, 4, 5]]);
  const after = done(rois, edit);
  expect([0, 4].map((id) => pixels(after, id))).toEqual([
    pixelBox([0, 10, 20], [2, 30, 41]),
    pixelBox([0, 10, 41], [2, 30, 61]),
  ]);
  expect([1, 5].map((id) => pixels(after, id))).toEqual([
    pixelBox([1, 100, 200], [4, 126, 220]),
    pixelBox([1, 126, 200], [4, 151, 220]),
  ]);
  expect(roiAt(after, 4)).toMatchObject({ name: "roi_0-2", copiedFrom: 0 });
});

test("what is one voxel wide and high, or no box, is not split", () => {
  expect(split(rois, new Set([2, 3]), grid)).toBeUndefined();
});

const span = (most: number) =>
  fc.tuple(fc.nat(most - 1), fc.nat(most)).map(([from, length]) => ({
    from,
    to: Math.min(most, from + 1 + length),
  }));

test("halves share no voxel and lose none, merging them gives the ROI back, and so does undo", () => {
  fc.assert(
    fc.property(span(4), span(200), span(300), (z, y, x) => {
      const box = boxOf([z.from, y.from, x.from], [z.to, y.to, x.to]);
      const whole = roisOf({ ...roisOfBoxes([box]).base, names: ["cell"] });
      const edit = split(whole, new Set([0]), grid);
      const volume = (of: Rois, id: RoiId): number =>
        lengthsOf(pixels(of, id) ?? pixelBox([0, 0, 0], [0, 0, 0])).reduce((a, b) => a * b);
      if (!edit) {
        expect([y.to - y.from, x.to - x.from]).toEqual([1, 1]);
        return;
      }
      const after = done(whole, edit);
      const [first, second] = [pixels(after, 0), pixels(after, 1)];
      expect(first && second && overlaps(first, second)).toBe(false);
      expect(volume(after, 0) + volume(after, 1)).toBe(volume(whole, 0));
      expect(roiAt(done(after, merged(after, edit.selection)), 0)).toEqual(roiAt(whole, 0));
      expect(undo(commit(openedDocument(whole), edit)).rois.overlay.size).toBe(0);
    }),
  );
});
