/** ROIs looked up by place and size. */
import { type Run, runsIn } from "../geometry/rect-index.ts";
import type { Places } from "./place-index.ts";
import { edgeAt, type RoiId, type Rois } from "./rois.ts";

/** ROIs asked for: those that touch a rectangle of x and y and whose longer side is at least one length and below another. */
export interface Wanted {
  /** World units: minX, minY, maxX, maxY. */
  readonly rect: readonly [minX: number, minY: number, maxX: number, maxY: number];
  readonly least: number;
  readonly below: number;
}

/** A look-up that can be gone on with: a million ROIs are more than a frame has time for. */
export interface Search {
  readonly rois: Rois;
  readonly places: Places;
  readonly wanted: Wanted;
  readonly runs: readonly Run[];
  /** The run and the row in it to go on from; after the last run come the edited ROIs. */
  run: number;
  next: number;
}

export type Visit = (
  id: RoiId,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  z0: number,
  z1: number,
) => void;

/** A search that has not begun yet; `visitOn` goes on with it. */
export function searchOf(rois: Rois, wanted: Wanted): Search {
  const places = rois.places.of(rois);
  return { rois, places, wanted, runs: runsIn(places.index, wanted.rect, wanted), run: 0, next: 0 };
}

/** Visits all ROIs that touch a rectangle, in no order, with a longer side of at least `least` world units. */
export function eachIn(rois: Rois, rect: Wanted["rect"], least: number, visit: Visit): void {
  const search = searchOf(rois, { rect, least, below: Number.POSITIVE_INFINITY });
  while (!isOver(search)) visitOn(search, Number.POSITIVE_INFINITY, visit);
}

/**
 * Goes on with a search for about so many rows.
 *
 * @returns the rows looked at; fewer than asked for where the search is at its end
 */
export function visitOn(search: Search, rows: number, visit: Visit): number {
  const { runs } = search;
  let looked = 0;
  for (let run = runs[search.run]; run !== undefined && looked < rows; run = runs[search.run]) {
    const from = run.from + search.next;
    const to = Math.min(run.to, from + rows - looked);
    visitIndexed(search, run.ids.subarray(from, to), visit);
    looked += to - from;
    search.next = to - run.from;
    if (to < run.to) break;
    search.run++;
    search.next = 0;
  }
  if (search.run === runs.length) {
    search.run++;
    visitLoose(search, visit);
  }
  return looked;
}

/** The loop that runs over everything: it makes no objects. */
function visitIndexed({ places, wanted }: Search, ids: Uint32Array, visit: Visit): void {
  const { bounds, loose } = places;
  const edited = loose.size > 0;
  const at = (i: number): number => bounds[i] ?? Number.NaN;
  for (const id of ids) {
    const row = 6 * id;
    const x0 = at(row + 2);
    const y0 = at(row + 1);
    const x1 = at(row + 5);
    const y1 = at(row + 4);
    if (isWanted(wanted, x0, y0, x1, y1) && !(edited && loose.has(id)))
      visit(id, x0, y0, x1, y1, at(row), at(row + 3));
  }
}

function visitLoose({ rois, places, wanted }: Search, visit: Visit): void {
  for (const id of places.loose) {
    const at = (edge: number): number => edgeAt(rois, id, edge);
    const [x0, y0, x1, y1] = [at(2), at(1), at(5), at(4)];
    if (x1 >= x0 && y1 >= y0 && isWanted(wanted, x0, y0, x1, y1))
      visit(id, x0, y0, x1, y1, at(0), at(3));
  }
}

function isWanted(
  { rect, least, below }: Wanted,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
): boolean {
  const side = Math.max(x1 - x0, y1 - y0);
  return (
    side >= least &&
    side < below &&
    x0 <= rect[2] &&
    x1 >= rect[0] &&
    y0 <= rect[3] &&
    y1 >= rect[1]
  );
}

/** Whether a search has come to its end. */
export function isOver({ run, runs }: Search): boolean {
  return run > runs.length;
}
