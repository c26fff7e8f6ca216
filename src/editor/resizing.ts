/** An edge or a corner of the selected ROI follows the pointer. */
import { roiAt } from "../roi/rois.ts";
import { aspectPull, attractedPull, edgesOf } from "./attract.ts";
import { isSolid, resizedBox } from "./box-edit.ts";
import { resizeTo } from "./commands.ts";
import type { Edit } from "./edit.ts";
import { pullOf } from "./pane.ts";
import {
  type Drag,
  gestureFrom,
  type Pressing,
  type Resizing,
  snapOf,
  type ToolContext,
} from "./tool-state.ts";

export function startResizing(
  pressing: Pressing,
  { id, part }: Extract<Drag, { kind: "resize" }>,
  { rois }: ToolContext,
): Resizing | undefined {
  const box = roiAt(rois, id)?.box;
  if (box === undefined || !isSolid(box)) return undefined;
  return { kind: "resizing", ...gestureFrom(pressing, rois, [id]), id, box, part };
}

/** The edge moves as far as the pointer did, so that it does not jump to where the pointer took hold of it. */
export function resizedEdit(
  { rois, start, at, id, box, part, neighbors }: Resizing,
  context: ToolContext,
): Edit | undefined {
  const { grid } = context;
  const snap = snapOf(at);
  const pull = pullOf(context.pane, start.world, at.world);
  const by = at.modifiers.shift
    ? aspectPull(box, part, pull, grid)
    : attractedPull(pull, { edges: edgesOf(box, part), snap, context, neighbors });
  return resizeTo(rois, id, resizedBox(box, part, by, { grid, snap }));
}
