/** Puts positions on whole voxels of the working level, so that every reader rounds them to the same pixels. */
import { voxels } from "../geometry/pixel-grid.ts";

/** Where a dragged position may land. Alt held during a drag lets it lie between voxels. */
export type Snap = "voxels" | "free";

/** A position in voxels, put on the next whole voxel unless it is free. */
export function snapped(voxel: number, snap: Snap): number {
  return snap === "voxels" ? Math.round(voxel) : voxel;
}

/**
 * The world position of a position in voxels: exactly `k * scale` where it is a whole voxel k or within a hundredth of
 * one, so that `pixelFromWorld` gives k back.
 */
export function worldAt(voxel: number, scale: number): number {
  return voxels(voxel, 1) * scale;
}
