/** ROIs as rows of numbers for the GPU, and which of them differ between two states. */
import type { Selection } from "../editor/selection.ts";
import { type Roi, type RoiDiff, type RoiId, type Rois, roiAt } from "../roi/rois.ts";
import type { Rgb } from "./palette.ts";

/** What is to be seen of ROIs: the document's, under the change that a gesture shows. */
export interface ShownRois {
  readonly rois: Rois;
  readonly preview: RoiDiff | undefined;
  readonly selection: Selection;
  /** ROIs with something wrong about them. */
  readonly invalid: ReadonlySet<RoiId>;
  /** ROIs that were discarded: dashed and dimmed. */
  readonly discarded?: ReadonlySet<RoiId> | undefined;
  /** ROIs that are not to be seen. */
  readonly hidden?: ReadonlySet<RoiId> | undefined;
  /** A part of them alone: those of `ids`, or all others. */
  readonly part?: { readonly ids: ReadonlySet<RoiId>; readonly isIn: boolean } | undefined;
  readonly colors?: RowColors | undefined;
}

/** The colour of each ROI's outline. */
export interface RowColors {
  /** What the colours follow from, the same for as long as an ROI that was not edited keeps its colour. */
  readonly of: unknown;
  readonly at: (id: RoiId) => Rgb;
}

/**
 * A row: x0 y0 x1 y1, then what single precision leaves of each (deck's way to draw double precision), then z0 z1, then
 * the row's marks and its colour as 0xrrggbb, or NO_COLOR.
 */
export const ROW_LENGTH = 12;

/** Marks of a row, added up; ABSENT alone for a row that is not drawn: deleted, or without a size. */
export const ABSENT = -1;
export const SELECTED = 1;
export const INVALID = 2;
const DISCARDED = 4;

const NO_COLOR = -1;

/** One more than the highest id there is. */
export function rowCount({ rois, preview }: ShownRois): number {
  let count = rois.nextId;
  for (const id of preview?.keys() ?? []) count = Math.max(count, id + 1);
  return count;
}

/** Whether an ROI is not to be seen. */
export function isLeftOut(shown: ShownRois, id: RoiId): boolean {
  return shown.hidden?.has(id) || !isInPart(shown, id);
}

/** Whether an ROI is of the part that is drawn, be it to be seen or not. */
export function isInPart({ part }: ShownRois, id: RoiId): boolean {
  return part === undefined || part.ids.has(id) === part.isIn;
}

export function shownAt(shown: ShownRois, id: RoiId): Roi | undefined {
  if (isLeftOut(shown, id)) return undefined;
  const { rois, preview } = shown;
  return preview?.has(id) ? preview.get(id)?.to : roiAt(rois, id);
}

/** Writes one ROI as it is shown now into a row. */
export function writeRow(rows: Float32Array, row: number, shown: ShownRois, id: RoiId): void {
  const box = shownAt(shown, id)?.box;
  if (box === undefined) {
    rows[row * ROW_LENGTH + 10] = ABSENT;
    return;
  }
  const [z0, y0, x0] = box.min;
  const [z1, y1, x1] = box.max;
  const selected = shown.selection.has(id) ? SELECTED : 0;
  const invalid = shown.invalid.has(id) ? INVALID : 0;
  const discarded = shown.discarded?.has(id) ? DISCARDED : 0;
  const marks = selected + invalid + discarded;
  const color = shown.colors ? shown.colors.at(id) : NO_COLOR;
  write(rows, row, marks, x0, y0, x1, y1, z0, z1, color);
}

/** More changed rows than this are not told one by one: what follows from them is cheaper made anew. */
const MOST_CHANGED = 1000;

/** The rows that differ between two states; "all" where they are very many, or have other colours, or others were loaded. */
export function changedRows(before: ShownRois, after: ShownRois): ReadonlySet<RoiId> | "all" {
  if (before.rois.base !== after.rois.base) return "all";
  if (before.colors?.of !== after.colors?.of) return "all";
  if (before.part?.ids !== after.part?.ids || before.part?.isIn !== after.part?.isIn) return "all";
  const edited = before.rois.overlay.differing(after.rois.overlay, MOST_CHANGED + 1);
  const changed = new Set<RoiId>(edited);
  addDifferent(changed, before.preview ?? NOTHING, after.preview ?? NOTHING);
  addToggled(changed, before.selection, after.selection);
  addToggled(changed, before.invalid, after.invalid);
  addToggled(changed, before.discarded ?? NONE, after.discarded ?? NONE);
  addToggled(changed, before.hidden ?? NONE, after.hidden ?? NONE);
  return changed.size > MOST_CHANGED ? "all" : changed;
}

const NOTHING: RoiDiff = new Map();
const NONE: ReadonlySet<RoiId> = new Set();

/** Adds the ids that two maps hold different values for, until there are too many. */
function addDifferent<V>(
  changed: Set<RoiId>,
  before: ReadonlyMap<RoiId, V>,
  after: ReadonlyMap<RoiId, V>,
): void {
  if (before === after) return;
  addToggled(changed, before, after);
  for (const [id, value] of after) {
    if (changed.size > MOST_CHANGED) return;
    if (before.get(id) !== value) changed.add(id);
  }
}

/** Adds the ids that one holds and the other does not, until there are too many. */
function addToggled(
  changed: Set<RoiId>,
  before: ReadonlySet<RoiId> | ReadonlyMap<RoiId, unknown>,
  after: ReadonlySet<RoiId> | ReadonlyMap<RoiId, unknown>,
): void {
  if (before === after) return;
  for (const [one, other] of [
    [before, after],
    [after, before],
  ] as const)
    for (const id of one.keys()) {
      if (changed.size > MOST_CHANGED) return;
      if (!other.has(id)) changed.add(id);
    }
}

function write(
  rows: Float32Array,
  row: number,
  marks: number,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  z0: number,
  z1: number,
  color: number,
): void {
  const at = row * ROW_LENGTH;
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
  rows[at + 11] = color;
}
