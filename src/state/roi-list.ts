/** How the table lists its ROIs: searched, filtered, sorted, and with which columns. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { isFault } from "../base/fault.ts";
import { type Reader, readersOf } from "../roi/readers.ts";
import { idsOf, nameAt, type RoiId, type Rois } from "../roi/rois.ts";
import { searchOf } from "../roi/search.ts";
import { NOTES_COLUMN, TRIAGE_COLUMN } from "../roi/triage.ts";
import { notifyError } from "./notices.ts";
import type { Session } from "./session.ts";

export interface RoiList {
  /** As typed: a text to look for, or an expression. */
  readonly query: string;
  /** Why the expression is none, and where in it. */
  readonly problem: { readonly sentence: string; readonly at: number } | undefined;
  readonly sort: { readonly column: string; readonly descending: boolean } | undefined;
  /** The columns that are not shown. */
  readonly hidden: ReadonlySet<string>;
  /**
   * The ROIs as they were found, those below `known` having been looked at; undefined lists all in table order. It stays
   * while values are edited, so that no row jumps away from under the hand.
   */
  readonly order: { readonly ids: readonly RoiId[]; readonly known: number } | undefined;
  readonly busy: boolean;
  /** How much of what it is busy with is done, 0 to 1. */
  readonly done: number;
}

/** No search, no order; columns stay hidden from table to table. */
export const ALL_ROIS: Omit<RoiList, "hidden"> = {
  query: "",
  problem: undefined,
  sort: undefined,
  order: undefined,
  busy: false,
  done: 0,
};

export function createRoiList(): StoreApi<RoiList> {
  return createStore<RoiList>(() => ({ ...ALL_ROIS, hidden: new Set() }));
}

/** The ROIs there are now, as listed: those deleted since are left out, and new ones come last. */
export function listedIds({ order }: Pick<RoiList, "order">, rois: Rois): readonly RoiId[] {
  if (order === undefined) return idsOf(rois);
  const ids = order.ids.filter((id) => nameAt(rois, id) !== undefined);
  for (let id = order.known; id < rois.nextId; id++)
    if (nameAt(rois, id) !== undefined) ids.push(id);
  return ids;
}

/** Columns that triage adds. */
const ADDED = [TRIAGE_COLUMN, NOTES_COLUMN];

/**
 * `listedIds` for one who asks again after each edit: while no ROI comes or goes it gives the very list it gave before,
 * and looks only at what was edited since.
 */
export function listFollower(): typeof listedIds {
  let last:
    | { readonly order: RoiList["order"]; rois: Rois; readonly ids: readonly RoiId[] }
    | undefined;
  return ({ order }, rois) => {
    if (
      last &&
      last.order === order &&
      last.rois.base === rois.base &&
      !comesOrGoes(last.rois, rois)
    )
      last.rois = rois;
    else last = { order, rois, ids: listedIds({ order }, rois) };
    return last.ids;
  };
}

function comesOrGoes(before: Rois, after: Rois): boolean {
  const isThere = (rois: Rois, id: RoiId): boolean => nameAt(rois, id) !== undefined;
  return after.overlay
    .differing(before.overlay)
    .some((id) => isThere(before, id) !== isThere(after, id));
}

/** The open table's columns as they can be sorted and filtered by. */
export function columnsOf(session: Session): ReadonlyMap<string, Reader> {
  const { table, document } = session.rois.getState();
  if (!table) return new Map();
  const features = session.features.getState().chosen;
  return readersOf(table, document.rois, { features, added: ADDED });
}

/** Searches, filters and sorts anew, off this thread. A later call takes an earlier one's place; an expression that is none changes no rows. */
export async function arrange(
  session: Session,
  change: Partial<Pick<RoiList, "query" | "sort">>,
): Promise<void> {
  const { list, rois, listJobs } = session;
  list.setState({ ...change, problem: undefined, busy: true, done: 0 });
  const { query, sort } = list.getState();
  const { table, document } = rois.getState();
  const isCurrent = (): boolean => {
    const now = list.getState();
    // Not the table, which a new name or path changes as well.
    const { base } = rois.getState().document.rois;
    return now.query === query && now.sort === sort && base === document.rois.base;
  };
  const columns = columnsOf(session);
  const search = searchOf(query, columns);
  const sorts = sort !== undefined && columns.has(sort.column);
  if (search?.kind === "problem" || !table || !(search || sorts)) {
    const problem = search?.kind === "problem" ? search : undefined;
    list.setState(problem ? { problem, busy: false } : { order: undefined, busy: false });
    return;
  }
  const features = session.features.getState().chosen;
  const job = { kind: "arrange", query, sort, added: ADDED } as const;
  try {
    const onProgress = (done: number): void => {
      if (isCurrent()) list.setState({ done });
    };
    const listed = { table, rois: document.rois, features };
    const { ids } = await listJobs.run(job, listed, { onProgress });
    if (!isCurrent()) return;
    list.setState({ order: { ids: [...ids], known: document.rois.nextId }, busy: false });
  } catch (error) {
    if (!isCurrent()) return;
    list.setState({ busy: false });
    if (!isFault(error, "aborted")) notifyError(session.notices, error);
  }
}

/** Sorts by a column; by the same again the other way round, and then as the table is. */
export function sortBy(session: Session, column: string): Promise<void> {
  const { sort } = session.list.getState();
  if (sort?.column !== column) return arrange(session, { sort: { column, descending: false } });
  return arrange(session, { sort: sort.descending ? undefined : { column, descending: true } });
}

export function showColumn({ list }: Session, column: string, shown: boolean): void {
  const hidden = new Set(list.getState().hidden);
  if (shown) hidden.delete(column);
  else hidden.add(column);
  list.setState({ hidden });
}
