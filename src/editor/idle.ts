/** Nothing is held: the pointer hovers, and says what a click and what a drag would do. */
import type { Box } from "../geometry/box.ts";
import { type RoiId, roiAt } from "../roi/rois.ts";
import { isSolid } from "./box-edit.ts";
import { hitTest, roisUnder } from "./hit-test.ts";
import { isSide } from "./pane.ts";
import {
  type Drag,
  type EditorEvent,
  type Idle,
  isClickAway,
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
      return { state: { ...state, at, over: at && overAt(state, at, context) }, effects: [] };
    }
    case "leave":
      return { state: { ...state, at: undefined, over: undefined }, effects: [] };
    case "down": {
      const over = overAt(state, event.at, context);
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

function overAt({ clicked }: Idle, at: Pointer, context: ToolContext): Over {
  const side = isSide(context.pane);
  if (context.tool === "draw" && !side) return { hit: undefined, drag: { kind: "draw" } };
  const hit = hitTest(context.rois, context.selection, probeOf(context, at));
  const drag = dragFrom(hit, at, context);
  // A click beside the main pane selects nothing, so nothing lights up there either.
  if (side) return drag.kind === "pan" ? { hit: undefined, drag: LOOK } : { hit, drag };
  const again = clicked !== undefined && isClickAway(clicked, at.screen);
  return { hit, drag, click: clickOn(hit, { at, again }, context) };
}

/** What a click would change: on what is selected already, only a further one on its place goes deeper. */
function clickOn(
  hit: Over["hit"],
  { at, again }: { readonly at: Pointer; readonly again: boolean },
  context: ToolContext,
): Over["click"] {
  const { rois, selection } = context;
  if (hit === undefined) return undefined;
  if (selection.size > 1 || !selection.has(hit.id)) return "select";
  return again && roisUnder(rois, probeOf(context, at)).length > 1 ? "below" : undefined;
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
  if (grabbed === undefined || box === undefined || !isSolid(box)) return { kind: "pan" };
  // A finger has no other way to pan while it is on an ROI that fills the view.
  return at.touch && !isWhole(box, context) ? { kind: "pan" } : { kind: "move", id: grabbed };
}

/** Whether a view shows all of a box. */
function isWhole({ min, max }: Box<"world">, { pane, inView }: ToolContext): boolean {
  const { across, down } = pane;
  return (
    min[across] >= inView.min.x &&
    max[across] <= inView.max.x &&
    min[down] >= inView.min.y &&
    max[down] <= inView.max.y
  );
}
