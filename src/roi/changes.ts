/** What was edited: which ROIs were added, moved, renamed, given other values or deleted between two states of one table. */
import type { Box } from "../geometry/box.ts";
import { sameCells } from "./overlay-page.ts";
import { type Roi, type RoiId, type Rois, roiAt } from "./rois.ts";

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
    const kinds = kindsOf(roiAt(from, id), roiAt(to, id));
    for (const kind of kinds) lists[kind].push(id);
    if (kinds.length > 0) count++;
  }
  return { ...lists, count };
}

/** How many ROIs changed, as `changesOf` counts them, without looking at each where nothing was edited before. */
export function changeCount(from: Rois, to: Rois): number {
  // A ROI that is as loaded is in no overlay.
  if (from.overlay.size === 0) return to.overlay.size;
  let count = 0;
  for (const id of from.overlay.differing(to.overlay))
    if (kindsOf(roiAt(from, id), roiAt(to, id)).length > 0) count++;
  return count;
}

function kindsOf(
  before: Roi | undefined,
  after: Roi | undefined,
): readonly Exclude<keyof Changes, "count">[] {
  if (before === after) return [];
  if (before === undefined) return ["added"];
  if (after === undefined) return ["deleted"];
  const isRenamed = before.name !== after.name || !Object.is(before.label, after.label);
  return [
    ...(sameEdges(before.box, after.box) ? [] : (["moved"] as const)),
    ...(isRenamed ? (["renamed"] as const) : []),
    ...(sameCells(before.cells, after.cells) ? [] : (["valued"] as const)),
  ];
}

/** Whether two boxes are the same; a missing edge is the same as a missing one. */
function sameEdges(a: Box<"world">, b: Box<"world">): boolean {
  const same = (v: number, w: number): boolean => v === w || Object.is(v, w);
  return ([0, 1, 2] as const).every((i) => same(a.min[i], b.min[i]) && same(a.max[i], b.max[i]));
}
