/** The ROIs that are edited, what is selected of them, and how they came to be: one value, changed only whole. */
import { applied, nameAt, type RoiId, type Rois, takenBack } from "../roi/rois.ts";
import type { Edit } from "./edit.ts";
import { type History, type Mark, NO_HISTORY, recorded, redone, undone } from "./history.ts";
import { NONE_SELECTED, type Selection, sameSelection } from "./selection.ts";

export interface RoiDocument {
  readonly rois: Rois;
  readonly selection: Selection;
  readonly history: History;
}

/** A document of ROIs as they are on disk. */
export function openedDocument(rois: Rois): RoiDocument {
  return { rois, selection: NONE_SELECTED, history: NO_HISTORY };
}

/** Makes an edit one step of the document's history, or part of the last step where both have the same key. */
export function commit(document: RoiDocument, edit: Edit): RoiDocument {
  const { label, diff, selection, key } = edit;
  const step = { label, diff, before: document.selection, after: selection, key };
  return {
    rois: applied(document.rois, diff),
    selection,
    history: recorded(document.history, step),
  };
}

/** Selects; no step of its own, what was undone can still be redone, and edits that follow start a new step. */
export function select(document: RoiDocument, selection: Selection): RoiDocument {
  if (sameSelection(document.selection, selection)) return document;
  return { ...document, selection, history: { ...document.history, open: false } };
}

/** Takes the last step back, with the selection there was before it; the same document where there is none. */
export function undo(document: RoiDocument): RoiDocument {
  const back = undone(document.history);
  if (back === undefined) return document;
  const { step, history } = back;
  const rois = takenBack(document.rois, step.diff);
  return { rois, selection: present(rois, step.before), history };
}

/** Does the step taken back last again, with the selection there was after it. */
export function redo(document: RoiDocument): RoiDocument {
  const forth = redone(document.history);
  if (forth === undefined) return document;
  const { step, history } = forth;
  const rois = applied(document.rois, step.diff);
  return { rois, selection: present(rois, step.after), history };
}

/** Closes the last step, so that no later edit merges into it: after a pause or when another field is entered. */
export function closed(document: RoiDocument): RoiDocument {
  if (!document.history.open) return document;
  return { ...document, history: { ...document.history, open: false } };
}

/**
 * The document as written at `mark`, taken with `markOf` from the closed document when the write began; edits made
 * since stay unsaved.
 */
export function saved(document: RoiDocument, mark: Mark): RoiDocument {
  return { ...document, history: { ...document.history, saved: mark, open: false } };
}

/** A selection without ROIs that are not there. */
function present(rois: Rois, selection: Selection): Selection {
  const gone: RoiId[] = [];
  for (const id of selection) if (nameAt(rois, id) === undefined) gone.push(id);
  if (gone.length === 0) return selection;
  const kept = new Set(selection);
  for (const id of gone) kept.delete(id);
  return kept;
}
