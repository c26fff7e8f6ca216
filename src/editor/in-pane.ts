/** The ROIs that a part of a pane shows: looked up where they lie, so that a hover costs what is near the pointer. */
import { eachIn } from "../roi/places.ts";
import type { RoiId, Rois } from "../roi/rois.ts";
import type { Point } from "./box-edit.ts";
import type { Axis, Pane } from "./pane.ts";
import { type Plane, spans } from "./plane.ts";

/** A rectangle of a pane, in world units along its axes, and the plane it shows. */
export interface PaneRegion {
  readonly pane: Pane;
  readonly plane: Plane;
  readonly min: Point;
  readonly max: Point;
}

/** An ROI's rectangle along the axes that run to the right and down. */
type Visit = (id: RoiId, x0: number, y0: number, x1: number, y1: number) => void;

/** Visits, in no order, the ROIs that touch a region and are cut by its plane; one without a place is nowhere. */
export function eachInPane(rois: Rois, region: PaneRegion, visit: Visit): void {
  const { pane, plane, min, max } = region;
  const reach = (axis: Axis): Plane => {
    if (axis === pane.through) return plane;
    return axis === pane.across ? { min: min.x, max: max.x } : { min: min.y, max: max.y };
  };
  const [z, y, x] = [reach(0), reach(1), reach(2)];
  eachIn(rois, [x.min, y.min, x.max, y.max], 0, (id, x0, y0, x1, y1, z0, z1) => {
    if (z1 < z.min || z0 > z.max) return;
    const low = (axis: Axis): number => (axis === 0 ? z0 : axis === 1 ? y0 : x0);
    const high = (axis: Axis): number => (axis === 0 ? z1 : axis === 1 ? y1 : x1);
    if (spans(plane, low(pane.through), high(pane.through)))
      visit(id, low(pane.across), low(pane.down), high(pane.across), high(pane.down));
  });
}
