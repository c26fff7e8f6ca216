/** ROIs as rows of numbers for the GPU: all of them once, then only those that a hand has touched. */
import type { Selection } from "../editor/selection.ts";
import { type Roi, type RoiDiff, type RoiId, type Rois, roiAt } from "../roi/rois.ts";

/** What is to be seen of ROIs: the document's, under the change that a gesture shows. */
export interface ShownRois {
  readonly rois: Rois;
  readonly preview: RoiDiff | undefined;
  readonly selection: Selection;
  /** ROIs with something wrong about them. */
  readonly invalid: ReadonlySet<RoiId>;
  /** ROIs that were discarded: dashed and dimmed. */
  readonly discarded?: ReadonlySet<RoiId> | undefined;
}

/**
 * A row: x0 y0 x1 y1, then what single precision leaves of each (deck's way to draw double precision), then z0 z1, then
 * the row's marks.
 */
export const ROW_LENGTH = 11;

/** Marks of a row, added up; ABSENT alone for a row that is not drawn: deleted, or without a size. */
export const ABSENT = -1;
export const SELECTED = 1;
export const INVALID = 2;
const DISCARDED = 4;

/** How many rows there are: row i is the ROI with id i. */
export function rowCount({ rois, preview }: ShownRois): number {
  let count = rois.nextId;
  for (const id of preview?.keys() ?? []) count = Math.max(count, id + 1);
  return count;
}

export function shownAt({ rois, preview }: ShownRois, id: RoiId): Roi | undefined {
  return preview?.has(id) ? preview.get(id)?.to : roiAt(rois, id);
}

/** Writes every row, spare ones as absent. Loaded ROIs go straight from their columns, without an object each. */
export function writeRows(rows: Float32Array, shown: ShownRois): void {
  const { bounds, names } = shown.rois.base;
  const at = (i: number): number => bounds[i] ?? Number.NaN;
  for (let id = 0; id < names.length; id++) {
    const from = 6 * id;
    write(
      rows,
      id,
      0,
      at(from + 2),
      at(from + 1),
      at(from + 5),
      at(from + 4),
      at(from),
      at(from + 3),
    );
  }
  for (let id = names.length; id * ROW_LENGTH < rows.length; id++) writeRow(rows, shown, id);
  const marked = [shown.rois.overlay.keys(), shown.preview?.keys() ?? []];
  for (const ids of [...marked, shown.selection, shown.invalid, shown.discarded ?? NONE])
    for (const id of ids) writeRow(rows, shown, id);
}

/** Writes the row of one ROI as it is shown now. */
export function writeRow(rows: Float32Array, shown: ShownRois, id: RoiId): void {
  const box = shownAt(shown, id)?.box;
  if (box === undefined) {
    rows[id * ROW_LENGTH + 10] = ABSENT;
    return;
  }
  const [z0, y0, x0] = box.min;
  const [z1, y1, x1] = box.max;
  const selected = shown.selection.has(id) ? SELECTED : 0;
  const invalid = shown.invalid.has(id) ? INVALID : 0;
  const discarded = shown.discarded?.has(id) ? DISCARDED : 0;
  write(rows, id, selected + invalid + discarded, x0, y0, x1, y1, z0, z1);
}

/** The rows that differ between two states; "all" where other ROIs were loaded. */
export function changedRows(before: ShownRois, after: ShownRois): ReadonlySet<RoiId> | "all" {
  if (before.rois.base !== after.rois.base) return "all";
  const changed = new Set<RoiId>();
  addDifferent(changed, before.rois.overlay, after.rois.overlay);
  addDifferent(changed, before.preview ?? NOTHING, after.preview ?? NOTHING);
  addToggled(changed, before.selection, after.selection);
  addToggled(changed, before.invalid, after.invalid);
  addToggled(changed, before.discarded ?? NONE, after.discarded ?? NONE);
  return changed;
}

const NOTHING: RoiDiff = new Map();
const NONE: ReadonlySet<RoiId> = new Set();

/** Adds the ids that two maps hold different values for. */
function addDifferent<V>(
  changed: Set<RoiId>,
  before: ReadonlyMap<RoiId, V>,
  after: ReadonlyMap<RoiId, V>,
): void {
  if (before === after) return;
  addToggled(changed, before, after);
  for (const [id, value] of after) if (before.get(id) !== value) changed.add(id);
}

/** Adds the ids that one holds and the other does not. */
function addToggled(
  changed: Set<RoiId>,
  before: ReadonlySet<RoiId> | ReadonlyMap<RoiId, unknown>,
  after: ReadonlySet<RoiId> | ReadonlyMap<RoiId, unknown>,
): void {
  if (before === after) return;
  for (const id of before.keys()) if (!after.has(id)) changed.add(id);
  for (const id of after.keys()) if (!before.has(id)) changed.add(id);
}

function write(
  rows: Float32Array,
  id: RoiId,
  marks: number,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  z0: number,
  z1: number,
): void {
  const at = id * ROW_LENGTH;
  rows[at] = x0;
  rows[at + 1] = y0;
  rows[at + 2] = x1;
  rows[at + 3] = y1;
  rows[at + 4] = x0 - Math.fround(x0);
  rows[at + 5] = y0 - Math.fround(y0);
  rows[at + 6] = x1 - Math.fround(x1);
  rows[at + 7] = y1 - Math.fround(y1);
  rows[at + 8] = z0;
  rows[at + 9] = z1;
  // Written so that a NaN is not drawn.
  rows[at + 10] = x1 >= x0 && y1 >= y0 ? marks : ABSENT;
}
