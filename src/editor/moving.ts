/** The selected ROIs follow the pointer. */
import type { RoiId } from "../roi/rois.ts";
import { roiAt } from "../roi/rois.ts";
import { isSolid, movedBoxes } from "./box-edit.ts";
import { type Edit, reshaped } from "./edit.ts";
import { finish, updated } from "./gesture.ts";
import {
  type EditorEvent,
  type Moving,
  type Pressing,
  pointerAfter,
  snapOf,
  type ToolContext,
  type Transition,
} from "./tool-state.ts";

export function startMoving(
  { at, over }: Pressing,
  id: RoiId,
  { rois, selection }: ToolContext,
): Moving | undefined {
  const grabbed = roiAt(rois, id)?.box;
  if (grabbed === undefined) return undefined;
  const solid = [...selection].flatMap((each) => {
    const box = roiAt(rois, each)?.box;
    return box !== undefined && isSolid(box) ? [{ id: each, box }] : [];
  });
  const ids = solid.map((each) => each.id);
  const boxes = solid.map(({ box }) => box);
  const gesture = { rois, start: at, at, over, edit: undefined };
  return { kind: "moving", ...gesture, selection, ids, boxes, grabbed };
}

export function whileMoving(state: Moving, event: EditorEvent, context: ToolContext): Transition {
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

function editOf(state: Moving, { grid }: ToolContext): Edit | undefined {
  const { rois, start, at, ids, boxes, grabbed, selection } = state;
  const by = [0, at.world.y - start.world.y, at.world.x - start.world.x] as const;
  const moved = movedBoxes(boxes, by, grid, { grabbed, snap: snapOf(at) });
  const pairs = ids.flatMap((id, i) => {
    const box = moved[i];
    return box === undefined ? [] : [[id, box] as const];
  });
  return reshaped("Move", rois, pairs, { selection });
}
