/** A new ROI is drawn from corner to corner, through the whole stack. */
import { worldOf } from "../geometry/pixel-grid.ts";
import { drawnBox } from "./box-edit.ts";
import { addRoi, newRoi } from "./commands.ts";
import type { Edit } from "./edit.ts";
import { finish, updated } from "./gesture.ts";
import {
  type Drawing,
  type EditorEvent,
  type Pressing,
  pointerAfter,
  snapOf,
  type ToolContext,
  type Transition,
} from "./tool-state.ts";

export function startDrawing({ at, over }: Pressing, { rois, grid }: ToolContext): Drawing {
  const roi = newRoi(rois, worldOf(grid));
  return { kind: "drawing", rois, start: at, at, over, edit: undefined, roi };
}

/** A drawn ROI is selected and the tool put down, so that its handles are there at once; Shift keeps the tool. */
export function whileDrawing(state: Drawing, event: EditorEvent, context: ToolContext): Transition {
  switch (event.kind) {
    case "move":
    case "modifiers": {
      const next = { ...state, at: pointerAfter(state.at, event) };
      return updated(next, editOf(next, context));
    }
    case "up": {
      const next = { ...state, at: event.at };
      const { state: idle, effects } = finish(next, editOf(next, context));
      const drew = effects.some(({ kind }) => kind === "commit");
      if (!drew || event.at.modifiers.shift) return { state: idle, effects };
      return { state: idle, effects: [...effects, { kind: "tool", tool: "select" }] };
    }
    default:
      return { state, effects: [] };
  }
}

function editOf({ rois, start, at, roi }: Drawing, { grid }: ToolContext): Edit | undefined {
  const box = drawnBox(start.world, at.world, { grid, snap: snapOf(at) });
  return box === undefined ? undefined : addRoi(rois, { ...roi, box });
}
