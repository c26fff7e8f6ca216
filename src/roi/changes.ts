/** What was edited: which ROIs were added, moved, renamed or deleted between two states of one table. */
import type { Box } from "../geometry/box.ts";
import { type RoiId, type Rois, roiAt } from "./rois.ts";

export interface Changes {
  readonly added: readonly RoiId[];
  /** Moved or resized. */
  readonly moved: readonly RoiId[];
  /** Given another name or label. */
  readonly renamed: readonly RoiId[];
  readonly deleted: readonly RoiId[];
  /** How many ROIs changed; one that was moved and renamed counts once. */
  readonly count: number;
}

/** @param from and @param to are states of the same loaded table; its size does not matter, only what was edited. */
export function changesOf(from: Rois, to: Rois): Changes {
  const added: RoiId[] = [];
  const moved: RoiId[] = [];
  const renamed: RoiId[] = [];
  const deleted: RoiId[] = [];
  const changed = new Set<RoiId>();
  const edited = new Set([...from.overlay.keys(), ...to.overlay.keys()]);
  for (const id of [...edited].sort((a, b) => a - b)) {
    const before = roiAt(from, id);
    const after = roiAt(to, id);
    const note = (list: RoiId[]): void => {
      list.push(id);
      changed.add(id);
    };
    if (before === after) continue;
    if (before === undefined) note(added);
    else if (after === undefined) note(deleted);
    else {
      if (!sameEdges(before.box, after.box)) note(moved);
      if (before.name !== after.name || !Object.is(before.label, after.label)) note(renamed);
    }
  }
  return { added, moved, renamed, deleted, count: changed.size };
}

/** Whether two boxes are the same; a missing edge is the same as a missing one. */
function sameEdges(a: Box<"world">, b: Box<"world">): boolean {
  const edges = [...b.min, ...b.max];
  return [...a.min, ...a.max].every((v, i) => v === edges[i] || Object.is(v, edges[i]));
}
