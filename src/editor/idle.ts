/** Nothing is held: the pointer hovers, and says what a click and what a drag would do. */
import { type RoiId, roiAt } from "../roi/rois.ts";
import { isSolid } from "./box-edit.ts";
import { hitTest, roisUnder } from "./hit-test.ts";
import { isSide } from "./pane.ts";
import {
  type Drag,
  type EditorEvent,
  type Idle,
  type Over,
  type Pointer,
  pointerAfter,
  probeOf,
  type ToolContext,
  type Transition,
} from "./tool-state.ts";

export function whileIdle(state: Idle, event: EditorEvent, context: ToolContext): Transition {
  switch (event.kind) {
    case "move":
    case "up":
    case "modifiers": {
      const at = "at" in event ? event.at : state.at && pointerAfter(state.at, event);
      return { state: { ...state, at, over: at && overAt(at, context) }, effects: [] };
    }
    case "leave":
      return { state: { ...state, at: undefined, over: undefined }, effects: [] };
    case "down": {
      const over = overAt(event.at, context);
      return {
        state: { kind: "pressing", at: event.at, over, clicked: state.clicked },
        effects: [],
      };
    }
    default:
      return { state, effects: [] };
  }
}

const LOOK: Drag = { kind: "look" };
const SELECT: Drag = { kind: "select" };

function overAt(at: Pointer, context: ToolContext): Over {
  const side = isSide(context.pane);
  if (context.tool === "draw" && !side) return { hit: undefined, drag: { kind: "draw" } };
  const hit = hitTest(context.rois, context.selection, probeOf(context, at));
  const drag = dragFrom(hit, at, context);
  // A click beside the main pane selects nothing, so nothing lights up there either.
  return side && drag.kind === "pan" ? { hit: undefined, drag: LOOK } : { hit, drag };
}

/**
 * A drag edits only what is selected: ROIs of whole fields of view cover the image, and panning must not move them.
 * A selected ROI can be grabbed by its body also where a smaller ROI lies on it.
 */
function dragFrom(hit: Over["hit"], at: Pointer, context: ToolContext): Drag {
  const isFree = (id: RoiId): boolean => !context.locked?.has(id);
  if (hit?.kind === "handle" && isFree(hit.id))
    return { kind: "resize", id: hit.id, part: hit.part };
  if (at.modifiers.shift && !isSide(context.pane)) return SELECT;
  if (hit === undefined || context.selection.size === 0) return { kind: "pan" };
  const under = roisUnder(context.rois, probeOf(context, at));
  const grabbed = under.find((id) => context.selection.has(id) && isFree(id));
  const box = grabbed === undefined ? undefined : roiAt(context.rois, grabbed)?.box;
  return grabbed !== undefined && box !== undefined && isSolid(box)
    ? { kind: "move", id: grabbed }
    : { kind: "pan" };
}
