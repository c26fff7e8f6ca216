/** A table's ROIs as a recipe has them: after an edit, only what was edited is made anew. */
import { STEP, type Steps } from "../base/steps.ts";
import { loadedAt } from "../roi/overlay.ts";
import { type Roi, type RoiColumns, type RoiId, type Rois, roiAt } from "../roi/rois.ts";
import type { RecipeRoi } from "../tasks/recipe.ts";

export interface Listed {
  /** What was listed. */
  readonly rois: Rois;
  /** All there are, in table order, new ones last. */
  readonly all: readonly RecipeRoi[];
  /** All as they were loaded, each at its id. */
  readonly loaded: readonly RecipeRoi[];
}

/** @param before a list of the same table: what was loaded is not made again; of another table, it counts for nothing */
export function* listRois(rois: Rois, before?: Listed): Steps<Listed> {
  const kept = before?.rois.base === rois.base ? before.loaded : undefined;
  const loaded = kept ?? (yield* loadedRois(rois.base));
  if (rois.overlay.size === 0) return { rois, all: loaded, loaded };
  const all: RecipeRoi[] = [];
  for (let id = 0; id < rois.nextId; id++) {
    if (id % STEP === STEP - 1) yield;
    const same = rois.overlay.has(id) ? undefined : loaded[id];
    if (same) all.push(same);
    else put(all, id, roiAt(rois, id));
  }
  return { rois, all, loaded };
}

function* loadedRois(base: RoiColumns): Steps<readonly RecipeRoi[]> {
  const all: RecipeRoi[] = [];
  for (let id = 0; id < base.names.length; id++) {
    if (id % STEP === STEP - 1) yield;
    put(all, id, loadedAt(base, id));
  }
  return all;
}

function put(all: RecipeRoi[], id: RoiId, roi: Roi | undefined): void {
  if (!roi) return;
  const { name, box, label } = roi;
  all.push(label === undefined ? { id, name, box } : { id, name, box, label });
}
