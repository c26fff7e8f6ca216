/** Many ROIs moved as one, in their columns: no value is made for any of them. */
import { type Box, worldBox, type Zyx } from "../geometry/box.ts";
import type { PixelGrid } from "../geometry/pixel-grid.ts";
import { changedIn, type RoiDiff, type RoiId, type Rois } from "../roi/rois.ts";
import { shiftedEdge } from "./box-edit.ts";

export interface Group {
  readonly ids: readonly RoiId[];
  /** What holds all of them. */
  readonly hull: Box<"world">;
}

/** Those of the ROIs that have a volume, which hands can move; undefined where none has. */
export function groupOf(rois: Rois, among: Iterable<RoiId>): Group | undefined {
  const [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const hull: [number, number, number, number, number, number] = [low, low, low, high, high, high];
  const ids: RoiId[] = [];
  const edges = new Float64Array(6);
  const at = (i: number): number => edges[i] ?? Number.NaN;
  for (const id of among) {
    rois.overlay.copyEdges(id, edges);
    if (!(at(3) > at(0) && at(4) > at(1) && at(5) > at(2))) continue;
    ids.push(id);
    for (let i = 0; i < 3; i++) {
      hull[i] = Math.min(hull[i] ?? low, at(i));
      hull[i + 3] = Math.max(hull[i + 3] ?? high, at(i + 3));
    }
  }
  if (ids.length === 0) return undefined;
  const [z0, y0, x0, z1, y1, x1] = hull;
  return { ids, hull: worldBox([z0, y0, x0], [z1, y1, x1]) };
}

/** The change that shifts ROIs by so many voxels. */
export function shiftedIn(rois: Rois, ids: readonly RoiId[], by: Zyx, grid: PixelGrid): RoiDiff {
  const bounds = shiftedBounds(rois, ids, by, grid);
  return changedIn(rois, ({ place }) => {
    for (let row = 0; row < ids.length; row++) place(ids[row] ?? 0, bounds, 6 * row);
  });
}

/** The boxes of ROIs shifted by so many voxels: six numbers each, as in `RoiColumns`. */
export function shiftedBounds(
  rois: Rois,
  ids: readonly RoiId[],
  by: Zyx,
  { scale }: PixelGrid,
): Float64Array<ArrayBuffer> {
  const bounds = new Float64Array(6 * ids.length);
  for (let row = 0; row < ids.length; row++) {
    rois.overlay.copyEdges(ids[row] ?? 0, bounds, 6 * row);
    for (const edge of [0, 1, 2, 3, 4, 5] as const) {
      const axis = AXIS_OF[edge];
      const at = 6 * row + edge;
      bounds[at] = shiftedEdge(bounds[at] ?? Number.NaN, by[axis], scale[axis]);
    }
  }
  return bounds;
}

const AXIS_OF = [0, 1, 2, 0, 1, 2] as const;
