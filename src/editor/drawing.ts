/** A new ROI is drawn from corner to corner, with the button down or by two clicks, between which the plane may change. */
import { type Box, lengthsOf, type Zyx } from "../geometry/box.ts";
import { type PixelGrid, worldOf } from "../geometry/pixel-grid.ts";
import { roiAt } from "../roi/rois.ts";
import { attractedPoint } from "./attract.ts";
import { drawnBox, isSolid, type Point } from "./box-edit.ts";
import { addRoi, newRoi } from "./commands.ts";
import type { Edit } from "./edit.ts";
import { type Plane, wholePlanes } from "./plane.ts";
import { onlyOf } from "./selection.ts";
import { type Snap, snapped } from "./snap.ts";
import {
  type Drawing,
  gestureFrom,
  isClickAway,
  type Pressing,
  snapOf,
  type ToolContext,
} from "./tool-state.ts";

export function startDrawing(
  pressing: Pressing,
  by: Drawing["by"],
  { rois, grid, plane, depth }: ToolContext,
): Drawing {
  const roi = newRoi(rois, worldOf(grid));
  return { kind: "drawing", ...gestureFrom(pressing, rois, []), by, from: plane, depth, roi };
}

/** The side of the box that two clicks on one place make, in screen pixels. */
const USUAL_SIDE = 96;

export function drawnEdit(state: Drawing, context: ToolContext): Edit | undefined {
  const { rois, start, at, roi, by } = state;
  const { grid, pixelsPerUnit } = context;
  const snap = snapOf(at);
  const depth = depthOf(state, context);
  if (by === "clicks" && isClickAway(start.screen, at.screen, at.touch)) {
    const side = USUAL_SIDE / pixelsPerUnit;
    const box = boxAround(start.world, [0, side, side], { grid, snap, depth });
    return box === undefined ? undefined : addRoi(rois, { ...roi, box });
  }
  const drawn = { snap, context, neighbors: state.neighbors };
  const from = attractedPoint(start.world, drawn);
  const box = drawnBox(from, attractedPoint(at.world, drawn), { grid, snap, depth });
  return box === undefined ? undefined : addRoi(rois, { ...roi, box });
}

/**
 * An ROI around a point, by a key: as large as the selected one, so that several are alike, else of the usual side on
 * screen; undefined beside the image.
 */
export function placedRoi(at: Point, context: ToolContext): Edit | undefined {
  const { rois, selection, grid, pixelsPerUnit, depth } = context;
  const only = onlyOf(selection);
  const like = only === undefined ? undefined : roiAt(rois, only)?.box;
  const side = USUAL_SIDE / pixelsPerUnit;
  const size: Zyx = like !== undefined && isSolid(like) ? lengthsOf(like) : [0, side, side];
  const box = boxAround(at, size, { grid, snap: "voxels", depth });
  return box === undefined ? undefined : addRoi(rois, { ...newRoi(rois, box), box });
}

/** A box around a point of the image, pushed inside where it would reach over the border. */
function boxAround(
  at: Point,
  size: Zyx,
  { grid, snap, depth }: { grid: PixelGrid; snap: Snap; depth: Plane },
): Box<"world"> | undefined {
  const { max } = worldOf(grid);
  if (!(at.x >= 0 && at.y >= 0 && at.x < max[2] && at.y < max[1])) return undefined;
  // A voxel may be larger on screen than the box that was asked for.
  const length = (i: 1 | 2): number => Math.max(grid.scale[i], size[i]);
  const low = (i: 1 | 2, center: number): number => {
    const start = Math.min(max[i] - length(i), center - length(i) / 2);
    return Math.max(0, snapped(start / grid.scale[i], snap) * grid.scale[i]);
  };
  const from = { x: low(2, at.x), y: low(1, at.y) };
  return drawnBox(from, { x: from.x + length(2), y: from.y + length(1) }, { grid, snap, depth });
}

/** From the plane of the first corner to that of the second; on one plane what a new ROI usually gets. */
function depthOf({ from, depth }: Drawing, { plane, grid }: ToolContext): Plane {
  if (from.min === plane.min) return depth;
  return wholePlanes(
    { min: Math.min(from.min, plane.min), max: Math.max(from.max, plane.max) },
    grid,
  );
}
