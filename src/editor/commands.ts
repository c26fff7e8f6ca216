/** What keys, fields and menus do to ROIs, as pure functions from the ROIs to an edit. */
import { type Box, worldBox, type Zyx, zyx } from "../geometry/box.ts";
import type { PixelGrid } from "../geometry/pixel-grid.ts";
import { freeName, nextLabel } from "../roi/names.ts";
import {
  deletedIn,
  isThere,
  type Roi,
  type RoiDiff,
  type RoiId,
  type Rois,
  roiAt,
} from "../roi/rois.ts";
import { isSolid, movedBoxes, type Part, resizedBox, shiftOf } from "./box-edit.ts";
import { type Edit, labelOf, placed, reshaped } from "./edit.ts";
import { groupOf, shiftedIn } from "./group.ts";
import { evaluated, type Quantity } from "./quantity.ts";
import { NONE_SELECTED, type Selection } from "./selection.ts";
import { worldAt } from "./snap.ts";

/** A number of an ROI as tables name it: a lower corner or a length along an axis, in world units. */
export type Field = "x" | "y" | "z" | "len_x" | "len_y" | "len_z";

/** Moves ROIs together by whole voxels, as far as the image's border lets them; undefined where that is nowhere. */
export function moveBy(rois: Rois, ids: Selection, by: Zyx, grid: PixelGrid): Edit | undefined {
  const group = groupOf(rois, ids);
  const grabbed = roiAt(rois, group?.ids[0] ?? -1)?.box;
  if (group === undefined || grabbed === undefined) return undefined;
  const world = zyx((i) => by[i] * grid.scale[i]);
  const shift = shiftOf(group.hull, world, grid, { grabbed, snap: "voxels" });
  const diff = shiftedIn(rois, group.ids, shift, grid);
  return placed("Move", rois, diff, { selection: ids, coalesce: true });
}

/** Moves one part of each ROI by whole voxels (its upper z face, its right edge), until one voxel is left. */
export function stretchBy(
  rois: Rois,
  ids: Selection,
  part: Part,
  by: Zyx,
  grid: PixelGrid,
): Edit | undefined {
  const world = zyx((i) => by[i] * grid.scale[i]);
  const boxes = solidBoxes(rois, ids).map(
    ([id, box]) => [id, stretched(box, part, world, grid)] as const,
  );
  return reshaped("Resize", rois, boxes, { selection: ids, coalesce: true });
}

/** A hand that goes on may drag an edge through its opposite; a key or a number that is too much stops there. */
function stretched(box: Box<"world">, part: Part, by: Zyx, grid: PixelGrid): Box<"world"> {
  const inwards = (i: 0 | 1 | 2): number => grid.scale[i] - (box.max[i] - box.min[i]);
  const pull = zyx((i) => part[i] * Math.max(part[i] * by[i], inwards(i)));
  return resizedBox(box, part, pull, { grid, snap: "voxels" });
}

/** Gives one ROI another box. */
export function resizeTo(rois: Rois, id: RoiId, box: Box<"world">): Edit | undefined {
  return reshaped("Resize", rois, [[id, box]], { selection: new Set([id]) });
}

/**
 * Sets a field of all given ROIs to what was typed, on whole voxels and inside the image: a coordinate moves the ROI,
 * a length moves its upper edge. A relative quantity ("+5") counts from each ROI's own value.
 */
export function setField(
  rois: Rois,
  ids: Selection,
  field: Field,
  quantity: Quantity,
  grid: PixelGrid,
): Edit | undefined {
  const typed = { axis: axisOf(field), moves: field.length === 1, quantity, grid };
  const boxes = [...ids].flatMap((id) => {
    const box = roiAt(rois, id)?.box;
    // A relative number has nothing to count from in a box that is none.
    if (box === undefined || !(isSolid(box) || quantity.action === "set")) return [];
    return [[id, isSolid(box) ? reset(box, typed) : repaired(box, typed)] as const];
  });
  return reshaped(`Set ${field} of`, rois, boxes, { selection: ids, coalesce: true });
}

