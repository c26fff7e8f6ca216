/** A change of the document that one human act makes: what commands and tools return, and what becomes one step. */
import { type Box, sameBox } from "../geometry/box.ts";
import { type Roi, type RoiDiff, type RoiId, type Rois, roiAt } from "../roi/rois.ts";
import type { Selection } from "./selection.ts";

export interface Edit {
  /** As the menu names it after "Undo": "Move FOV_1". */
  readonly label: string;
  readonly diff: RoiDiff;
  /** What is selected afterwards. */
  readonly selection: Selection;
  /** Edits in a row with the same key become one step: a held arrow key. */
  readonly key?: string;
}

/** "Move FOV_1" for one ROI, "Move 3 ROIs" for several. */
export function labelOf(verb: string, rois: Rois, ids: Iterable<RoiId>): string {
  const all = [...ids];
  const [first] = all;
  const only = all.length === 1 && first !== undefined ? roiAt(rois, first) : undefined;
  return only === undefined ? `${verb} ${all.length} ROIs` : `${verb} ${only.name}`;
}

/** The edit that gives ROIs new boxes; undefined where none of them changes. */
export function reshaped(
  verb: string,
  rois: Rois,
  boxes: Iterable<readonly [RoiId, Box<"world">]>,
  { selection, coalesce = false }: { selection: Selection; coalesce?: boolean },
): Edit | undefined {
  const diff = new Map<RoiId, { from: Roi; to: Roi }>();
  for (const [id, box] of boxes) {
    const from = roiAt(rois, id);
    if (from !== undefined && !sameBox(from.box, box)) diff.set(id, { from, to: { ...from, box } });
  }
  if (diff.size === 0) return undefined;
  const label = labelOf(verb, rois, diff.keys());
  const edit = { label, diff, selection };
  return coalesce ? { ...edit, key: `${verb} ${[...selection].join()}` } : edit;
}
