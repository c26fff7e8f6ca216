/** The ROIs that commands act on. */
import type { RoiId } from "../roi/rois.ts";

export type Selection = ReadonlySet<RoiId>;

export const NONE_SELECTED: Selection = new Set();

/** The selection with one ROI put in, or taken out if it was in. */
export function toggled(selection: Selection, id: RoiId): Selection {
  const next = new Set(selection);
  if (!next.delete(id)) next.add(id);
  return next;
}

export function sameSelection(a: Selection, b: Selection): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const id of a) if (!b.has(id)) return false;
  return true;
}

/** The ROI of a selection of one. */
export function onlyOf(selection: Selection): RoiId | undefined {
  if (selection.size !== 1) return undefined;
  for (const id of selection) return id;
  return undefined;
}