/** A number typed for one axis: where the ROI begins there, or how long it is. */
interface Typed {
  readonly axis: 0 | 1 | 2;
  readonly moves: boolean;
  readonly quantity: Quantity;
  readonly grid: PixelGrid;
}

function reset(box: Box<"world">, { axis, moves, quantity, grid }: Typed): Box<"world"> {
  const now = moves ? box.min[axis] : box.max[axis] - box.min[axis];
  const change = evaluated(quantity, now, grid.scale[axis]) - now;
  const along = (by: number): Zyx => zyx((i) => (i === axis ? by : 0));
  if (moves) {
    const [moved = box] = movedBoxes([box], along(change), grid, { grabbed: box, snap: "voxels" });
    return moved;
  }
  const part: Part = axis === 0 ? [1, 0, 0] : axis === 1 ? [0, 1, 0] : [0, 0, 1];
  return stretched(box, part, along(change), grid);
}

/** A box that is none yet, number by number: what is typed is taken as it is, on whole voxels. */
function repaired(box: Box<"world">, { axis, moves, quantity, grid }: Typed): Box<"world"> {
  const scale = grid.scale[axis];
  const length = box.max[axis] - box.min[axis];
  const typed = evaluated(quantity, moves ? box.min[axis] : length, scale);
  const value = worldAt(Math.round(typed / scale), scale);
  const min = moves ? value : box.min[axis];
  const max = min + (moves ? length : Math.max(scale, value));
  return worldBox(
    zyx((i) => (i === axis ? min : box.min[i])),
    zyx((i) => (i === axis ? max : box.max[i])),
  );
}

/** Renames one ROI. Whether the name can be used is for validation to say, before and after. */
export function rename(rois: Rois, id: RoiId, name: string): Edit | undefined {
  const from = roiAt(rois, id);
  if (from === undefined || from.name === name) return undefined;
  const diff: RoiDiff = new Map([[id, { from, to: { ...from, name } }]]);
  return { label: `Rename ${from.name} to ${name}`, diff, selection: new Set([id]) };
}

/** Removes ROIs. After a single one the next in the table is selected, so that going through a table goes on. */
export function remove(rois: Rois, ids: Selection): Edit | undefined {
  const diff = deletedIn(rois, ids);
  const [only] = diff.keys();
  if (only === undefined) return undefined;
  const next = diff.size === 1 ? neighborOf(rois, only) : undefined;
  const selection = next === undefined ? NONE_SELECTED : new Set([next]);
  return { label: labelOf("Delete", rois, diff), diff, selection };
}

/**
 * A new ROI with a name that no other has, and in a table of labels with the next label. Where labels are names too, as
 * in a masking table, its label is its name.
 */
export function newRoi(rois: Rois, box: Box<"world">): Roi {
  const { labels, names } = rois.base;
  if (labels === undefined) return { name: freeName("roi", rois.names), box, label: undefined };
  const label = nextLabel(rois);
  const masks = names[0] === String(labels[0]);
  return { name: freeName(masks ? String(label) : "roi", rois.names), box, label };
}

/** Adds an ROI and selects it. */
export function addRoi(rois: Rois, roi: Roi): Edit {
  const id = rois.nextId;
  const diff: RoiDiff = new Map([[id, { from: undefined, to: roi }]]);
  return { label: `Draw ${roi.name}`, diff, selection: new Set([id]) };
}

type Solid = readonly [id: RoiId, box: Box<"world">];

function solidBoxes(rois: Rois, ids: Selection): readonly Solid[] {
  const solid: Solid[] = [];
  for (const id of ids) {
    const roi = roiAt(rois, id);
    if (roi && isSolid(roi.box)) solid.push([id, roi.box]);
  }
  return solid;
}

function axisOf(field: Field): 0 | 1 | 2 {
  if (field.endsWith("z")) return 0;
  return field.endsWith("y") ? 1 : 2;
}

/** The ROI after this one in the table, else the one before. */
function neighborOf(rois: Rois, id: RoiId): RoiId | undefined {
  for (let next = id + 1; next < rois.nextId; next++) if (isThere(rois, next)) return next;
  for (let next = id - 1; next >= 0; next--) if (isThere(rois, next)) return next;
  return undefined;
}
