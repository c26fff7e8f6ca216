/** By which feature the objects of a label are coloured: what it holds, and what finds the value of each id. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { inSlices, type Steps } from "../base/steps.ts";
import type { LabelLookup, LookupRequest } from "../ome/label-lookup.ts";
import { type ColumnSummary, summaryOf } from "../roi/column-summary.ts";
import { columnReader } from "../roi/readers.ts";
import { isAbout, labelOf, labelsIn } from "../table/feature-table.ts";
import type { Column, Table } from "../table/table.ts";
import { type Features, type JoinedTable, readFeatures } from "./features.ts";
import type { LabelLook } from "./label-look.ts";
import { changeLabel } from "./labels.ts";
import { notifyError } from "./notices.ts";
import { withPlaces } from "./roi-colors.ts";
import type { Session } from "./session.ts";

/** What a label is coloured by. */
export interface LabelColoring {
  readonly column: string;
  readonly summary: ColumnSummary;
  /** By text: its place in the palette. */
  readonly places: ReadonlyMap<string, number>;
  readonly lookup: LabelLookup;
}

export interface LabelColors {
  /** By label; one stays until the next is worked out. */
  readonly colorings: ReadonlyMap<string, LabelColoring>;
  /** The labels for which one is being worked out. */
  readonly busy: ReadonlySet<string>;
  /** By label: the table that it was chosen to be coloured by, while that is read. */
  readonly coming: ReadonlyMap<string, Coming>;
}

/** Another object each time that something is chosen. */
interface Coming {
  readonly table: string;
}

const none: LabelColors = { colorings: new Map(), busy: new Set(), coming: new Map() };

export function createLabelColors(): StoreApi<LabelColors> {
  return createStore<LabelColors>(() => none);
}

/** Columns that a label can be coloured by, of a feature table that was read. */
export function columnsFor(label: string, joined: JoinedTable | undefined): readonly string[] {
  if (!joined || !isAbout(joined.table, label)) return [];
  return [...joined.table.columns.keys()].filter((name) => name !== "label");
}

/** Why what a label is to be coloured by colours nothing; undefined where it does, and while that is not known. */
export function colorProblem(
  label: string,
  color: LabelLook["color"],
  { names, tables }: Pick<Features, "names" | "tables">,
): string | undefined {
  if (!color || names.length === 0) return undefined;
  const { table, column } = color;
  if (!names.includes(table)) return `The image has no feature table "${table}"`;
  const joined = tables.get(table);
  if (!joined || columnsFor(label, joined).includes(column)) return undefined;
  return isAbout(joined.table, label)
    ? `${table} has no column "${column}"`
    : `${table} is about the label "${labelOf(joined.table)}"`;
}

/** Colours a label by a feature, or by object, whatever was chosen before. */
export function colorBy(
  session: Session,
  label: string,
  feature: { readonly table: string; readonly column: string } | undefined,
): void {
  setComing(session, label, undefined);
  changeLabel(session, label, { color: feature && { ...feature, ends: undefined } });
}

/** Colours a label by the first feature of a table once that was read, unless something else was chosen meanwhile. */
export async function colorByTable(session: Session, label: string, table: string): Promise<void> {
  const chosen = { table };
  setComing(session, label, chosen);
  const [column] = columnsFor(label, await readFeatures(session, table));
  if (session.labelColors.getState().coming.get(label) !== chosen) return;
  if (column === undefined) setComing(session, label, undefined);
  else colorBy(session, label, { table, column });
}

function setComing({ labelColors }: Session, label: string, next: Coming | undefined): void {
  labelColors.setState(({ coming }) => ({ coming: changed(coming, label, next) }));
}

