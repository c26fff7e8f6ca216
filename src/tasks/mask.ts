/** Which voxels of a unit are its object's own. */
import type { Zyx } from "../geometry/box.ts";
import { zoomNearest } from "./kernels/nearest.ts";
import type { Labels } from "./kernels/object-runs.ts";

export interface MaskPlace {
  /** Of what was read of the label, z y x. */
  readonly shape: Zyx;
  /** Absent where the unit is about no object: then all objects count. */
  readonly label?: number;
}

/** 1 where the label, brought to the unit's shape by nearest, has the object (ngio `MaskedSegmentationIterator`). */
export function maskOf(
  labels: Labels,
  { shape: from, label }: MaskPlace,
  shape: Zyx,
): Uint8Array<ArrayBuffer> {
  const ids = zoomNearest(labels, from, shape);
  const mask = new Uint8Array(ids.length);
  for (let i = 0; i < mask.length; i++) {
    const id = ids[i] ?? 0;
    mask[i] = (label === undefined ? id > 0 : id === label) ? 1 : 0;
  }
  return mask;
}
