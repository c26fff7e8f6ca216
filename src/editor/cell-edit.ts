/** Values given to ROIs as one named step, however many they are. */
import type { RoiDiff, Rois } from "../roi/rois.ts";
import { type Edit, labelOf } from "./edit.ts";
import type { Selection } from "./selection.ts";

/**
 * The edit of a change of values (`cellsDiff`); undefined where nothing changes.
 * @param verb as the menu names it before the ROI's name: "Mark as keep:"
 */
export function valued(
  verb: string,
  rois: Rois,
  diff: RoiDiff,
  selection: Selection,
): Edit | undefined {
  return diff.size === 0 ? undefined : { label: labelOf(verb, rois, diff), diff, selection };
}
