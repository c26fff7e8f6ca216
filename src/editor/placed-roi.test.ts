/** A key puts an ROI where the pointer is: as large as the one selected, whole, and inside the image. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { lengthsOf } from "../geometry/box.ts";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import { placedRoi } from "./drawing.ts";
import { XY } from "./pane.ts";
import { planeOf } from "./plane.ts";
import type { ToolContext } from "./tool-state.ts";

const grid = { shape: [5, 600, 800], scale: [2, 0.5, 0.5] } as const;
const context: ToolContext = {
  rois: roisOfBoxes([flatBox([10, 10, 70, 40], [0, 4]), flatBox([10, 10, 10, 40], [0, 4])]),
  selection: new Set(),
  tool: "select",
  grid,
  pane: XY,
  plane: planeOf(grid, 1),
  pixelsPerUnit: 4,
  chunk: [1, 256, 256],
  inView: { min: { x: 0, y: 0 }, max: { x: 400, y: 300 } },
  depth: { min: 0, max: 10 },
  unit: "µm",
};
const placed = (x: number, y: number, over: Partial<ToolContext> = {}) => {
  const edit = placedRoi({ x, y }, { ...context, ...over });
  const [roi] = edit?.diff.values() ?? [];
  return roi?.to?.box;
};

test("96 pixels of the screen around the pointer, through the depth that is chosen", () => {
  expect(placed(100, 80)).toEqual(flatBox([88, 68, 112, 92], [0, 10]));
  expect(placed(100, 80, { depth: { min: 2, max: 4 } })).toEqual(
    flatBox([88, 68, 112, 92], [2, 4]),
  );
});

test("as large as the one that is selected, unless that is no box", () => {
  expect(placed(100, 80, { selection: new Set([0]) })).toEqual(flatBox([70, 65, 130, 95], [0, 10]));
  expect(placed(100, 80, { selection: new Set([1]) })).toEqual(flatBox([88, 68, 112, 92], [0, 10]));
  expect(placed(100, 80, { selection: new Set([0, 1]) })).toEqual(
    flatBox([88, 68, 112, 92], [0, 10]),
  );
});

test("pushed inside at the border, and none beside the image", () => {
  expect(placed(399, 1)).toEqual(flatBox([376, 0, 400, 24], [0, 10]));
  expect([placed(-1, 80), placed(400, 80), placed(100, 300), placed(Number.NaN, 80)]).toEqual(
    Array(4).fill(undefined),
  );
});

test("always whole voxels inside the image and no less than one, at any zoom", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 399.99, noNaN: true }),
      fc.double({ min: 0, max: 299.99, noNaN: true }),
      fc.integer({ min: -6, max: 12 }),
      (x, y, zoom) => {
        const box = placed(x, y, { pixelsPerUnit: 2 ** zoom });
        if (!box) throw new Error("Nothing was placed");
        const [, height, width] = lengthsOf(box);
        expect([box.min[1] >= 0, box.min[2] >= 0, box.max[1] <= 300, box.max[2] <= 400]).toEqual(
          Array(4).fill(true),
        );
        expect([height * 2, width * 2].every((n) => Number.isInteger(n) && n >= 1)).toBe(true);
      },
    ),
  );
});