/** Follows what labels are to be coloured by: reads the tables that are asked for, and works out the colours. */
export function keepLabelColors(session: Session): void {
  const { view, features, labelColors } = session;
  const followed = new Map<string, Followed>();
  const put = (label: string, coloring: LabelColoring | undefined): void =>
    labelColors.setState(({ colorings, busy }) => ({
      colorings: changed(colorings, label, coloring),
      busy: new Set([...busy].filter((name) => name !== label)),
    }));
  const leave = (label: string): void => {
    followed.get(label)?.working.abort();
    followed.delete(label);
  };
  const begin = (label: string, wish: Wish): void => {
    leave(label);
    const working = new AbortController();
    const { signal } = working;
    followed.set(label, { wish, working });
    labelColors.setState(({ busy }) => ({ busy: new Set([...busy, label]) }));
    coloringOf(session, wish, signal).then(
      (coloring) => {
        if (!signal.aborted) put(label, coloring);
      },
      (error: unknown) => {
        if (signal.aborted) return;
        put(label, undefined);
        notifyError(session.notices, error);
      },
    );
  };
  const follow = (): void => {
    readWanted(session);
    const wishes = wishesOf(session);
    for (const label of followed.keys())
      if (!wishes.has(label)) {
        leave(label);
        put(label, undefined);
      }
    for (const [label, wish] of wishes) {
      const before = followed.get(label)?.wish;
      if (before?.table !== wish.table || before.column !== wish.column) begin(label, wish);
    }
  };
  view.subscribe((now, before) => {
    if (now.labelViews !== before.labelViews) follow();
  });
  features.subscribe(follow);
}

/** What a label is to be coloured by. */
interface Wish {
  readonly table: Table;
  readonly column: string;
}

interface Followed {
  readonly wish: Wish;
  readonly working: AbortController;
}

/** By label: those that are drawn, and whose table was read. */
function wishesOf({ view, features }: Session): ReadonlyMap<string, Wish> {
  const { tables } = features.getState();
  const wishes = new Map<string, Wish>();
  for (const { name, visible, color } of view.getState().labelViews) {
    const joined = color && tables.get(color.table);
    if (visible && joined && columnsFor(name, joined).includes(color.column))
      wishes.set(name, { table: joined.table, column: color.column });
  }
  return wishes;
}

/** Reads the tables of labels that are drawn, once; they are found after the image is open. */
function readWanted(session: Session): void {
  for (const { visible, color } of session.view.getState().labelViews) {
    const { names, tables } = session.features.getState();
    if (visible && color && names.includes(color.table) && !tables.has(color.table))
      void readFeatures(session, color.table);
  }
}

function changed<V>(map: ReadonlyMap<string, V>, key: string, value: V | undefined) {
  const next = new Map(map);
  if (value === undefined) next.delete(key);
  else next.set(key, value);
  return next;
}

async function coloringOf(
  session: Session,
  { table, column: name }: Wish,
  signal: AbortSignal,
): Promise<LabelColoring | undefined> {
  const column = table.columns.get(name);
  if (!column) return undefined;
  const rows = Uint32Array.from({ length: column.values.length }, (_, row) => row);
  const summary = await inSlices(summaryOf(columnReader(column), rows), { signal });
  const places: ReadonlyMap<string, number> =
    summary.kind === "categories" ? withPlaces(new Map(), summary) : new Map();
  const values = await inSlices(valuesOf(column, places), { signal });
  const request: LookupRequest = {
    ids: await inSlices(labelsIn(table), { signal }),
    values,
    reach: summary.kind === "range" ? [summary.min, summary.max] : undefined,
  };
  const lookup = await session.services.buildLookup(request, { signal });
  return { column: name, summary, places, lookup };
}

/** Rows taken between two pauses: below a millisecond. */
const SLICE = 4096;

/** Numbers as they are, texts by their places. */
function* valuesOf(column: Column, places: ReadonlyMap<string, number>): Steps<Float64Array> {
  if (column.kind === "number") return column.values;
  const { at } = columnReader(column);
  const values = new Float64Array(column.values.length);
  for (let row = 0; row < values.length; row++) {
    values[row] = places.get(String(at(row) ?? "")) ?? Number.NaN;
    if (row % SLICE === SLICE - 1) yield;
  }
  return values;
}
