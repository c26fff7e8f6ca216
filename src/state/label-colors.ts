/** By which feature the objects of a label are coloured: what it holds, and what finds the value of each id. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { LabelLookup, LookupRequest } from "../ome/label-lookup.ts";
import { type ColumnSummary, summaryOf } from "../roi/column-summary.ts";
import type { Reader } from "../roi/readers.ts";
import { labelOf, labelsIn } from "../table/feature-table.ts";
import type { Column, Table } from "../table/table.ts";
import { chooseFeatures, type Features } from "./features.ts";
import { inSlices } from "./in-slices.ts";
import type { FeatureColor, LabelView } from "./label-look.ts";
import { changeLabel } from "./labels.ts";
import { notifyError } from "./notices.ts";
import { withPlaces } from "./roi-colors.ts";
import type { Session } from "./session.ts";

/** What a label is coloured by; one is at a time, since one feature table is joined at a time. */
export interface LabelColoring {
  readonly label: string;
  readonly table: Table;
  readonly column: string;
  readonly summary: ColumnSummary;
  /** By text: its place in the palette. */
  readonly places: ReadonlyMap<string, number>;
  readonly lookup: LabelLookup;
}

export interface LabelColors {
  readonly coloring: LabelColoring | undefined;
  /** Whether one is being worked out. */
  readonly isBusy: boolean;
}

const none: LabelColors = { coloring: undefined, isBusy: false };

export function createLabelColors(): StoreApi<LabelColors> {
  return createStore<LabelColors>(() => none);
}

/** Colours a label by a column, of a table that is joined for it where another one is or none; undefined by none. */
export async function colorLabel(
  session: Session,
  label: string,
  color: FeatureColor | undefined,
): Promise<void> {
  changeLabel(session, label, { color });
  if (color && session.features.getState().chosen?.name !== color.table)
    await chooseFeatures(session, color.table);
}

/** Columns that can be coloured by, where a feature table is about a label. */
export function columnsFor(label: string, chosen: Features["chosen"]): readonly string[] {
  if (!chosen || !isAbout(chosen.table, label)) return [];
  return [...chosen.table.columns.keys()].filter((name) => name !== "label");
}

/** Whether a table's rows may be the objects of a label: it says so, or does not say of which they are. */
export function isAbout(table: Table, label: string): boolean {
  return (labelOf(table) ?? label) === label;
}

/** Follows what labels are to be coloured by and which features are joined. */
export function keepLabelColors(session: Session): void {
  const { view, features, labelColors } = session;
  let working = new AbortController();
  let last: Wish | undefined;
  const follow = (): void => {
    const next = wishOf(session);
    if (isSame(next, last)) return;
    last = next;
    working.abort();
    working = new AbortController();
    if (!next) {
      if (labelColors.getState() !== none) labelColors.setState(none, true);
      return;
    }
    const { signal } = working;
    labelColors.setState({ isBusy: true });
    coloringOf(session, next, signal).then(
      (coloring) => {
        if (!signal.aborted) labelColors.setState({ coloring, isBusy: false });
      },
      (error: unknown) => {
        if (signal.aborted) return;
        labelColors.setState(none, true);
        notifyError(session.notices, error);
      },
    );
  };
  view.subscribe(follow);
  features.subscribe((now, before) => {
    follow();
    // Tables are found after the image is open, and may be found after what was chosen for its labels.
    if (now.names !== before.names && now.names.length > 0 && !now.chosen) joinWanted(session);
  });
}

/** A label that is to be coloured, and the column. */
interface Wish {
  readonly label: string;
  readonly table: Table;
  readonly name: string;
}

function isSame(a: Wish | undefined, b: Wish | undefined): boolean {
  return a?.label === b?.label && a?.table === b?.table && a?.name === b?.name;
}

/** The highest label whose colour is of the table that is joined. */
function wishOf({ view, features }: Session): Wish | undefined {
  const { chosen } = features.getState();
  if (!chosen) return undefined;
  const label = view
    .getState()
    .labelViews.findLast(
      ({ name, visible, color }) =>
        visible && color?.table === chosen.name && columnsFor(name, chosen).includes(color.column),
    );
  const color = label?.color;
  return label && color && { label: label.name, table: chosen.table, name: color.column };
}

function joinWanted(session: Session): void {
  const { names } = session.features.getState();
  const isWanted = ({ visible, color }: LabelView): boolean =>
    visible && color !== undefined && names.includes(color.table);
  const color = session.view.getState().labelViews.findLast(isWanted)?.color;
  if (color) void chooseFeatures(session, color.table);
}

async function coloringOf(
  session: Session,
  { label, table, name }: Wish,
  signal: AbortSignal,
): Promise<LabelColoring | undefined> {
  const column = table.columns.get(name);
  if (!column) return undefined;
  const isCurrent = (): boolean => !signal.aborted;
  const rows = Uint32Array.from({ length: column.values.length }, (_, row) => row);
  const summary = await inSlices(summaryOf(readerOf(column), rows), isCurrent);
  if (!summary) return undefined;
  const places: ReadonlyMap<string, number> =
    summary.kind === "categories" ? withPlaces(new Map(), summary) : new Map();
  const values = await inSlices(valuesOf(column, places), isCurrent);
  if (!values) return undefined;
  const request: LookupRequest = {
    ids: labelsIn(table),
    values,
    reach: summary.kind === "range" ? [summary.min, summary.max] : undefined,
  };
  const lookup = await session.services.buildLookup(request, { signal });
  return { label, table, column: name, summary, places, lookup };
}

function readerOf(column: Column): Reader {
  if (column.kind === "number")
    return { kind: "number", at: (row) => column.values[row] ?? Number.NaN };
  return { kind: "text", at: (row) => textOf(column.values[row]) };
}

function textOf(value: string | boolean | undefined): string | undefined {
  return value === undefined || value === "" ? undefined : String(value);
}

/** Rows taken between two pauses: below a millisecond. */
const SLICE = 4096;

/** Numbers as they are, texts by their places. */
function* valuesOf(
  column: Column,
  places: ReadonlyMap<string, number>,
): Generator<void, Float64Array, void> {
  if (column.kind === "number") return column.values;
  const values = new Float64Array(column.values.length);
  for (let row = 0; row < values.length; row++) {
    values[row] = places.get(textOf(column.values[row]) ?? "") ?? Number.NaN;
    if (row % SLICE === SLICE - 1) yield;
  }
  return values;
}
