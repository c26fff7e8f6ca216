/** What moving, resizing and drawing have in common: they show an edit as it grows and commit it once. */
import type { Edit } from "./edit.ts";
import { type Neighbours, neighboursIn } from "./magnets.ts";
import {
  type Drawing,
  type EditorEvent,
  type Effect,
  type Idle,
  type Moving,
  pointerAfter,
  type Resizing,
  type ToolContext,
  type Transition,
} from "./tool-state.ts";

export type Editing = Drawing | Moving | Resizing;

/** The gesture with the pointer where it is now, and what is in view there. */
export function followed<S extends Editing>(state: S, event: EditorEvent, context: ToolContext): S {
  return { ...state, at: pointerAfter(state.at, event), neighbours: inViewOf(state, context) };
}

function inViewOf({ neighbours, dragged }: Editing, context: ToolContext): Neighbours {
  const { inView, plane } = context;
  const isSame =
    neighbours !== undefined &&
    neighbours.inView.min.x === inView.min.x &&
    neighbours.inView.min.y === inView.min.y &&
    neighbours.inView.max.x === inView.max.x &&
    neighbours.inView.max.y === inView.max.y &&
    neighbours.plane.min === plane.min;
  return isSame ? neighbours : neighboursIn(context, dragged);
}

/** The gesture goes on with another edit, which is shown. */
export function updated(state: Editing, edit: Edit | undefined): Transition {
  const changes = edit !== undefined || state.edit !== undefined;
  const effects: Effect[] = changes ? [{ kind: "preview", diff: edit?.diff }] : [];
  return { state: { ...state, edit }, effects };
}

/** The gesture is over and its edit, if it has one, is committed. */
export function finish(state: Editing, edit: Edit | undefined): Transition {
  const { state: idle, effects } = dropped(state);
  if (edit === undefined) return { state: idle, effects };
  return { state: idle, effects: [...effects, { kind: "commit", edit }] };
}

/** The gesture is over and nothing has happened. The pointer is still over what it held. */
export function dropped(state: Editing): { state: Idle; effects: Effect[] } {
  const effects: Effect[] = state.edit === undefined ? [] : [{ kind: "preview", diff: undefined }];
  return { state: { kind: "idle", over: state.over, clicked: undefined }, effects };
}
