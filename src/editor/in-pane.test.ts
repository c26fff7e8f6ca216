/** A region of any pane finds what looking at each ROI finds. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { worldBox } from "../geometry/box.ts";
import { idsOf, roiAt } from "../roi/rois.ts";
import { roisOfBoxes } from "../testing/roi-builder.ts";
import { eachInPane } from "./in-pane.ts";
import { XY, XZ, YZ } from "./pane.ts";
import { spans } from "./plane.ts";

const at = fc.integer({ min: -9, max: 9 });
const length = fc.integer({ min: 0, max: 6 });
const box = fc
  .tuple(at, at, at, length, length, length)
  .map(([z, y, x, depth, height, width]) =>
    worldBox([z, y, x], [z + depth, y + height, x + width]),
  );

test("the ROIs that touch it and are cut by its plane, along its axes", () => {
  fc.assert(
    fc.property(
      fc.array(box, { maxLength: 40 }),
      fc.constantFrom(XY, XZ, YZ),
      fc.tuple(at, at, at, length, length),
      (boxes, pane, [x, y, depth, width, height]) => {
        const rois = roisOfBoxes(boxes);
        const plane = { min: depth, max: depth + 1 };
        const [min, max] = [
          { x, y },
          { x: x + width, y: y + height },
        ];
        const found: number[][] = [];
        eachInPane(rois, { pane, plane, min, max }, (...seen) => found.push(seen));
        const wanted = idsOf(rois).flatMap((id) => {
          const box = roiAt(rois, id)?.box;
          if (!box) return [];
          const { across, down, through } = pane;
          const [x0, x1, y0, y1] = [
            ...[box.min[across], box.max[across]],
            ...[box.min[down], box.max[down]],
          ] as const;
          const touches =
            x0 !== undefined && x0 <= max.x && (x1 ?? 0) >= min.x && (y0 ?? 0) <= max.y;
          return touches && (y1 ?? 0) >= min.y && spans(plane, box.min[through], box.max[through])
            ? [[id, x0, y0, x1, y1]]
            : [];
        });
        expect(found.sort(([a = 0], [b = 0]) => a - b)).toEqual(wanted);
      },
    ),
    { numRuns: 300 },
  );
});
