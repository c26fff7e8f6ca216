/** Several new ROIs as one edit: from a form, a grid, a copy, or from outside. */
import { counted } from "../base/counted.ts";
import { type Zyx, zyx } from "../geometry/box.ts";
import type { PixelGrid } from "../geometry/pixel-grid.ts";
import { addedTo, type Copies, type NewRoi, newCopies } from "../roi/add.ts";
import { type RoiDiff, type Rois, roiAt } from "../roi/rois.ts";
import { shiftOf } from "./box-edit.ts";
import type { Edit } from "./edit.ts";
import { groupOf, shiftedBounds } from "./group.ts";
import type { Selection } from "./selection.ts";

/**
 * Adds ROIs and selects them, with the names and labels that `addedTo` gives.
 * @param verb what the step is called: "Paste"
 * @returns undefined where there is nothing to add
 */
export function addRois(rois: Rois, made: readonly NewRoi[], verb: string): Edit | undefined {
  return added(addedTo(rois, made), verb);
}

/** The edit of a change that adds ROIs; undefined where it adds none. */
export function added(diff: RoiDiff, verb: string): Edit | undefined {
  const [first] = diff.keys();
  if (first === undefined) return undefined;
  const what = diff.size === 1 ? diff.get(first)?.to?.name : counted(diff.size, "ROI");
  return { label: `${verb} ${what}`, diff, selection: new Set(diff.keys()) };
}

/** How far a duplicate lies from what it copies, in voxels. */
const APART = 10;

/** Copies beside the originals, a little down and to the right, or up and to the left where the image ends there. */
export function duplicate(rois: Rois, ids: Selection, grid: PixelGrid): Edit | undefined {
  const copies = copiesOf(rois, ids, grid);
  return copies && addRois(rois, newCopies(rois, copies), "Duplicate");
}

/** Where duplicates of ROIs are to lie; undefined where none of them has a volume. */
export function copiesOf(rois: Rois, ids: Selection, grid: PixelGrid): Copies | undefined {
  const group = groupOf(rois, ids);
  const [first] = group?.ids ?? [];
  const grabbed = first === undefined ? undefined : roiAt(rois, first)?.box;
  if (!group || !grabbed) return undefined;
  const moved = (voxels: number): Zyx => {
    const by: Zyx = zyx((i) => (i === 0 ? 0 : voxels * grid.scale[i]));
    return shiftOf(group.hull, by, grid, { grabbed, snap: "voxels" });
  };
  const down = moved(APART);
  const isStuck = down[1] === 0 && down[2] === 0;
  const bounds = shiftedBounds(rois, group.ids, isStuck ? moved(-APART) : down, grid);
  return { of: Int32Array.from(group.ids), bounds };
}
