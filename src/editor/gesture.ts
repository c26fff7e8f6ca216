/** What moving, resizing and drawing have in common: they show an edit as it grows and commit it once. */
import type { Edit } from "./edit.ts";
import type { Drawing, Effect, Idle, Moving, Resizing, Transition } from "./tool-state.ts";

type Editing = Drawing | Moving | Resizing;

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
