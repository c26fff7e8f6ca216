/** Takes small objects out of a label image. */

/**
 * Clears, in place, the objects of fewer than `minimumSize` voxels and renumbers the others densely in their order.
 * Keeps the objects that `skimage.morphology.remove_small_objects(labels, min_size=minimumSize)` keeps.
 * @param count the ids in use are 1 … count.
 * @returns how many objects are left.
 */
export function removeSmall(labels: Uint32Array, count: number, minimumSize: number): number {
  const sizes = new Uint32Array(count + 1);
  for (const id of labels) sizes[id] = (sizes[id] ?? 0) + 1;
  const renamed = new Uint32Array(count + 1);
  let kept = 0;
  for (let id = 1; id <= count; id++) if ((sizes[id] ?? 0) >= minimumSize) renamed[id] = ++kept;
  if (kept < count)
    for (let i = 0; i < labels.length; i++) labels[i] = renamed[labels[i] ?? 0] ?? 0;
  return kept;
}
