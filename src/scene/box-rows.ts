/** ROIs as boxes in space: their bounds in one column, which are drawn as boxes, and which a line of sight meets. */
import { STEP, type Steps } from "../base/steps.ts";
import { type Roi, type RoiDiff, type RoiId, type Rois, roiAt } from "../roi/rois.ts";
import type { Ray } from "./orbit.ts";

/** Boxes that can be drawn: finite, and not turned inside out. */
export interface BoxRows {
  readonly ids: Int32Array;
  /** Row i's at 6i: z, y, x of the lower corner, then of the upper, in world units. */
  readonly bounds: Float64Array;
}

/** A box that much larger than the smallest one under the pointer is around it, and gives way to what is inside. */
const AROUND = 8;

/** The boxes of all ROIs as they are shown, without those that are hidden. */
export function* boxRows(
  rois: Rois,
  preview: RoiDiff | undefined,
  hidden: ReadonlySet<RoiId>,
): Steps<BoxRows> {
  const most = rois.nextId + (preview?.size ?? 0);
  const ids = new Int32Array(most);
  const bounds = new Float64Array(6 * most);
  const { base, overlay } = rois;
  let count = 0;
  const finish = (id: RoiId): void => {
    if (canBeDrawn(bounds, 6 * count)) ids[count++] = id;
  };
  const add = (id: RoiId, roi: Roi | undefined): void => {
    if (roi === undefined) return;
    bounds.set(roi.box.min, 6 * count);
    bounds.set(roi.box.max, 6 * count + 3);
    finish(id);
  };
  const take = (id: RoiId): void => {
    if (preview?.has(id)) add(id, preview.get(id)?.to);
    else if (id < base.names.length && !overlay.has(id)) {
      copyRow(base.bounds, 6 * id, bounds, 6 * count);
      finish(id);
    } else add(id, roiAt(rois, id));
  };
  for (let id = 0; id < rois.nextId; id++) {
    if (id % STEP === 0) yield;
    if (!hidden.has(id)) take(id);
  }
  for (const [id, { to }] of preview ?? []) if (id >= rois.nextId && !hidden.has(id)) add(id, to);
  return { ids: ids.slice(0, count), bounds: bounds.slice(0, 6 * count) };
}

function canBeDrawn(bounds: Float64Array, at: number): boolean {
  for (let i = at; i < at + 3; i++) {
    const low = bounds[i] ?? Number.NaN;
    const high = bounds[i + 3] ?? Number.NaN;
    if (!(low <= high && Number.isFinite(low) && Number.isFinite(high))) return false;
  }
  return true;
}

/** Number by number: a view of each row would take longer than all else. */
function copyRow(from: Float64Array, row: number, to: Float64Array, at: number): void {
  for (let i = 0; i < 6; i++) to[at + i] = from[row + i] ?? Number.NaN;
}

/**
 * The rows drawn as boxes, and the others: where there are more than `most`, the largest of those whose middle is in view.
 * @param isSeen whether a world place is in view
 * @param least world units: where there are more than `most`, one that is shorter along both y and x is no box
 */
export function* chooseBoxes(
  { ids, bounds }: BoxRows,
  most: number,
  isSeen: (z: number, y: number, x: number) => boolean,
  least = 0,
): Steps<{ readonly boxes: Int32Array; readonly others: Int32Array }> {
  const count = ids.length;
  if (count <= most) return { boxes: Int32Array.from(ids.keys()), others: new Int32Array(0) };
  const weights = yield* weightsOf(bounds, count, isSeen, least);
  const bar = barOf(weights, most);
  const boxes = new Int32Array(most);
  const others = new Int32Array(count);
  let larger = 0;
  for (const weight of weights) if (weight > bar) larger++;
  let [taken, left, equal] = [0, 0, most - larger];
  for (let row = 0; row < count; row++) {
    if (row % STEP === 0) yield;
    const weight = weights[row] ?? 0;
    if (weight > bar || (weight === bar && equal-- > 0)) boxes[taken++] = row;
    else others[left++] = row;
  }
  return { boxes: boxes.subarray(0, taken), others: others.subarray(0, left) };
}

