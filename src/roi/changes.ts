/** What was edited: which ROIs were added, moved, renamed, given other values or deleted between two states of one table. */
import { sameCells } from "./overlay-page.ts";
import { edgeAt, isThere, labelAt, nameAt, type RoiId, type Rois } from "./rois.ts";

export interface Changes {
  readonly added: readonly RoiId[];
  /** Moved or resized. */
  readonly moved: readonly RoiId[];
  /** Given another name or label. */
  readonly renamed: readonly RoiId[];
  /** Given another value in a column of the table's own. */
  readonly valued: readonly RoiId[];
  readonly deleted: readonly RoiId[];
  /** How many ROIs changed; one that was moved and renamed counts once. */
  readonly count: number;
}

/** @param from and @param to are states of the same loaded table; its size does not matter, only what was edited. */
export function changesOf(from: Rois, to: Rois): Changes {
  const lists = {
    added: [] as RoiId[],
    moved: [] as RoiId[],
    renamed: [] as RoiId[],
    valued: [] as RoiId[],
    deleted: [] as RoiId[],
  };
  let count = 0;
  for (const id of from.overlay.differing(to.overlay)) {
    const kinds = kindsOf(from, to, id);
    for (const kind of kinds) lists[kind].push(id);
    if (kinds.length > 0) count++;
  }
  return { ...lists, count };
}

/** How many ROIs changed: known from the last look at the same two states, as it is asked for again and again. */
export function changeCount(from: Rois, to: Rois): number {
  return from.overlay.differing(to.overlay).length;
}

/** Told without making an object of either: there may be very many. */
function kindsOf(from: Rois, to: Rois, id: RoiId): readonly Exclude<keyof Changes, "count">[] {
  const [was, is] = [isThere(from, id), isThere(to, id)];
  if (!was || !is) return was === is ? [] : [was ? "deleted" : "added"];
  const isRenamed =
    nameAt(from, id) !== nameAt(to, id) || !Object.is(labelAt(from, id), labelAt(to, id));
  return [
    ...(sameEdges(from, to, id) ? [] : (["moved"] as const)),
    ...(isRenamed ? (["renamed"] as const) : []),
    ...(sameCells(from.overlay.cells(id), to.overlay.cells(id)) ? [] : (["valued"] as const)),
  ];
}

/** Whether an ROI has the same box in both; a missing edge is the same as a missing one. */
function sameEdges(from: Rois, to: Rois, id: RoiId): boolean {
  for (let edge = 0; edge < 6; edge++) {
    const [a, b] = [edgeAt(from, id, edge), edgeAt(to, id, edge)];
    if (!(a === b || Object.is(a, b))) return false;
  }
  return true;
}
