/** An edge or a corner of the selected ROI follows the pointer. */
import { roiAt } from "../roi/rois.ts";
import { isSolid, resizedBox } from "./box-edit.ts";
import { resizeTo } from "./commands.ts";
import type { Edit } from "./edit.ts";
import { finish, updated } from "./gesture.ts";
import {
  type Drag,
  type EditorEvent,
  type Pressing,
  pointerAfter,
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
  return { kind: "resizing", rois, start: at, at, over, edit: undefined, id, box, part };
}

export function whileResizing(
  state: Resizing,
  event: EditorEvent,
  context: ToolContext,
): Transition {
  switch (event.kind) {
    case "move":
    case "modifiers": {
      const next = { ...state, at: pointerAfter(state.at, event) };
      return updated(next, editOf(next, context));
    }
    case "up": {
      const next = { ...state, at: event.at };
      return finish(next, editOf(next, context));
    }
    default:
      return { state, effects: [] };
  }
}

/** The edge moves as far as the pointer did, so that it does not jump to where the pointer took hold of it. */
function editOf(
  { rois, start, at, id, box, part }: Resizing,
  { grid }: ToolContext,
): Edit | undefined {
  const by = [0, at.world.y - start.world.y, at.world.x - start.world.x] as const;
  return resizeTo(rois, id, resizedBox(box, part, by, { grid, snap: snapOf(at) }));
}
