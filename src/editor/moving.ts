/** The selected ROIs follow the pointer. */
import type { Zyx } from "../geometry/box.ts";
import { type RoiId, roiAt } from "../roi/rois.ts";
import { attractedPull, edgesOf } from "./attract.ts";
import { shiftOf } from "./box-edit.ts";
import { type Edit, placed } from "./edit.ts";
import { groupOf, shiftedIn } from "./group.ts";
import { pullOf } from "./pane.ts";
import { Shifted } from "./shifted.ts";
import { gestureFrom, type Moving, type Pressing, snapOf, type ToolContext } from "./tool-state.ts";

export function startMoving(
  pressing: Pressing,
  id: RoiId,
  { rois, selection, locked }: ToolContext,
): Moving | undefined {
  const grabbed = roiAt(rois, id)?.box;
  if (grabbed === undefined) return undefined;
  const open = locked?.size ? [...selection].filter((each) => !locked.has(each)) : selection;
  const group = groupOf(rois, open) ?? { ids: [], hull: grabbed };
  const gesture = gestureFrom(pressing, rois, group.ids);
  return { kind: "moving", ...gesture, selection, ...group, grabbed };
}

/** What the hand shows as it moves. */
export function movingEdit(state: Moving, context: ToolContext): Edit | undefined {
  const { rois, dragged, selection } = state;
  const diff = new Shifted(rois, dragged, shiftIn(state, context), context.grid);
  return placed("Move", rois, diff, { selection });
}

/** What it leaves behind. */
export function movedEdit(state: Moving, context: ToolContext): Edit | undefined {
  const { rois, ids, selection } = state;
  const diff = shiftedIn(rois, ids, shiftIn(state, context), context.grid);
  return placed("Move", rois, diff, { selection });
}

/** In voxels. */
function shiftIn({ start, at, hull, grabbed, neighbors }: Moving, context: ToolContext): Zyx {
  const snap = snapOf(at);
  const pull = pullOf(context.pane, start.world, at.world);
  const edges = edgesOf(grabbed, undefined);
  const by = attractedPull(pull, { edges, snap, context, neighbors });
  return shiftOf(hull, by, context.grid, { grabbed, snap });
}
