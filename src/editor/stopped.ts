/** Whether a typed number came to be what was typed, or was stopped: by the image's border, or at one voxel. */
import { lengthsOf } from "../geometry/box.ts";
import type { PixelGrid } from "../geometry/pixel-grid.ts";
import { type Rois, roiAt } from "../roi/rois.ts";
import type { Field } from "./commands.ts";
import { evaluated, type Quantity } from "./quantity.ts";
import type { Selection } from "./selection.ts";

/** The nearest whole voxel is what was meant; further off is not. */
const NEAR = 0.51;

/** How many of the ROIs did not get what was typed for a field, by more than going to whole voxels explains. */
export function stoppedCount(
  before: Rois,
  after: Rois,
  ids: Selection,
  typed: { readonly field: Field; readonly quantity: Quantity; readonly grid: PixelGrid },
): number {
  const { field, quantity, grid } = typed;
  const axis = field.endsWith("z") ? 0 : field.endsWith("y") ? 1 : 2;
  const scale = grid.scale[axis];
  const at = (rois: Rois, id: number): number => {
    const box = roiAt(rois, id)?.box;
    if (!box) return Number.NaN;
    return field.startsWith("len") ? lengthsOf(box)[axis] : box.min[axis];
  };
  let count = 0;
  for (const id of ids) {
    const asked = evaluated(quantity, at(before, id), scale);
    if (Math.abs(at(after, id) - asked) > NEAR * scale) count++;
  }
  return count;
}
