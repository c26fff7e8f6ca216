/** Walls: a moved ROI slides along the image's border, a dragged edge stops there and one voxel from its opposite. */
import { type Snap, snapped } from "./snap.ts";

/**
 * How far a span from `min` to `max` (voxels) may be shifted so that it ends up inside 0 … `extent`: the wish, or what
 * the border leaves of it. A span that starts outside is brought in; one that cannot fit stays.
 */
export function clampShift(min: number, max: number, wish: number, extent: number): number {
  const low = -min;
  const high = extent - max;
  return low > high ? 0 : Math.min(high, Math.max(low, wish));
}

/**
 * Where a dragged edge comes to lie (voxels): inside 0 … `extent`, and at least one voxel from the fixed edge, on the
 * side it was dragged to. `side` says which side it came from (1: above the fixed edge), for an edge right on it.
 */
export function clampEdge(
  wish: number,
  fixed: number,
  { side, extent, snap }: { side: -1 | 1; extent: number; snap: Snap },
): number {
  const edge = Math.min(extent, Math.max(0, snapped(wish, snap)));
  if (Math.abs(edge - fixed) >= 1) return edge;
  const up = snap === "voxels" ? Math.ceil(fixed + 1) : fixed + 1;
  const down = snap === "voxels" ? Math.floor(fixed - 1) : fixed - 1;
  const upwards = edge === fixed ? side > 0 : edge > fixed;
  const clear = upwards ? up <= extent : down < 0;
  return Math.min(extent, Math.max(0, clear ? up : down));
}
