/** How the table lists its ROIs: searched, filtered, sorted, and with which columns. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { parseExpression } from "../roi/expression.ts";
import { type Listing, listing } from "../roi/order.ts";
import { type Reader, readersOf } from "../roi/readers.ts";
import { idsOf, type RoiId, type Rois, roiAt } from "../roi/rois.ts";
import { NOTES_COLUMN, TRIAGE_COLUMN } from "../roi/triage.ts";
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
}

/** No search, no order; columns stay hidden from table to table. */
export const ALL_ROIS: Omit<RoiList, "hidden"> = {
  query: "",
  problem: undefined,
  sort: undefined,
  order: undefined,
  busy: false,
};

export function createRoiList(): StoreApi<RoiList> {
  return createStore<RoiList>(() => ({ ...ALL_ROIS, hidden: new Set() }));
}

/** The ROIs there are now, as listed: those deleted since are left out, and new ones come last. */
export function listedIds({ order }: Pick<RoiList, "order">, rois: Rois): readonly RoiId[] {
  if (order === undefined) return idsOf(rois);
  const ids = order.ids.filter((id) => roiAt(rois, id) !== undefined);
  for (let id = order.known; id < rois.nextId; id++) if (roiAt(rois, id)) ids.push(id);
  return ids;
}

/** The open table's columns as they can be sorted and filtered by. */
export function columnsOf(session: Session): ReadonlyMap<string, Reader> {
  const { table, document } = session.rois.getState();
  if (!table) return new Map();
  const features = session.features.getState().chosen;
  return readersOf(table, document.rois, { features, added: [TRIAGE_COLUMN, NOTES_COLUMN] });
}

/** How long the page may be kept busy at a time, in milliseconds. */
const SLICE_MS = 8;

/** Searches, filters and sorts anew. A later call takes an earlier one's place; an expression that is none changes no rows. */
export async function arrange(
  session: Session,
  change: Partial<Pick<RoiList, "query" | "sort">>,
): Promise<void> {
  const { list, rois } = session;
  list.setState({ ...change, problem: undefined, busy: true });
  const mine = list.getState();
  const { table, document } = rois.getState();
  const isCurrent = (): boolean => {
    const { query, sort } = list.getState();
    return query === mine.query && sort === mine.sort && rois.getState().table === table;
  };
  const columns = columnsOf(session);
  const matches = matchesOf(mine.query, columns);
  if (matches?.kind === "problem") {
    list.setState({ problem: matches, busy: false });
    return;
  }
  const by = mine.sort && columns.get(mine.sort.column);
  const wanted: Listing = {
    matches: matches?.matches,
    sort: mine.sort && by && { by, descending: mine.sort.descending },
  };
  if (!wanted.matches && !wanted.sort) {
    list.setState({ order: undefined, busy: false });
    return;
  }
  const steps = listing(idsOf(document.rois), wanted);
  let step = steps.next();
  let since = performance.now();
  while (!step.done) {
    if (performance.now() - since > SLICE_MS) {
      await new Promise((resolve) => setTimeout(resolve));
      if (!isCurrent()) return;
      since = performance.now();
    }
    step = steps.next();
  }
  list.setState({ order: { ids: step.value, known: document.rois.nextId }, busy: false });
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

/** A text without a comparison is looked for in names and in all other texts. */
function matchesOf(query: string, columns: ReadonlyMap<string, Reader>) {
  const sought = query.trim().toLowerCase();
  if (sought === "") return undefined;
  if (/[<>=~]|\sin\s*\(/.test(sought)) return parseExpression(query, columns);
  const texts = [...columns.values()].filter(({ kind }) => kind === "text");
  const matches = (id: RoiId): boolean =>
    texts.some(({ at }) =>
      String(at(id) ?? "")
        .toLowerCase()
        .includes(sought),
    );
  return { kind: "filter", matches } as const;
}
