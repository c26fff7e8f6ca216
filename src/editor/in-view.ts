/** Which ROIs a view shows whole. */
import { edgeAt, type RoiId, type Rois } from "../roi/rois.ts";
import type { InView } from "./magnets.ts";
import { type Plane, spans } from "./plane.ts";

/** The ROIs that lie whole in view and are cut by its plane, by growing id: a scan of the columns, then of the overlay. */
export function roisWithin(rois: Rois, view: InView & { readonly plane: Plane }): RoiId[] {
  const { min, max, plane } = view;
  const isIn = (z0: number, y0: number, x0: number, z1: number, y1: number, x1: number): boolean =>
    x0 >= min.x && x1 <= max.x && y0 >= min.y && y1 <= max.y && spans(plane, z0, z1);
  const { names, bounds } = rois.base;
  const at = (i: number): number => bounds[i] ?? Number.NaN;
  const found: RoiId[] = [];
  for (let id = 0, row = 0; id < names.length; id++, row += 6) {
    const seen = isIn(at(row), at(row + 1), at(row + 2), at(row + 3), at(row + 4), at(row + 5));
    if (seen && !rois.overlay.has(id)) found.push(id);
  }
  for (const id of rois.overlay.keys()) {
    const edge = (i: number): number => edgeAt(rois, id, i);
    if (isIn(edge(0), edge(1), edge(2), edge(3), edge(4), edge(5))) found.push(id);
  }
  return found.sort((a, b) => a - b);
}
