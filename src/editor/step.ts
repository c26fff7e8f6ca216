/** The tool machine: one event in one state gives the next state and what is to be done. Pure, and all of it. */
import { dropped, whileEditing } from "./gesture.ts";
import { whileIdle } from "./idle.ts";
import { whileLooking, whilePressing } from "./pressing.ts";
import { whileSelecting } from "./selecting.ts";
import { NONE_SELECTED } from "./selection.ts";
import {
  type EditorEvent,
  type Effect,
  IDLE,
  type ToolContext,
  type ToolState,
  type Transition,
} from "./tool-state.ts";

/**
 * Takes one event. A gesture whose ROIs were changed by something else in the meantime is dropped first: what it would
 * commit was computed from ROIs that are no more.
 */
export function step(state: ToolState, event: EditorEvent, context: ToolContext): Transition {
  const stale = "rois" in state && state.rois !== context.rois;
  const start: Transition = stale ? cancelled(state) : { state, effects: [] };
  const next = taken(start.state, event, context);
  const id = hoveredIn(next.state);
  const hovers: readonly Effect[] = id === hoveredIn(state) ? [] : [{ kind: "hover", id }];
  return { state: next.state, effects: [...start.effects, ...next.effects, ...hovers] };
}

function taken(state: ToolState, event: EditorEvent, context: ToolContext): Transition {
  if (event.kind === "cancel") return cancelled(state);
  if (event.kind === "escape") return escaped(state, context);
  switch (state.kind) {
    case "idle":
      return whileIdle(state, event, context);
    case "pressing":
      return whilePressing(state, event, context);
    case "panning":
      return { state: event.kind === "up" ? IDLE : state, effects: [] };
    case "looking":
      return whileLooking(state, event);
    case "selecting":
      return whileSelecting(state, event, context);
    case "drawing":
    case "moving":
    case "resizing":
      return whileEditing(state, event, context);
  }
}

/** One rung of the ladder: put back what is dragged, else clear the selection, else put the tool down. */
function escaped(state: ToolState, { selection, tool }: ToolContext): Transition {
  if (state.kind === "panning" || state.kind === "looking") return { state, effects: [] };
  if (state.kind !== "idle") return cancelled(state);
  if (selection.size > 0) return { state, effects: [{ kind: "select", selection: NONE_SELECTED }] };
  if (tool !== "select") return { state: IDLE, effects: [{ kind: "tool", tool: "select" }] };
  return { state, effects: [] };
}

function cancelled(state: ToolState): Transition {
  switch (state.kind) {
    case "idle":
      return { state, effects: [] };
    case "pressing":
    case "panning":
    case "looking":
    case "selecting":
      return { state: IDLE, effects: [] };
    case "drawing":
    case "moving":
    case "resizing":
      return dropped(state);
  }
}

function hoveredIn(state: ToolState): number | undefined {
  return state.kind === "idle" || state.kind === "pressing" ? state.over?.hit?.id : undefined;
}
