/** The slab of the world that one plane of a stack shows, and the rule for which ROIs it cuts. */
import type { PixelGrid } from "../geometry/pixel-grid.ts";

/** A z range in world units, open at both ends. */
export interface Plane {
  readonly min: number;
  readonly max: number;
}

/** In voxels: an ROI that reaches less than this far into a plane only touches it (ngio snaps within as much). */
const SLACK = 0.01;

/** The slab of plane `z` of the grid, counted from 0. */
export function planeOf(grid: PixelGrid, z: number): Plane {
  return { min: (z + SLACK) * grid.scale[0], max: (z + 1 - SLACK) * grid.scale[0] };
}

/** Whether a plane cuts the world z range from `min` to `max`. */
export function spans(plane: Plane, min: number, max: number): boolean {
  return min < plane.max && max > plane.min;
}

/** The z range of the whole planes of a grid that a slab cuts, inside the grid; world units. */
export function wholePlanes({ min, max }: Plane, { scale, shape }: PixelGrid): Plane {
  const first = Math.min(shape[0] - 1, Math.max(0, Math.floor(min / scale[0])));
  const end = Math.min(shape[0], Math.max(first + 1, Math.ceil(max / scale[0])));
  return { min: first * scale[0], max: end * scale[0] };
}
