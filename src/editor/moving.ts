/** The selected ROIs follow the pointer. */
import type { RoiId } from "../roi/rois.ts";
import { roiAt } from "../roi/rois.ts";
import { attractedPull, edgesOf } from "./attract.ts";
import { isSolid, movedBoxes } from "./box-edit.ts";
import { type Edit, reshaped } from "./edit.ts";
import { finish, followed, updated } from "./gesture.ts";
import { pullOf } from "./pane.ts";
import {
  type EditorEvent,
  type Moving,
  type Pressing,
  snapOf,
  type ToolContext,
  type Transition,
} from "./tool-state.ts";

export function startMoving(
  { at, over }: Pressing,
  id: RoiId,
  { rois, selection, locked }: ToolContext,
): Moving | undefined {
  const grabbed = roiAt(rois, id)?.box;
  if (grabbed === undefined) return undefined;
  const solid = [...selection].flatMap((each) => {
    const box = roiAt(rois, each)?.box;
    return box !== undefined && isSolid(box) && !locked?.has(each) ? [{ id: each, box }] : [];
  });
  const ids = solid.map((each) => each.id);
  const boxes = solid.map(({ box }) => box);
  const gesture = {
    rois,
    start: at,
    at,
    over,
    edit: undefined,
    dragged: new Set(ids),
    neighbours: undefined,
  };
  return { kind: "moving", ...gesture, selection, ids, boxes, grabbed };
}

export function whileMoving(state: Moving, event: EditorEvent, context: ToolContext): Transition {
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

function editOf(state: Moving, context: ToolContext): Edit | undefined {
  const { rois, start, at, ids, boxes, grabbed, selection } = state;
  const { grid } = context;
  const snap = snapOf(at);
  const pull = pullOf(context.pane, start.world, at.world);
  const edges = edgesOf(grabbed, undefined);
  const by = attractedPull(pull, { edges, snap, context, neighbours: state.neighbours });
  const moved = movedBoxes(boxes, by, grid, { grabbed, snap });
  const pairs = ids.flatMap((id, i) => {
    const box = moved[i];
    return box === undefined ? [] : [[id, box] as const];
  });
  return reshaped("Move", rois, pairs, { selection });
}
