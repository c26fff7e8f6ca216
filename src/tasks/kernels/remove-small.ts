/** Takes small objects out of a label image. */
import { keepObjects, type Numbering } from "./keep-objects.ts";

/**
 * Clears, in place, the objects of fewer than `minimumSize` voxels.
 * Keeps the objects that `skimage.morphology.remove_small_objects(labels, max_size=minimumSize - 1)` keeps; with ids
 * "kept" the labels are the same too. Fractal's size filter gives its `min_size` as `max_size`, so that ours is one more.
 * @param count the ids in use are 1 … count.
 * @returns the largest id that may be in use: with "dense", how many objects are left.
 */
export function removeSmall(
  labels: Uint32Array,
  count: number,
  minimumSize: number,
  numbering: Numbering = "dense",
): number {
  const sizes = new Uint32Array(count + 1);
  for (let i = 0; i < labels.length; i++) {
    const id = labels[i] ?? 0;
    sizes[id] = (sizes[id] ?? 0) + 1;
  }
  const keep = Uint8Array.from(sizes, (size) => (size >= minimumSize ? 1 : 0));
  return keepObjects(labels, keep, numbering);
}
