/** A table's ROIs as a recipe has them: after an edit, only what was edited is made anew. */
import { loadedAt } from "../roi/overlay.ts";
import { type Roi, type RoiColumns, type RoiId, type Rois, roiAt } from "../roi/rois.ts";
import type { RecipeRoi } from "../tasks/recipe.ts";

/** All ROIs as they were loaded, each at its id. */
export function loadedRois(base: RoiColumns): readonly RecipeRoi[] {
  const all: RecipeRoi[] = [];
  for (let id = 0; id < base.names.length; id++) put(all, id, loadedAt(base, id));
  return all;
}

/**
 * All ROIs there are, in table order, new ones last.
 * @param loaded those of the same table, kept from edit to edit
 */
export function recipeRois(
  rois: Rois,
  loaded: readonly RecipeRoi[] = loadedRois(rois.base),
): readonly RecipeRoi[] {
  if (rois.overlay.size === 0) return loaded;
  const all: RecipeRoi[] = [];
  for (let id = 0; id < rois.nextId; id++) {
    const before = rois.overlay.has(id) ? undefined : loaded[id];
    if (before) all.push(before);
    else put(all, id, roiAt(rois, id));
  }
  return all;
}

function put(all: RecipeRoi[], id: RoiId, roi: Roi | undefined): void {
  if (!roi) return;
  const { name, box, label } = roi;
  all.push(label === undefined ? { id, name, box } : { id, name, box, label });
}
