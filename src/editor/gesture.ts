/** A gesture that edits: it shows its edit as the pointer moves, and commits it once, when the button is let go. */
import { drawnEdit } from "./drawing.ts";
import type { Edit } from "./edit.ts";
import { type Neighbors, neighborsIn } from "./magnets.ts";
import { movedEdit, movingEdit } from "./moving.ts";
import { resizedEdit } from "./resizing.ts";
import {
  type Editing,
  type EditorEvent,
  type Effect,
  type Idle,
  pointerAfter,
  type ToolContext,
  type Transition,
} from "./tool-state.ts";

export function whileEditing(state: Editing, event: EditorEvent, context: ToolContext): Transition {
  switch (event.kind) {
    case "move":
    case "modifiers":
      return shown(followed(state, event, context), context);
    case "up":
      return finished(followed(state, event, context), context);
    default:
      return { state, effects: [] };
  }
}

/** The gesture with the pointer where it is now, and what is in view there. */
function followed(state: Editing, event: EditorEvent, context: ToolContext): Editing {
  return { ...state, at: pointerAfter(state.at, event), neighbors: inViewOf(state, context) };
}

function inViewOf({ neighbors, dragged }: Editing, context: ToolContext): Neighbors {
  const { inView, plane } = context;
  const isSame =
    neighbors !== undefined &&
    neighbors.inView.min.x === inView.min.x &&
    neighbors.inView.min.y === inView.min.y &&
    neighbors.inView.max.x === inView.max.x &&
    neighbors.inView.max.y === inView.max.y &&
    neighbors.plane.min === plane.min;
  return isSame ? neighbors : neighborsIn(context, dragged);
}

/** What is shown of a release; undefined where nothing is changed. */
function editOf(state: Editing, context: ToolContext): Edit | undefined {
  switch (state.kind) {
    case "drawing":
      return drawnEdit(state, context);
    case "moving":
      return movingEdit(state, context);
    case "resizing":
      return resizedEdit(state, context);
  }
}

function shown(state: Editing, context: ToolContext): Transition {
  const edit = editOf(state, context);
  const changes = edit !== undefined || state.edit !== undefined;
  const effects: Effect[] = changes ? [{ kind: "preview", diff: edit?.diff }] : [];
  return { state: { ...state, edit }, effects };
}

/** A drawn ROI is selected and the tool put down, so that its handles are there at once; Shift keeps the tool. */
function finished(state: Editing, context: ToolContext): Transition {
  const edit = state.kind === "moving" ? movedEdit(state, context) : editOf(state, context);
  const { state: idle, effects } = dropped(state);
  if (edit === undefined) return { state: idle, effects };
  effects.push({ kind: "commit", edit });
  if (state.kind === "drawing" && !state.at.modifiers.shift)
    effects.push({ kind: "tool", tool: "select" });
  return { state: idle, effects };
}

/** The gesture is over and nothing has happened. The pointer is still over what it held. */
export function dropped(state: Editing): { state: Idle; effects: Effect[] } {
  const effects: Effect[] = state.edit === undefined ? [] : [{ kind: "preview", diff: undefined }];
  const { over, at } = state;
  return { state: { kind: "idle", over, at, clicked: undefined }, effects };
}
