/** Which ROIs a table lists, and in which order: a filter, then a sort, in slices that leave time for all else. */
import type { Reader } from "./readers.ts";
import type { RoiId } from "./rois.ts";

export interface Listing {
  readonly matches: ((id: RoiId) => boolean) | undefined;
  readonly sort: { readonly by: Reader; readonly descending: boolean } | undefined;
}

/** ROIs looked at, or put in place, between two pauses: a few milliseconds. */
const SLICE = 4096;

/**
 * The ROIs that match, sorted: numbers by size, texts as people do ("roi_2" before "roi_10"), missing values last either
 * way, equal ones in the given order. A generator that yields at each pause, so that it runs in slices on the main thread
 * and whole in a worker.
 */
export function* listing(
  ids: readonly RoiId[],
  { matches, sort }: Listing,
): Generator<void, readonly RoiId[]> {
  const kept: RoiId[] = [];
  for (const [i, id] of ids.entries()) {
    if (matches === undefined || matches(id)) kept.push(id);
    if (i % SLICE === SLICE - 1) yield;
  }
  return sort === undefined ? kept : yield* sorted(kept, sort);
}

function* sorted(
  ids: readonly RoiId[],
  { by, descending }: NonNullable<Listing["sort"]>,
): Generator<void, readonly RoiId[]> {
  const present: RoiId[] = [];
  const missing: RoiId[] = [];
  const keys = new Map<RoiId, number | string>();
  for (const [i, id] of ids.entries()) {
    const value = by.at(id);
    const isMissing = value === undefined || Number.isNaN(value);
    (isMissing ? missing : present).push(id);
    if (!isMissing) keys.set(id, typeof value === "string" ? naturalKey(value) : value);
    if (i % SLICE === SLICE - 1) yield;
  }
  const sign = descending ? -1 : 1;
  const compare: Compare = (a, b) => {
    const [x, y] = [keys.get(a) ?? 0, keys.get(b) ?? 0];
    return x < y ? -sign : x > y ? sign : 0;
  };
  return [...(yield* mergeSorted(present, compare)), ...missing];
}

/** A text that sorts as a person would sort it: without case, numbers by their size. */
export function naturalKey(text: string): string {
  const plain = text.toLowerCase();
  return plain.replace(/\d+/g, (digits) => {
    const number = digits.replace(/^0+(?=\d)/, "");
    return String.fromCharCode(48 + Math.min(number.length, 99)) + number;
  });
}

type Compare = (a: RoiId, b: RoiId) => number;

/** A merge sort, bottom up, stable, with pauses. */
function* mergeSorted(ids: readonly RoiId[], compare: Compare): Generator<void, readonly RoiId[]> {
  let runs: RoiId[][] = [];
  for (let start = 0; start < ids.length; start += SLICE) {
    runs.push(ids.slice(start, start + SLICE).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const longer: RoiId[][] = [];
    for (let i = 0; i < runs.length; i += 2)
      longer.push(yield* merged(runs[i] ?? [], runs[i + 1] ?? [], compare));
    runs = longer;
  }
  return runs[0] ?? [];
}

function* merged(
  first: readonly RoiId[],
  second: readonly RoiId[],
  compare: Compare,
): Generator<void, RoiId[]> {
  const out: RoiId[] = [];
  let at = 0;
  for (const next of second) {
    for (let id = first[at]; id !== undefined && compare(id, next) <= 0; id = first[++at])
      out.push(id);
    out.push(next);
    if (out.length % SLICE === 0) yield;
  }
  for (let id = first[at]; id !== undefined; id = first[++at]) out.push(id);
  return out;
}
