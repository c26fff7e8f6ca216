/** A change of the document that one human act makes: what commands and tools return, and what becomes one step. */
import { counted } from "../base/counted.ts";
import type { Box } from "../geometry/box.ts";
import { changedIn, isThere, nameAt, type RoiDiff, type RoiId, type Rois } from "../roi/rois.ts";
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
  return `${verb} ${name ?? counted(changed.size, "ROI")}`;
}

/** The edit that gives ROIs new boxes; undefined where none of them changes. */
export function reshaped(
  verb: string,
  rois: Rois,
  boxes: Iterable<readonly [id: RoiId, box: Box<"world">]>,
  options: { readonly selection: Selection; readonly coalesce?: boolean },
): Edit | undefined {
  const diff = changedIn(rois, ({ place }) => {
    for (const [id, { min, max }] of boxes) if (isThere(rois, id)) place(id, [...min, ...max]);
  });
  return placed(verb, rois, diff, options);
}

/** The edit of a change of boxes; undefined where it changes none. */
export function placed(
  verb: string,
  rois: Rois,
  diff: RoiDiff,
  { selection, coalesce = false }: { readonly selection: Selection; readonly coalesce?: boolean },
): Edit | undefined {
  if (diff.size === 0) return undefined;
  const edit = { label: labelOf(verb, rois, diff), diff, selection };
  return coalesce ? { ...edit, key: verb } : edit;
}
