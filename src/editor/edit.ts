/** A change of the document that one human act makes: what commands and tools return, and what becomes one step. */
import { PagedMap } from "../base/paged-map.ts";
import { type Box, sameBox } from "../geometry/box.ts";
import { nameAt, type Roi, type RoiDiff, type RoiId, type Rois, roiAt } from "../roi/rois.ts";
import type { Selection } from "./selection.ts";

export interface Edit {
  /** As the menu names it after "Undo": "Move FOV_1". */
  readonly label: string;
  readonly diff: RoiDiff;
  /** What is selected afterwards. */
  readonly selection: Selection;
  /** Edits in a row with the same key, of the same selection, become one step: a held arrow key. */
  readonly key?: string;
}

/** "Move FOV_1" for one ROI, "Move 3 ROIs" for several. */
export function labelOf(verb: string, rois: Rois, changed: ReadonlyMap<RoiId, unknown>): string {
  const [only] = changed.size === 1 ? changed.keys() : [];
  const name = only === undefined ? undefined : nameAt(rois, only);
  return `${verb} ${name ?? `${changed.size} ROIs`}`;
}

/**
 * The edit that gives ROIs new boxes; undefined where none of them changes.
 * @param boxes with the ROI as it is, where it is at hand
 */
export function reshaped(
  verb: string,
  rois: Rois,
  boxes: Iterable<readonly [id: RoiId, box: Box<"world">, from?: Roi]>,
  { selection, coalesce = false }: { selection: Selection; coalesce?: boolean },
): Edit | undefined {
  const diff = PagedMap.of<{ from: Roi; to: Roi }>().with((draft) => {
    for (const [id, box, known] of boxes) {
      const from = known ?? roiAt(rois, id);
      if (from && !sameBox(from.box, box)) draft.set(id, { from, to: { ...from, box } });
    }
  });
  if (diff.size === 0) return undefined;
  const label = labelOf(verb, rois, diff);
  const edit = { label, diff, selection };
  return coalesce ? { ...edit, key: verb } : edit;
}
