/** ROIs as values: typed columns that are never changed after load, under an overlay of what was edited. */
import type { Box, Zyx } from "../geometry/box.ts";
import { Between } from "./between.ts";
import { NameIndex, type Renaming } from "./name-index.ts";
import { Overlay, type OverlayDraft } from "./overlay.ts";
import { sameCells } from "./overlay-page.ts";
import { PlaceIndex } from "./place-index.ts";

/** The row an ROI was loaded from, or a number after the last row for a new one; never used again. */
export type RoiId = number;

/** A value of a column that Fovea does not know; undefined is none. */
export type Cell = string | number | boolean | undefined;

/** A named box of a table. */
export interface Roi {
  readonly name: string;
  /** World units; lengths are negative or NaN where the row is invalid. */
  readonly box: Box<"world">;
  /** The value of the `label` column; undefined where the table has none. */
  readonly label: number | undefined;
  /** For a new ROI that copies another: the row its unknown columns are taken from. */
  readonly copiedFrom?: RoiId;
  /** By column, what was put in place of the loaded row's values; columns that are not here are as loaded. */
  readonly cells?: ReadonlyMap<string, Cell>;
}

/** What was loaded. Row i's box is bounds[6i … 6i+5]: z, y, x of the lower corner, then of the upper. */
export interface RoiColumns {
  readonly names: readonly string[];
  readonly bounds: Float64Array<ArrayBuffer>;
  readonly labels: Float64Array<ArrayBuffer> | undefined;
}

/** Loaded rows under edits. */
export interface Rois {
  readonly base: RoiColumns;
  readonly overlay: Overlay;
  /** The number the next new ROI gets. */
  readonly nextId: RoiId;
  /** Who has which name now. */
  readonly names: NameIndex;
  /** Where they lie. */
  readonly places: PlaceIndex;
}

/** A change: each ROI's value before and after; undefined before is an added one, after a deleted one. */
export type RoiDiff = ReadonlyMap<
  RoiId,
  { readonly from: Roi | undefined; readonly to: Roi | undefined }
>;

/** ROIs as they were loaded, without an edit: the ids are their rows. */
export function roisOf(base: RoiColumns): Rois {
  return {
    base,
    overlay: Overlay.over(base),
    nextId: base.names.length,
    names: NameIndex.of(base.names),
    places: new PlaceIndex(),
  };
}

/** The ROI's present value; undefined where it was deleted or never was. */
export function roiAt(rois: Rois, id: RoiId): Roi | undefined {
  return rois.overlay.now(id);
}

/** Whether there is such an ROI now. */
export function isThere({ base, overlay }: Rois, id: RoiId): boolean {
  return overlay.has(id) ? overlay.holds(id) : id < base.names.length;
}

/** A number of an ROI's box, as in `RoiColumns`, told without making one; NaN where there is no such ROI. */
export function edgeAt({ base, overlay }: Rois, id: RoiId, edge: number): number {
  if (overlay.holds(id)) return overlay.edge(id, edge);
  return overlay.has(id) ? Number.NaN : (base.bounds[6 * id + edge] ?? Number.NaN);
}

/** Whether there is none. */
export function isEmpty(rois: Rois): boolean {
  for (let id = 0; id < rois.nextId; id++) if (isThere(rois, id)) return false;
  return true;
}

/** How many there are; those that were never edited cost nothing. */
export function roiCount(rois: Rois): number {
  const loaded = rois.base.names.length;
  let count = loaded;
  for (const id of rois.overlay.keys()) count += Number(isThere(rois, id)) - Number(id < loaded);
  return count;
}

/** The ids of all ROIs there are, in table order, new ones last. */
export function idsOf(rois: Rois): RoiId[] {
  const ids: RoiId[] = [];
  for (let id = 0; id < rois.nextId; id++) if (isThere(rois, id)) ids.push(id);
  return ids;
}

/** The ROIs after a change. */
export function applied(rois: Rois, diff: RoiDiff): Rois {
  if (diff instanceof Between && isIn(rois, diff.before)) return atLeast(diff.after, rois.nextId);
  return put(rois, diff, "to");
}

/** The ROIs after a change was taken back. */
export function takenBack(rois: Rois, diff: RoiDiff): Rois {
  if (diff instanceof Between && isIn(rois, diff.after)) return atLeast(diff.before, rois.nextId);
  return put(rois, diff, "from");
}

/** Whether ROIs are in a state, whatever was made and taken back since. */
function isIn(rois: Rois, state: Rois): boolean {
  return rois.base === state.base && rois.overlay === state.overlay;
}

function atLeast(rois: Rois, nextId: RoiId): Rois {
  return rois.nextId < nextId ? { ...rois, nextId } : rois;
}

function put(rois: Rois, diff: RoiDiff, side: "from" | "to"): Rois {
  return changed(rois, ({ set }) => {
    diff.forEach((both, id) => {
      set(id, both[side]);
    });
  });
}

function changed(rois: Rois, change: (draft: OverlayDraft) => void): Rois {
  let { nextId } = rois;
  const renamings: Renaming[] = [];
  const named = (id: RoiId, to: string | undefined): void => {
    const from = nameAt(rois, id);
    if (from !== to) renamings.push({ id, from, to });
    if (id >= nextId) nextId = id + 1;
  };
  const overlay = rois.overlay.with((draft) =>
    change({
      ...draft,
      set: (id, roi) => {
        named(id, roi?.name);
        draft.set(id, roi);
      },
      put: (id, edges, at, rest, cells) => {
        named(id, rest.name);
        draft.put(id, edges, at, rest, cells);
      },
    }),
  );
  return { ...rois, overlay, nextId, names: rois.names.with(renamings) };
}

/** The change that is made of very many ROIs without an object for each. Each gets another name at most once. */
export function changedIn(rois: Rois, change: (draft: OverlayDraft) => void): RoiDiff {
  const between = new Between(rois, changed(rois, change));
  // Few values hold less memory than two states do, many more.
  return between.size < FEW ? new Map(between) : between;
}

/** The change that deletes ROIs. */
export function deletedIn(rois: Rois, ids: Iterable<RoiId>): RoiDiff {
  return changedIn(rois, ({ set }) => {
    for (const id of ids) if (isThere(rois, id)) set(id, undefined);
  });
}

const FEW = 64;

/** The present name of an ROI, told without making one; undefined where it was deleted or never was. */
export function nameAt({ base, overlay }: Rois, id: RoiId): string | undefined {
  if (overlay.holds(id)) return overlay.name(id);
  return overlay.has(id) ? undefined : base.names[id];
}

/** The present label of an ROI, told without making one; undefined where it has none. */
export function labelAt({ base, overlay }: Rois, id: RoiId): number | undefined {
  if (overlay.holds(id)) return overlay.label(id);
  return overlay.has(id) ? undefined : base.labels?.[id];
}

/** Whether two ROIs are the same in all that is stored of them; a missing number equals a missing number. */
export function sameRoi(a: Roi | undefined, b: Roi | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.name === b.name &&
    Object.is(a.label, b.label) &&
    sameCorner(a.box.min, b.box.min) &&
    sameCorner(a.box.max, b.box.max) &&
    sameCells(a.cells, b.cells)
  );
}

function sameCorner(a: Zyx, b: Zyx): boolean {
  return a === b || (Object.is(a[0], b[0]) && Object.is(a[1], b[1]) && Object.is(a[2], b[2]));
}
