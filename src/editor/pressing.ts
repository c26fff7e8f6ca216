/** The button is down and the pointer has not gone far: released here it is a click, further on it becomes a drag. */
import type { RoiId } from "../roi/rois.ts";
import { startDrawing } from "./drawing.ts";
import { whileEditing } from "./gesture.ts";
import { roisUnder } from "./hit-test.ts";
import { startMoving } from "./moving.ts";
import { isSide } from "./pane.ts";
import { startResizing } from "./resizing.ts";
import { whileSelecting } from "./selecting.ts";
import { NONE_SELECTED, onlyOf, type Selection, sameSelection, toggled } from "./selection.ts";
import {
  type Drag,
  type Editing,
  type EditorEvent,
  type Effect,
  IDLE,
  isClickAway,
  type Pointer,
  type Pressing,
  pointerAfter,
  probeOf,
  type ToolContext,
  type ToolState,
  type Transition,
} from "./tool-state.ts";

export function whilePressing(
  state: Pressing,
  event: EditorEvent,
  context: ToolContext,
): Transition {
  switch (event.kind) {
    case "move":
      if (isClickAway(event.at.screen, state.at.screen, event.at.touch))
        return { state, effects: [] };
      return startDrag(state, event, context);
    case "modifiers":
      return { state: { ...state, at: pointerAfter(state.at, event) }, effects: [] };
    case "up":
      return click(state, context);
    default:
      return { state, effects: [] };
  }
}

/** The gesture starts where the button went down, so that nothing jumps when the threshold is crossed. */
function startDrag(state: Pressing, event: EditorEvent, context: ToolContext): Transition {
  const { drag } = state.over;
  switch (drag.kind) {
    case "pan":
      return { state: { kind: "panning" }, effects: [] };
    case "look":
      return whileLooking({ kind: "looking" }, event);
    case "select":
      return whileSelecting({ kind: "selecting", start: state.at, at: state.at }, event, context);
    case "draw":
    case "move":
    case "resize": {
      const started = startEditing(state, drag, context);
      return started ? whileEditing(started, event, context) : { state: IDLE, effects: [] };
    }
  }
}

/** Undefined where there is nothing to be held. */
function startEditing(
  state: Pressing,
  drag: Extract<Drag, { kind: "draw" | "move" | "resize" }>,
  context: ToolContext,
): Editing | undefined {
  switch (drag.kind) {
    case "draw":
      return startDrawing(state, "drag", context);
    case "move":
      return startMoving(state, drag.id, context);
    case "resize":
      return startResizing(state, drag, context);
  }
}

/** The crosshair goes where the pointer goes. */
export function whileLooking(state: ToolState, event: EditorEvent): Transition {
  switch (event.kind) {
    case "move":
      return { state, effects: [{ kind: "look", at: event.at.world }] };
    case "up":
      return { state: IDLE, effects: [] };
    default:
      return { state, effects: [] };
  }
}

function click(pressing: Pressing, context: ToolContext): Transition {
  const { at, over, clicked } = pressing;
  if (over.drag.kind === "draw")
    return { state: startDrawing(pressing, "clicks", context), effects: [] };
  const state = { kind: "idle", over, at, clicked: at.screen } as const;
  const side = isSide(context.pane);
  const moves = side || (context.hasCrosshair && !at.modifiers.shift && !at.modifiers.ctrl);
  const looks: readonly Effect[] = moves ? [{ kind: "look", at: at.world }] : [];
  if (side) return { state, effects: looks };
  const stack = roisUnder(context.rois, probeOf(context, at));
  const selection = clickedSelection(stack, at, clicked, context);
  if (sameSelection(selection, context.selection)) return { state, effects: looks };
  const among = selection.size === 1 && stack.length > 1 ? { among: stack } : {};
  return { state, effects: [...looks, { kind: "select", selection, ...among }] };
}

/** What a click selects: the ROI on top; where the last click selected it in the same place, the next one below it. */
function clickedSelection(
  stack: readonly RoiId[],
  { screen, modifiers }: Pointer,
  clicked: Pressing["clicked"],
  { selection }: ToolContext,
): Selection {
  const [top] = stack;
  const adds = modifiers.shift || modifiers.ctrl;
  if (top === undefined) return adds ? selection : NONE_SELECTED;
  if (adds) return toggled(selection, top);
  const again = clicked !== undefined && isClickAway(clicked, screen);
  return again ? nextIn(stack, selection) : new Set([top]);
}

/** The next ROI down a stack after the one that is selected; the top where none of it is. */
export function nextIn(stack: readonly RoiId[], selection: Selection): Selection {
  const only = onlyOf(selection);
  const depth = only === undefined ? -1 : stack.indexOf(only);
  const next = stack[(depth + 1) % stack.length];
  return next === undefined ? selection : new Set([next]);
}
