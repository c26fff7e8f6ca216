/** Nothing is held: the pointer hovers, and says what a click and what a drag would do. */
import { roiAt } from "../roi/rois.ts";
import { isSolid } from "./box-edit.ts";
import { hitTest, roisUnder } from "./hit-test.ts";
import {
  type Drag,
  type EditorEvent,
  type Idle,
  type Over,
  type Pointer,
  probeOf,
  type ToolContext,
  type Transition,
} from "./tool-state.ts";

export function whileIdle(state: Idle, event: EditorEvent, context: ToolContext): Transition {
  switch (event.kind) {
    case "move":
    case "up":
      return { state: { ...state, over: overAt(event.at, context) }, effects: [] };
    case "leave":
      return { state: { ...state, over: undefined }, effects: [] };
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

function overAt(at: Pointer, context: ToolContext): Over {
  if (context.tool === "draw") return { hit: undefined, drag: { kind: "draw" } };
  const hit = hitTest(context.rois, context.selection, probeOf(context, at));
  return { hit, drag: dragFrom(hit, at, context) };
}

/**
 * A drag edits only what is selected: ROIs of whole fields of view cover the image, and panning must not move them.
 * A selected ROI can be grabbed by its body also where a smaller ROI lies on it.
 */
function dragFrom(hit: Over["hit"], at: Pointer, context: ToolContext): Drag {
  if (hit?.kind === "handle") return { kind: "resize", id: hit.id, part: hit.part };
  if (hit === undefined || context.selection.size === 0) return { kind: "pan" };
  const under = roisUnder(context.rois, probeOf(context, at));
  const grabbed = under.find((id) => context.selection.has(id));
  const box = grabbed === undefined ? undefined : roiAt(context.rois, grabbed)?.box;
  return grabbed !== undefined && box !== undefined && isSolid(box)
    ? { kind: "move", id: grabbed }
    : { kind: "pan" };
}
