/** The selected ROIs follow the pointer. */
import { type RoiId, roiAt } from "../roi/rois.ts";
import { attractedPull, edgesOf } from "./attract.ts";
import { shiftOf } from "./box-edit.ts";
import { type Edit, placed } from "./edit.ts";
import { groupOf, shiftedIn } from "./group.ts";
import { pullOf } from "./pane.ts";
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

export function movedEdit(state: Moving, context: ToolContext): Edit | undefined {
  const { rois, start, at, ids, hull, grabbed, selection } = state;
  const { grid } = context;
  const snap = snapOf(at);
  const pull = pullOf(context.pane, start.world, at.world);
  const edges = edgesOf(grabbed, undefined);
  const by = attractedPull(pull, { edges, snap, context, neighbors: state.neighbors });
  const shift = shiftOf(hull, by, grid, { grabbed, snap });
  return placed("Move", rois, shiftedIn(rois, ids, shift, grid), { selection });
}
