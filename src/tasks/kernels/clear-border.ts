/** Takes objects that are cut off by the border out of a label image. */
import type { Zyx } from "../../geometry/box.ts";
import { keepObjects, type Numbering } from "./keep-objects.ts";

/**
 * Clears, in place, the objects with a voxel at the border of the plane (one z) or of the volume, first and last plane
 * included. Keeps what `skimage.segmentation.clear_border(labels)` keeps where each id is one connected object; with
 * ids "kept" the labels are the same too.
 * @param count the ids in use are 1 … count.
 * @returns the largest id that may be in use: with "dense", how many objects are left.
 */
export function clearBorder(
  labels: Uint32Array,
  count: number,
  [planes, height, width]: Zyx,
  numbering: Numbering = "dense",
): number {
  const keep = new Uint8Array(count + 1).fill(1);
  for (let row = 0; row < planes * height; row++) {
    const z = Math.floor(row / height);
    const y = row % height;
    const outer =
      y === 0 || y === height - 1 || (planes > 1 && (z === 0 || z === planes - 1)) || width === 1;
    // Of an inner row only the first and the last voxel are at the border.
    const step = outer ? 1 : width - 1;
    for (let x = 0; x < width; x += step) keep[labels[row * width + x] ?? 0] = 0;
  }
  return keepObjects(labels, keep, numbering);
}
