/** Which ROIs a view shows whole. */
import type { RoiId, Rois } from "../roi/rois.ts";
import { eachInPane } from "./in-pane.ts";
import type { InView } from "./magnets.ts";
import { XY } from "./pane.ts";
import type { Plane } from "./plane.ts";

/** The ROIs that lie whole in view and are cut by its plane, by growing id. */
export function roisWithin(rois: Rois, view: InView & { readonly plane: Plane }): RoiId[] {
  const { min, max } = view;
  const found: RoiId[] = [];
  eachInPane(rois, { pane: XY, ...view }, (id, x0, y0, x1, y1) => {
    if (x0 >= min.x && x1 <= max.x && y0 >= min.y && y1 <= max.y) found.push(id);
  });
  return found.sort((a, b) => a - b);
}
