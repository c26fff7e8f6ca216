/** The slab of the world that one plane shows, and the rule for which ROIs it cuts. */
import type { PixelGrid } from "../geometry/pixel-grid.ts";

/** A range along one axis in world units, z unless said; open at both ends. */
export interface Plane {
  readonly min: number;
  readonly max: number;
}

/** In voxels: an ROI that reaches less than this far into a plane only touches it (ngio snaps within as much). */
const SLACK = 0.01;

/** The slab of voxel `index` of the grid along an axis (z unless said), counted from 0. */
export function planeOf({ scale }: PixelGrid, index: number, axis: 0 | 1 | 2 = 0): Plane {
  return { min: (index + SLACK) * scale[axis], max: (index + 1 - SLACK) * scale[axis] };
}

/** Whether a plane cuts the world range from `min` to `max`. */
export function spans(plane: Plane, min: number, max: number): boolean {
  return min < plane.max && max > plane.min;
}

/** The z range of the whole planes of a grid that a slab cuts, inside the grid; world units. */
export function wholePlanes({ min, max }: Plane, { scale, shape }: PixelGrid): Plane {
  const first = Math.min(shape[0] - 1, Math.max(0, Math.floor(min / scale[0])));
  const end = Math.min(shape[0], Math.max(first + 1, Math.ceil(max / scale[0])));
  return { min: first * scale[0], max: end * scale[0] };
}
