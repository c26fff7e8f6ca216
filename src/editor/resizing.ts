/** An edge or a corner of the selected ROI follows the pointer. */
import { roiAt } from "../roi/rois.ts";
import { aspectPull, attractedPull, edgesOf } from "./attract.ts";
import { isSolid, resizedBox } from "./box-edit.ts";
import { resizeTo } from "./commands.ts";
import type { Edit } from "./edit.ts";
import { finish, followed, updated } from "./gesture.ts";
import { pullOf } from "./pane.ts";
import {
  type Drag,
  type EditorEvent,
  type Pressing,
  type Resizing,
  snapOf,
  type ToolContext,
  type Transition,
} from "./tool-state.ts";

export function startResizing(
  { at, over }: Pressing,
  { id, part }: Extract<Drag, { kind: "resize" }>,
  { rois }: ToolContext,
): Resizing | undefined {
  const box = roiAt(rois, id)?.box;
  if (box === undefined || !isSolid(box)) return undefined;
  return {
    kind: "resizing",
    rois,
    start: at,
    at,
    over,
    edit: undefined,
    dragged: new Set([id]),
    neighbours: undefined,
    id,
    box,
    part,
  };
}

export function whileResizing(
  state: Resizing,
  event: EditorEvent,
  context: ToolContext,
): Transition {
  switch (event.kind) {
    case "move":
    case "modifiers": {
      const next = followed(state, event, context);
      return updated(next, editOf(next, context));
    }
    case "up": {
      const next = followed(state, event, context);
      return finish(next, editOf(next, context));
    }
    default:
      return { state, effects: [] };
  }
}

/** The edge moves as far as the pointer did, so that it does not jump to where the pointer took hold of it. */
function editOf(
  { rois, start, at, id, box, part, neighbours }: Resizing,
  context: ToolContext,
): Edit | undefined {
  const { grid } = context;
  const snap = snapOf(at);
  const pull = pullOf(context.pane, start.world, at.world);
  const by = at.modifiers.shift
    ? aspectPull(box, part, pull, grid)
    : attractedPull(pull, { edges: edgesOf(box, part), snap, context, neighbours });
  return resizeTo(rois, id, resizedBox(box, part, by, { grid, snap }));
}
