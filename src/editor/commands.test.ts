/** Keys, fields and menus act on whole voxels inside the image. */
import { describe, expect, test } from "vitest";
import { pixelBox, zyx } from "../geometry/box.ts";
import { pixelFromWorld, worldFromPixel } from "../geometry/pixel-grid.ts";
import { type RoiId, roiAt, roisOf } from "../roi/rois.ts";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import type { Part } from "./box-edit.ts";
import {
  addRoi,
  type Field,
  moveBy,
  newRoi,
  remove,
  rename,
  setField,
  stretchBy,
} from "./commands.ts";
import type { Edit } from "./edit.ts";
import { parseQuantity } from "./quantity.ts";

const grid = { shape: [10, 200, 300], scale: [1, 0.1625, 0.1625] } as const;
const rois = roisOfBoxes([
  worldFromPixel(grid, pixelBox([0, 10, 20], [10, 30, 60])),
  worldFromPixel(grid, pixelBox([2, 100, 200], [5, 150, 290])),
  flatBox([5, 5, 1, 1]),
]);

function pixels(edit: Edit | undefined, id: RoiId) {
  const box = edit?.diff.get(id)?.to?.box;
  return box && pixelFromWorld(grid, box);
}

describe("a field", () => {
  const set = (field: Field, text: string, ids: RoiId[] = [1]) => {
    const quantity = parseQuantity(text);
    if (quantity === undefined) throw new Error(`Not a quantity: ${text}`);
    return setField(rois, new Set(ids), field, quantity, grid);
  };

  test("of a corner moves the ROI and keeps its size", () => {
    expect(pixels(set("x", "50px"), 1)).toEqual(pixelBox([2, 100, 50], [5, 150, 140]));
    expect(pixels(set("x", "9999"), 1)).toEqual(pixelBox([2, 100, 210], [5, 150, 300]));
    expect(pixels(set("z", "+3"), 1)).toEqual(pixelBox([5, 100, 200], [8, 150, 290]));
  });

  test("of a length moves the upper edge, never through the lower one or out of the image", () => {
    expect(pixels(set("len_y", "10.01px"), 1)).toEqual(pixelBox([2, 100, 200], [5, 110, 290]));
    expect(pixels(set("len_y", "0"), 1)).toEqual(pixelBox([2, 100, 200], [5, 101, 290]));
    expect(pixels(set("len_x", "-9999"), 1)).toEqual(pixelBox([2, 100, 200], [5, 150, 201]));
    expect(pixels(set("len_z", "*9"), 1)).toEqual(pixelBox([2, 100, 200], [10, 150, 290]));
  });

  test("sets all selected, and counts a relative number from each one's own value", () => {
    const edit = set("x", "+10px", [0, 1, 2]);
    expect([pixels(edit, 0)?.min[2], pixels(edit, 1)?.min[2]]).toEqual([30, 210]);
    expect([edit?.label, edit?.diff.has(2)]).toEqual(["Set x of 2 ROIs", false]);
  });

  test("mends a box that is none, number by number", () => {
    const lengthened = set("len_x", "12px", [2])?.diff.get(2)?.to?.box;
    expect(lengthened?.min).toEqual([0, 5, 5]);
    expect(lengthened?.max[2]).toBeCloseTo(5 + 12 * 0.1625, 9);
  });

  test("that says what is already so is no edit", () => {
    expect(set("x", "200 px")).toBeUndefined();
  });
});

test("nudging stops at the border, and there is no edit", () => {
  const left = moveBy(rois, new Set([0]), [0, 0, -30], grid);
  expect(pixels(left, 0)).toEqual(pixelBox([0, 10, 0], [10, 30, 40]));
  expect(moveBy(rois, new Set([0]), [1, 0, 0], grid)).toBeUndefined();
  expect(moveBy(rois, new Set([2]), [0, 0, 1], grid)).toBeUndefined();
});

test("an end in z moves by planes", () => {
  const ids = new Set([1]);
  const end = stretchBy(rois, ids, [1, 0, 0], [-1, 0, 0], grid);
  const start = stretchBy(rois, ids, [-1, 0, 0], [1, 0, 0], grid);
  expect([pixels(end, 1)?.max[0], pixels(start, 1)?.min[0]]).toEqual([4, 3]);
});

test("an edge moved by keys stops where one voxel is left, and at the border", () => {
  const ids = new Set([1]);
  const stretched = (part: Part, by: number) => {
    const step = zyx((i) => by * Math.abs(part[i]));
    return pixels(stretchBy(rois, ids, part, step, grid), 1);
  };
  expect(stretched([0, 0, 1], -500)).toEqual(pixelBox([2, 100, 200], [5, 150, 201]));
  expect(stretched([0, 0, -1], 500)).toEqual(pixelBox([2, 100, 289], [5, 150, 290]));
  expect(stretched([1, 0, 0], -7)).toEqual(pixelBox([2, 100, 200], [3, 150, 290]));
  expect(stretched([0, 1, 0], 500)).toEqual(pixelBox([2, 100, 200], [5, 200, 290]));
  const least = roisOfBoxes([worldFromPixel(grid, pixelBox([2, 100, 200], [3, 101, 201]))]);
  for (const part of [
    [0, 0, 1],
    [0, -1, 0],
    [-1, 0, 0],
  ] as const) {
    const inwards = zyx((i) => -part[i]);
    expect(stretchBy(least, new Set([0]), part, inwards, grid)).toBeUndefined();
  }
});

test("after a deleted ROI the next is selected, after several none", () => {
  expect([...(remove(rois, new Set([1]))?.selection ?? [])]).toEqual([2]);
  expect([...(remove(rois, new Set([2]))?.selection ?? [])]).toEqual([1]);
  expect([...(remove(rois, new Set([0, 1]))?.selection ?? [9])]).toEqual([]);
  expect(remove(rois, new Set())).toBeUndefined();
});

test("renaming to the same name is no edit", () => {
  expect(rename(rois, 0, "roi_0")).toBeUndefined();
  expect(rename(rois, 0, "left")?.diff.get(0)?.to?.name).toBe("left");
});

test("a new ROI has a free name, and in a masking table its label for one", () => {
  const box = flatBox([0, 0, 1, 1]);
  const edit = addRoi(rois, newRoi(rois, box));
  expect(edit.diff.get(rois.nextId)).toEqual({
    from: undefined,
    to: { name: "roi", box, label: undefined },
  });
  const labels = Float64Array.of(7, 9);
  const bounds = new Float64Array(12);
  const masks = roisOf({ names: ["7", "9"], bounds, labels });
  expect(newRoi(masks, box)).toEqual({ name: "10", box, label: 10 });
  const labelled = roisOf({ names: ["roi", "b"], bounds, labels });
  expect(newRoi(labelled, box)).toEqual({ name: "roi_2", box, label: 10 });
  expect(roiAt(rois, 0)?.name).toBe("roi_0");
});
