/** What a column holds over all ROIs: each text with how often it is there, or how far the numbers reach. */
import { naturalKey } from "./order.ts";
import type { Reader } from "./readers.ts";
import type { RoiId } from "./rois.ts";

export type ColumnSummary =
  | {
      readonly kind: "categories";
      /** As people sort them; in table order where they are too many to be read. */
      readonly values: readonly { readonly value: string; readonly count: number }[];
      /** ROIs that have no value. */
      readonly missing: number;
    }
  | {
      readonly kind: "range";
      /** Both NaN where no ROI has a value. */
      readonly min: number;
      readonly max: number;
      readonly missing: number;
    };

/** More values than this nobody reads through; sorting names of very many ROIs would hold up the page. */
const MOST_SORTED = 1000;

/** ROIs looked at between two pauses: a few milliseconds. */
const SLICE = 4096;

/** A generator that yields at each pause, so that a long table does not hold up the page. Infinite numbers are missing. */
export function* summaryOf(
  reader: Reader,
  ids: ArrayLike<RoiId>,
): Generator<void, ColumnSummary, void> {
  return reader.kind === "number"
    ? yield* rangeOf(reader.at, ids)
    : yield* countsOf(reader.at, ids);
}

function* rangeOf(
  at: (id: RoiId) => number,
  ids: ArrayLike<RoiId>,
): Generator<void, ColumnSummary, void> {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let missing = 0;
  for (let i = 0; i < ids.length; i++) {
    const value = at(ids[i] ?? -1);
    if (!Number.isFinite(value)) missing++;
    else {
      if (value < min) min = value;
      if (value > max) max = value;
    }
    if (i % SLICE === SLICE - 1) yield;
  }
  const none = min > max;
  return { kind: "range", min: none ? Number.NaN : min, max: none ? Number.NaN : max, missing };
}

function* countsOf(
  at: (id: RoiId) => string | undefined,
  ids: ArrayLike<RoiId>,
): Generator<void, ColumnSummary, void> {
  const counts = new Map<string, number>();
  let missing = 0;
  for (let i = 0; i < ids.length; i++) {
    const value = at(ids[i] ?? -1);
    if (value === undefined) missing++;
    else counts.set(value, (counts.get(value) ?? 0) + 1);
    if (i % SLICE === SLICE - 1) yield;
  }
  if (counts.size > MOST_SORTED) {
    const values = Array.from(counts, ([value, count]) => ({ value, count }));
    return { kind: "categories", values, missing };
  }
  const keyed = Array.from(counts, ([value, count]) => ({ value, count, key: naturalKey(value) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return {
    kind: "categories",
    values: keyed.map(({ value, count }) => ({ value, count })),
    missing,
  };
}