/** The larger and in view, the more; 0 for those out of view, less for those that are no boxes. */
function* weightsOf(
  bounds: Float64Array,
  count: number,
  isSeen: (z: number, y: number, x: number) => boolean,
  least: number,
): Steps<Float64Array> {
  const weights = new Float64Array(count);
  const at = (i: number): number => bounds[i] ?? 0;
  for (let row = 0, i = 0; row < count; row++, i += 6) {
    if (row % STEP === 0) yield;
    const [height, width] = [at(i + 4) - at(i + 1), at(i + 5) - at(i + 2)];
    const [z, y, x] = [at(i) + at(i + 3), at(i + 1) + at(i + 4), at(i + 2) + at(i + 5)];
    if (Math.max(height, width) < least) weights[row] = -1;
    else if (isSeen(z / 2, y / 2, x / 2)) weights[row] = height + width + at(i + 3) - at(i) + 1;
  }
  return weights;
}

/** Of weights above 0 no more than `most` are above it, and all of them where there are no more. */
function barOf(weights: Float64Array, most: number): number {
  const seen = weights.filter((weight) => weight > 0);
  return seen.length > most ? (seen.sort()[seen.length - most] ?? 0) : 0;
}

/**
 * The ROI that a click means: the first along the line of sight, where those around others give way to them; of ROIs that
 * begin at the same place the smallest. Undefined where it meets none.
 * @param slack world units by which flat boxes count as thicker, so that one looked at from its side can be met
 */
export function roiAlong(rows: BoxRows, ray: Ray, slack: number): RoiId | undefined {
  const hits = hitsOf(rows, ray, slack);
  const smallest = hits.reduce(
    (least, { volume }) => Math.min(least, volume),
    Number.POSITIVE_INFINITY,
  );
  let best: Hit | undefined;
  for (const hit of hits) {
    if (hit.volume > AROUND * smallest) continue;
    const ahead = best === undefined ? -1 : hit.entry - best.entry || hit.volume - best.volume;
    if (ahead < 0) best = hit;
  }
  return best?.id;
}

interface Hit {
  readonly id: RoiId;
  readonly entry: number;
  readonly volume: number;
}

function hitsOf({ ids, bounds }: BoxRows, ray: Ray, slack: number): Hit[] {
  const hits: Hit[] = [];
  let from = 0;
  for (const id of ids) {
    const entry = entryOf(bounds, from, ray, slack);
    if (!Number.isNaN(entry)) hits.push({ id, entry, volume: volumeAt(bounds, from, slack) });
    from += 6;
  }
  return hits;
}

/** Where a line of sight goes into a box (Kay and Kajiya's slabs, 1986); NaN where it passes by. */
function entryOf(bounds: Float64Array, from: number, ray: Ray, slack: number): number {
  let enter = Number.NEGATIVE_INFINITY;
  let leave = Number.POSITIVE_INFINITY;
  for (let axis = 0; axis < 3; axis++) {
    const start = ray.from[axis as 0 | 1 | 2];
    const along = ray.along[axis as 0 | 1 | 2];
    const low = (bounds[from + axis] ?? Number.NaN) - slack - start;
    const high = (bounds[from + axis + 3] ?? Number.NaN) + slack - start;
    if (along === 0) {
      if (low > 0 || high < 0) return Number.NaN;
      continue;
    }
    const [a, b] = [low / along, high / along];
    enter = Math.max(enter, Math.min(a, b));
    leave = Math.min(leave, Math.max(a, b));
    if (!(enter <= leave)) return Number.NaN;
  }
  return enter;
}

function volumeAt(bounds: Float64Array, from: number, slack: number): number {
  let volume = 1;
  for (let axis = 0; axis < 3; axis++)
    volume *= (bounds[from + axis + 3] ?? 0) - (bounds[from + axis] ?? 0) + slack;
  return volume;
}
