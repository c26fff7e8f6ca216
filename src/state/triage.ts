/** Triage: going over the ROIs of the open table one by one and saying what becomes of each. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Habits } from "../base/habits.ts";
import { valued } from "../editor/cell-edit.ts";
import type { Selection } from "../editor/selection.ts";
import { idsOf, type RoiId, type Rois } from "../roi/rois.ts";
import {
  categoriesOf,
  categoryOf,
  KEEP,
  NOTES_COLUMN,
  nextUnreviewed,
  TRIAGE_COLUMN,
  USUAL_CATEGORIES,
} from "../roi/triage.ts";
import { cellsDiff } from "../roi/values.ts";
import type { Table } from "../table/table.ts";
import { listedIds } from "./roi-list.ts";
import { edit, select } from "./rois.ts";
import type { Session } from "./session.ts";

export interface Triage {
  /** Whether its keys are on. */
  readonly on: boolean;
  /** The keys 1 to 9 mean them in this order. */
  readonly categories: readonly string[];
  /** Whether marking an ROI goes on to the next unreviewed one. */
  readonly goesOn: boolean;
}

const CATEGORIES = "triage-categories";

/** @param habits which keep the user's own categories */
export function createTriage(habits: Habits): StoreApi<Triage> {
  const kept = habits.read(CATEGORIES);
  const own = typeof kept === "string" ? categoriesOf(kept) : undefined;
  return createStore<Triage>(() => ({
    on: false,
    categories: own ?? USUAL_CATEGORIES,
    goesOn: true,
  }));
}

/** Takes the categories that a text lists for one's own; a text that lists none changes nothing. */
export function setCategories({ triage, services }: Session, text: string): void {
  const categories = categoriesOf(text);
  if (categories === undefined) return;
  triage.setState({ categories });
  services.habits.write(CATEGORIES, categories.join(", "));
}

/** Turns triage on, at the first ROI that is not reviewed where none is selected; or off. */
export function switchTriage(session: Session, on: boolean): void {
  session.triage.setState({ on });
  if (on && session.rois.getState().document.selection.size === 0) goToUnreviewed(session);
}

/**
 * Puts the selected ROIs into a category, as one step; undefined takes them out of any. Where triage goes on by itself,
 * the next unreviewed one is selected. Without a selection it only goes on.
 */
export function mark(session: Session, category: string | undefined): void {
  const { table, document } = session.rois.getState();
  if (!table) return;
  const { rois, selection } = document;
  const change = { column: TRIAGE_COLUMN, value: category };
  const diff = cellsDiff(table, rois, selection, change);
  const verb = category === undefined ? "Unmark" : `Mark as ${category}:`;
  edit(session, valued(verb, rois, diff, selection));
  if (category !== undefined && session.triage.getState().goesOn) goToUnreviewed(session);
}

/** Selects the next ROI without a category; where none is left, what is selected stays. */
export function goToUnreviewed(session: Session): void {
  const next = unreviewedAfter(session);
  if (next !== undefined) select(session, new Set([next]));
}

/** The next ROI without a category after the one selected last. */
export function unreviewedAfter(session: Session): RoiId | undefined {
  const { table, document } = session.rois.getState();
  const from = [...document.selection].at(-1);
  return table && nextUnreviewed(table, document.rois, orderOf(session), from);
}

/** Selects the ROI before in the order, reviewed or not: one goes back to change one's mind. */
export function goBack(session: Session): void {
  const order = orderOf(session);
  const last = [...session.rois.getState().document.selection].at(-1);
  const at = last === undefined ? order.length : order.indexOf(last);
  const before = order[at - 1];
  if (before !== undefined) select(session, new Set([before]));
}

/** Says something of the selected ROIs, as one step; nothing takes the note away. */
export function note(session: Session, text: string): void {
  const { table, document } = session.rois.getState();
  if (!table) return;
  const { rois, selection } = document;
  const change = { column: NOTES_COLUMN, value: text.trim() || undefined };
  edit(session, valued("Note on", rois, cellsDiff(table, rois, selection, change), selection));
}

/** The ROIs in the order one goes through them. */
export function orderOf({ rois, list }: Session): readonly RoiId[] {
  return listedIds(list.getState(), rois.getState().document.rois);
}

/** The kept ROIs of a table, in its order. */
export function keptIn(table: Table, rois: Rois): Selection {
  return new Set(idsOf(rois).filter((id) => categoryOf(table, rois, id) === KEEP));
}
