/** Takes objects out of a label image. */

/** What becomes of the ids of objects that stay: numbered 1 … n anew in their order, or kept as they are. */
export type Numbering = "dense" | "kept";

/**
 * Clears, in place, the objects whose entry in `keep` is 0.
 * @param keep by id, 0 … count; the entry of 0, the background, is not looked at.
 * @returns the largest id that may be in use: how many objects are left, or `count` where ids are kept.
 */
export function keepObjects(labels: Uint32Array, keep: Uint8Array, numbering: Numbering): number {
  const count = keep.length - 1;
  const renamed = new Uint32Array(count + 1);
  let kept = 0;
  for (let id = 1; id <= count; id++)
    if (keep[id] !== 0) {
      kept++;
      renamed[id] = numbering === "dense" ? kept : id;
    }
  if (kept < count)
    for (let i = 0; i < labels.length; i++) {
      const id = labels[i] ?? 0;
      if (id !== 0) labels[i] = renamed[id] ?? 0;
    }
  return numbering === "dense" ? kept : count;
}
