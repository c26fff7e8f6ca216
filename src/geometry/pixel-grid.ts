/** The voxels of one level of an image, and the two ways tools turn world boxes into them. */
import { type Box, pixelBox, worldBox, type Zyx, zyx } from "./box.ts";

/**
 * The voxel grid of one level, its first voxel's corner at the world's origin.
 * An axis the image lacks has shape 1 and scale 1.
 */
export interface PixelGrid {
  readonly shape: Zyx;
  /** World units per voxel, as this level stores them; never derived from another level's. */
  readonly scale: Zyx;
}

/** How far from a whole voxel, in voxels, a position may be and still mean it (ngio `_roi.py`). */
const SNAP = 0.01;

/** A world length as voxels, whole where it is within a hundredth of a voxel of one (ngio `world_to_pixel`). */
export function voxels(world: number, scale: number): number {
  const exact = world / scale;
  const whole = Math.round(exact);
  return Math.abs(exact - whole) < SNAP ? whole : exact;
}

const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));

/**
 * The voxels that ngio reads for a world box: start and length are snapped within 0.01 voxel, then the start is
 * floored, the end ceiled, and both clamped to the grid (ngio 1.1 `_slicing_tuple_boundary_check`).
 */
export function pixelFromWorld(grid: PixelGrid, box: Box<"world">): Box<"pixel"> {
  const start = zyx((i) => voxels(box.min[i], grid.scale[i]));
  const end = zyx((i) => start[i] + voxels(box.max[i] - box.min[i], grid.scale[i]));
  return pixelBox(
    zyx((i) => clamp(Math.floor(start[i]), 0, grid.shape[i])),
    zyx((i) => clamp(Math.ceil(end[i]), 0, grid.shape[i])),
  );
}

/** The world box that a box of whole voxels covers. */
export function worldFromPixel(grid: PixelGrid, box: Box<"pixel">): Box<"world"> {
  return worldBox(
    zyx((i) => box.min[i] * grid.scale[i]),
    zyx((i) => box.max[i] * grid.scale[i]),
  );
}

/** The world box of the whole grid. */
export function worldOf(grid: PixelGrid): Box<"world"> {
  return worldFromPixel(grid, wholeOf(grid));
}

/** The pixel box of the whole grid. */
export function wholeOf(grid: PixelGrid): Box<"pixel"> {
  return pixelBox([0, 0, 0], grid.shape);
}
