/** Going over ROIs one by one: which category each is in, what is still to be looked at, and how far one is. */
import { grouped } from "../base/counted.ts";
import type { Table } from "../table/table.ts";
import { isThere, type RoiId, type Rois, roisOf } from "./rois.ts";
import { cellOf } from "./values.ts";

/** The column that says what became of an ROI, and the one for what there is to say of it; ngio keeps both. */
export const TRIAGE_COLUMN = "triage";
export const NOTES_COLUMN = "notes";

export const KEEP = "keep";
const DISCARD = "discard";

/** The categories one begins with; the keys 1 to 9 mean them in this order, and these three have a letter besides. */
export const USUAL_CATEGORIES: readonly string[] = [KEEP, DISCARD, "unsure"];

const MOST_CATEGORIES = 9;

/** The categories that a text lists, separated by commas, each once; undefined where it lists none. */
export function categoriesOf(text: string): readonly string[] | undefined {
  const named = text.split(",").map((name) => name.trim());
  const categories = [...new Set(named)].filter(Boolean).slice(0, MOST_CATEGORIES);
  return categories.length === 0 ? undefined : categories;
}

/** The category of an ROI; undefined where it is not reviewed. */
export function categoryOf(table: Table, rois: Rois, id: RoiId): string | undefined {
  const value = cellOf(table, rois, id, TRIAGE_COLUMN);
  return value === undefined || value === "" ? undefined : String(value);
}

/** The first ROI without a category after the given one in an order, going round its end; undefined where all have one. */
export function nextUnreviewed(
  table: Table,
  rois: Rois,
  order: ArrayLike<RoiId>,
  from: RoiId | undefined,
): RoiId | undefined {
  const start = from === undefined ? -1 : Array.prototype.indexOf.call(order, from);
  for (let step = 1; step <= order.length; step++) {
    const id = order[(start + step) % order.length];
    if (id === undefined || id === from || !isThere(rois, id)) continue;
    if (categoryOf(table, rois, id) === undefined) return id;
  }
  return undefined;
}

/** How many ROIs there are, and how many in each category. */
export interface Progress {
  readonly total: number;
  readonly reviewed: number;
  readonly counts: ReadonlyMap<string, number>;
}

/** How far the loaded rows are, whatever was done to them since: counted once for a table. */
export function loadedProgress(table: Table): Progress {
  const counts = new Map<string, number>();
  const rows = table.index.values.length;
  let reviewed = 0;
  const column = table.columns.get(TRIAGE_COLUMN);
  for (const value of column?.values ?? []) {
    if (value === undefined || value === "" || Number.isNaN(value)) continue;
    reviewed++;
    counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  }
  return { total: rows, reviewed, counts };
}

/** How far the ROIs are now: what was loaded, and what was edited since; untouched rows cost nothing. */
export function progressOf(table: Table, rois: Rois, loaded: Progress): Progress {
  const counts = new Map(loaded.counts);
  let { total, reviewed } = loaded;
  const add = (category: string | undefined, by: 1 | -1): void => {
    total += by;
    if (category === undefined) return;
    reviewed += by;
    counts.set(category, (counts.get(category) ?? 0) + by);
  };
  const before: Rois = roisOf(rois.base);
  for (const id of rois.overlay.keys()) {
    if (id < rois.base.names.length) add(categoryOf(table, before, id), -1);
    if (isThere(rois, id)) add(categoryOf(table, rois, id), 1);
  }
  return { total, reviewed, counts };
}

/** The discarded ROIs among the loaded rows, as they were loaded: looked for once for a table. */
export function loadedDiscarded(table: Table): ReadonlySet<RoiId> {
  const found = new Set<RoiId>();
  for (const [row, value] of (table.columns.get(TRIAGE_COLUMN)?.values ?? []).entries())
    if (value === DISCARD) found.add(row);
  return found;
}

/** The ROIs that are discarded now; untouched rows cost nothing. */
export function discardedIn(
  table: Table,
  rois: Rois,
  loaded: ReadonlySet<RoiId>,
): ReadonlySet<RoiId> {
  const now = new Set(loaded);
  for (const id of rois.overlay.keys())
    if (categoryOf(table, rois, id) === DISCARD) now.add(id);
    else now.delete(id);
  return now;
}

/** "137/512, 14 discarded" */
export function progressText({ total, reviewed, counts }: Progress): string {
  const discarded = counts.get(DISCARD) ?? 0;
  return `${grouped(reviewed)}/${grouped(total)}${discarded > 0 ? `, ${grouped(discarded)} discarded` : ""}`;
}
