/** ROIs as values: typed columns that are never changed after load, under an overlay of what was edited. */
import { PagedMap } from "../base/paged-map.ts";
import { type Box, worldBox, type Zyx } from "../geometry/box.ts";
import { NameIndex, type Renaming } from "./name-index.ts";

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

/** Loaded rows under edits. `undefined` in the overlay is a deleted ROI. */
export interface Rois {
  readonly base: RoiColumns;
  readonly overlay: PagedMap<Roi | undefined>;
  /** The number the next new ROI gets. */
  readonly nextId: RoiId;
  /** Who has which name now. */
  readonly names: NameIndex;
}

/** A change: each ROI's value before and after; undefined before is an added one, after a deleted one. */
export type RoiDiff = ReadonlyMap<
  RoiId,
  { readonly from: Roi | undefined; readonly to: Roi | undefined }
>;

export function roisOf(base: RoiColumns): Rois {
  return {
    base,
    overlay: PagedMap.of(),
    nextId: base.names.length,
    names: NameIndex.of(base.names),
  };
}

/** The ROI's present value; undefined where it was deleted or never was. */
export function roiAt(rois: Rois, id: RoiId): Roi | undefined {
  return rois.overlay.has(id) ? rois.overlay.get(id) : loadedAt(rois.base, id);
}

/** A row as it was loaded, whatever was done to it since; undefined for a new ROI. */
export function loadedAt({ names, bounds, labels }: RoiColumns, id: RoiId): Roi | undefined {
  const name = names[id];
  return name === undefined ? undefined : { name, box: boxAt(bounds, id), label: labels?.[id] };
}

function boxAt(bounds: Float64Array, row: number): Box<"world"> {
  const at = (i: number): number => bounds[6 * row + i] ?? Number.NaN;
  const corner = (from: number): Zyx => [at(from), at(from + 1), at(from + 2)];
  return worldBox(corner(0), corner(3));
}

/** The ids of all ROIs there are, in table order, new ones last. */
export function idsOf(rois: Rois): RoiId[] {
  const ids: RoiId[] = [];
  for (let id = 0; id < rois.nextId; id++) {
    if (rois.overlay.has(id) ? rois.overlay.get(id) !== undefined : id < rois.base.names.length)
      ids.push(id);
  }
  return ids;
}

/** The ROIs after a change. One that is again as it was loaded is no edit any more. */
export function applied(rois: Rois, diff: RoiDiff): Rois {
  return put(rois, diff, "to");
}

/** The ROIs after a change was taken back. */
export function takenBack(rois: Rois, diff: RoiDiff): Rois {
  return put(rois, diff, "from");
}

function put(rois: Rois, diff: RoiDiff, side: "from" | "to"): Rois {
  let { nextId } = rois;
  const renamings: Renaming[] = [];
  const overlay = rois.overlay.with((draft) => {
    diff.forEach((both, id) => {
      const value = both[side];
      const from = nameAt(rois, id);
      if (from !== value?.name) renamings.push({ id, from, to: value?.name });
      if (isAsLoaded(rois.base, id, value)) draft.delete(id);
      else draft.set(id, value);
      if (id >= nextId) nextId = id + 1;
    });
  });
  return { base: rois.base, overlay, nextId, names: rois.names.with(renamings) };
}

/** The present name of an ROI, told without making one; undefined where it was deleted or never was. */
export function nameAt({ base, overlay }: Rois, id: RoiId): string | undefined {
  return overlay.has(id) ? overlay.get(id)?.name : base.names[id];
}

/** Whether a value is that of a loaded row, to the bit; told without making an ROI of the row. */
function isAsLoaded({ names, bounds, labels }: RoiColumns, id: RoiId, roi: Roi | undefined) {
  if (roi === undefined) return names[id] === undefined;
  if (roi.name !== names[id] || !Object.is(roi.label, labels?.[id])) return false;
  for (let axis = 0; axis < 3; axis++) {
    if (!Object.is(roi.box.min[axis], bounds[6 * id + axis])) return false;
    if (!Object.is(roi.box.max[axis], bounds[6 * id + 3 + axis])) return false;
  }
  return sameCells(roi.cells, undefined);
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

/** Whether the same values were put in place of the loaded ones. */
export function sameCells(a: Roi["cells"], b: Roi["cells"]): boolean {
  if (a === b) return true;
  if ((a?.size ?? 0) !== (b?.size ?? 0)) return false;
  for (const [name, value] of a ?? [])
    if (!(b?.has(name) && Object.is(value, b.get(name)))) return false;
  return true;
}
