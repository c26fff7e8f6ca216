/** Which ROIs are hidden and which are locked: a matter of looking and of care, never saved. */
import { NONE_SELECTED } from "../editor/selection.ts";
import type { RoiId } from "../roi/rois.ts";
import type { Session } from "./session.ts";

/** Hides ROIs; where all of them are hidden already, shows them again. */
export function switchHidden({ rois }: Session, ids: Iterable<RoiId>): void {
  rois.setState(({ hidden }) => ({ hidden: switched(hidden, ids) }));
}

/** Shows every ROI again. */
export function showAll({ rois }: Session): void {
  rois.setState({ hidden: NONE_SELECTED });
}

/** Locks ROIs; where all of them are locked already, frees them again. */
export function switchLocked({ rois }: Session, ids: Iterable<RoiId>): void {
  rois.setState(({ locked }) => ({ locked: switched(locked, ids) }));
}

function switched(set: ReadonlySet<RoiId>, ids: Iterable<RoiId>): ReadonlySet<RoiId> {
  const next = new Set(set);
  const all = [...ids];
  const areIn = all.every((id) => set.has(id));
  for (const id of all) {
    if (areIn) next.delete(id);
    else next.add(id);
  }
  return next;
}
