/** A rectangle is drawn around ROIs to select them: those that lie whole in it come to the ones selected before. */
import { whileIdle } from "./idle.ts";
import { roisWithin } from "./in-view.ts";
import type { InView } from "./magnets.ts";
import { sameSelection } from "./selection.ts";
import {
  type EditorEvent,
  IDLE,
  pointerAfter,
  type Selecting,
  type ToolContext,
  type Transition,
} from "./tool-state.ts";

export function whileSelecting(
  state: Selecting,
  event: EditorEvent,
  context: ToolContext,
): Transition {
  const at = pointerAfter(state.at, event);
  if (event.kind !== "up") return { state: { ...state, at }, effects: [] };
  const { rois, plane, hidden } = context;
  const within = roisWithin(rois, { plane, ...rectangleOf({ ...state, at }) });
  const selection = new Set(context.selection);
  for (const id of within) if (!hidden?.has(id)) selection.add(id);
  const { state: idle } = whileIdle(IDLE, event, { ...context, selection });
  if (sameSelection(selection, context.selection)) return { state: idle, effects: [] };
  return { state: idle, effects: [{ kind: "select", selection }] };
}

/** What the rectangle holds now, in world units. */
export function rectangleOf({ start, at }: Selecting): InView {
  const [a, b] = [start.world, at.world];
  return {
    min: { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y) },
    max: { x: Math.max(a.x, b.x), y: Math.max(a.y, b.y) },
  };
}
