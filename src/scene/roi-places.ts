/** Where ROIs lie, to be asked for by place and size: an index of all as they once were, and those edited since. */
import { type RectIndex, type Run, rectIndexOf, runsIn } from "../geometry/rect-index.ts";
import { type RoiId, type Rois, roiAt } from "../roi/rois.ts";
import type { Rect } from "./rect.ts";

export interface Places {
  /** As in RoiColumns. */
  readonly bounds: Float64Array;
  readonly index: RectIndex;
  /** ROIs that have been edited since: what the index says of them counts for nothing. */
  readonly loose: ReadonlySet<RoiId>;
  readonly rois: Rois;
}

/** More edited ROIs than this, and a new index is cheaper than looking at each. */
const MOST_LOOSE = 1000;

export function placesOf(rois: Rois): Places {
  const bounds = presentBounds(rois);
  return { bounds, index: rectIndexOf(bounds), loose: new Set(), rois };
}

/** The places after an edit of so many ROIs; "all" where others were loaded. */
export function placesAfter(
  places: Places,
  rois: Rois,
  changed: ReadonlySet<RoiId> | "all",
): Places {
  if (changed === "all" || places.loose.size + changed.size > MOST_LOOSE) return placesOf(rois);
  return { ...places, rois, loose: new Set([...places.loose, ...changed]) };
}

function presentBounds(rois: Rois): Float64Array {
  const { base, overlay, nextId } = rois;
  if (overlay.size === 0) return base.bounds;
  const bounds = new Float64Array(6 * nextId).fill(Number.NaN);
  bounds.set(base.bounds);
  for (const id of overlay.keys()) overlay.copyEdges(id, bounds, 6 * id);
  return bounds;
}

/** ROIs asked for: those that touch a rectangle and whose longer side is at least one length and below another. */
export interface Wanted {
  readonly rect: Rect;
  readonly least: number;
  readonly below: number;
}

/** A look-up that can be gone on with: a million ROIs are more than a frame has time for. */
export interface Search {
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

export function searchOf(places: Places, wanted: Wanted): Search {
  return { places, wanted, runs: runsIn(places.index, wanted.rect, wanted), run: 0, next: 0 };
}

/**
 * Goes on with a search for about so many rows.
 *
 * @returns the rows looked at; fewer than asked for where the search is at its end
 */
export function visitOn(search: Search, rows: number, visit: Visit): number {
  const { places, wanted, runs } = search;
  let looked = 0;
  for (let run = runs[search.run]; run !== undefined && looked < rows; run = runs[search.run]) {
    const from = run.from + search.next;
    const to = Math.min(run.to, from + rows - looked);
    visitRows(places, wanted, run.ids.subarray(from, to), visit);
    looked += to - from;
    search.next = to - run.from;
    if (to < run.to) break;
    search.run++;
    search.next = 0;
  }
  if (search.run === runs.length) {
    search.run++;
    visitLoose(places, wanted, visit);
  }
  return looked;
}

/** The loop that runs over everything: it makes no objects. */
function visitRows(
  { bounds, loose }: Places,
  wanted: Wanted,
  ids: Uint32Array,
  visit: Visit,
): void {
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

function visitLoose({ loose, rois }: Places, wanted: Wanted, visit: Visit): void {
  for (const id of loose) {
    const box = roiAt(rois, id)?.box;
    if (box === undefined) continue;
    const [z0, y0, x0] = box.min;
    const [z1, y1, x1] = box.max;
    if (x1 >= x0 && y1 >= y0 && isWanted(wanted, x0, y0, x1, y1)) visit(id, x0, y0, x1, y1, z0, z1);
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
