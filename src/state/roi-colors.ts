/** By which column ROIs are coloured, what it holds, and which colour of a palette each of its values has. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { ColumnSummary } from "../roi/column-summary.ts";
import { summaryOfColumn } from "./column-summary.ts";
import { columnsOf } from "./roi-list.ts";
import type { Session } from "./session.ts";

export interface RoiColors {
  /** Undefined colours by no column. */
  readonly column: string | undefined;
  /** Undefined until it is counted. */
  readonly summary: ColumnSummary | undefined;
  /** By text: its place in the palette, kept while values come and go so that no colour changes under the eye. */
  readonly places: ReadonlyMap<string, number>;
  /** What of numbers is drawn as least and as most. */
  readonly ends: readonly [least: number, most: number] | undefined;
}

const none: RoiColors = {
  column: undefined,
  summary: undefined,
  places: new Map(),
  ends: undefined,
};

export function createRoiColors(): StoreApi<RoiColors> {
  return createStore<RoiColors>(() => none);
}

/** Colours the ROIs by a column of the open table or of the joined features; by none where there is no such column. */
export async function colorBy(session: Session, column: string | undefined): Promise<void> {
  session.colors.setState({ ...none, column }, true);
  await countColors(session);
}

/**
 * Counts the column anew, in slices: after edits, and when other features are joined. A later call takes an earlier
 * one's place. Ends that were set by hand stay.
 */
export async function countColors(session: Session): Promise<void> {
  const { colors, rois } = session;
  const { column } = colors.getState();
  if (column === undefined) return;
  const { table, document } = rois.getState();
  // Between two tables there is nothing to count, and the column is likely to be there again.
  if (!table) return;
  const features = session.features.getState().chosen;
  if (!columnsOf(session).has(column)) {
    colors.setState(none, true);
    return;
  }
  const isCurrent = (): boolean =>
    colors.getState().column === column &&
    rois.getState().document.rois === document.rois &&
    session.features.getState().chosen === features;
  const summary = await summaryOfColumn(session, column, isCurrent);
  if (!summary) return;
  colors.setState(({ places, summary: before }) => ({
    summary,
    places: summary.kind === "categories" ? withPlaces(places, summary) : places,
    // A column of other kind of values begins anew.
    ...(before?.kind === summary.kind ? {} : { ends: undefined }),
  }));
}

/** Sets what is drawn as least and as most; undefined is what the column reaches. */
export function setEnds({ colors }: Session, ends: RoiColors["ends"]): void {
  colors.setState({ ends });
}

/** No palette has so many colours; values beyond share one. */
const MOST_PLACES = 64;

/** New values get the next places, the most frequent first where there are several; others keep theirs. */
export function withPlaces(
  places: ReadonlyMap<string, number>,
  { values }: Extract<ColumnSummary, { kind: "categories" }>,
): ReadonlyMap<string, number> {
  const fresh = values.filter(({ value }) => !places.has(value));
  if (fresh.length === 0) return places;
  const next = new Map(places);
  const room = Math.max(0, MOST_PLACES - places.size);
  for (const { value } of fresh.sort((a, b) => b.count - a.count).slice(0, room))
    next.set(value, next.size);
  return next.size === places.size ? places : next;
}
