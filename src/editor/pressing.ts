/** The button is down and the pointer has not gone far: released here it is a click, further on it becomes a drag. */
import { startDrawing, whileDrawing } from "./drawing.ts";
import { roisUnder } from "./hit-test.ts";
import { startMoving, whileMoving } from "./moving.ts";
import { startResizing, whileResizing } from "./resizing.ts";
import { NONE_SELECTED, onlyOf, type Selection, sameSelection, toggled } from "./selection.ts";
import {
  type EditorEvent,
  IDLE,
  isClickAway,
  type Pointer,
  type Pressing,
  pointerAfter,
  probeOf,
  type ToolContext,
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
    case "draw":
      return whileDrawing(startDrawing(state, "drag", context), event, context);
    case "move": {
      const moving = startMoving(state, drag.id, context);
      return moving === undefined
        ? { state: IDLE, effects: [] }
        : whileMoving(moving, event, context);
    }
    case "resize": {
      const resizing = startResizing(state, drag, context);
      return resizing === undefined
        ? { state: IDLE, effects: [] }
        : whileResizing(resizing, event, context);
    }
  }
}

function click(pressing: Pressing, context: ToolContext): Transition {
  const { at, over, clicked } = pressing;
  if (over.drag.kind === "draw")
    return { state: startDrawing(pressing, "clicks", context), effects: [] };
  const state = { kind: "idle", over, clicked: at.screen } as const;
  const selection = clickedSelection(at, clicked, context);
  if (sameSelection(selection, context.selection)) return { state, effects: [] };
  return { state, effects: [{ kind: "select", selection }] };
}

/** What a click selects: the ROI on top; where the last click selected it in the same place, the next one below it. */
function clickedSelection(
  { screen, world, modifiers }: Pointer,
  clicked: Pressing["clicked"],
  context: ToolContext,
): Selection {
  const { selection } = context;
  const stack = roisUnder(context.rois, probeOf(context, { screen, world, modifiers }));
  const [top] = stack;
  const adds = modifiers.shift || modifiers.ctrl;
  if (top === undefined) return adds ? selection : NONE_SELECTED;
  if (adds) return toggled(selection, top);
  const only = onlyOf(selection);
  const again = clicked !== undefined && isClickAway(clicked, screen) && only !== undefined;
  const depth = again ? stack.indexOf(only) : -1;
  return new Set([stack[(depth + 1) % stack.length] ?? top]);
}
