/** Makes one ROI of several, and two of one. */
import { type Box, worldBox, zyx } from "../geometry/box.ts";
import { type PixelGrid, voxels } from "../geometry/pixel-grid.ts";
import { addedTo, newCopies } from "../roi/add.ts";
import { changedIn, nameAt, type RoiDiff, type RoiId, type Rois, roiAt } from "../roi/rois.ts";
import { isSolid } from "./box-edit.ts";
import { type Edit, labelOf, reshaped } from "./edit.ts";
import { groupOf } from "./group.ts";
import type { Selection } from "./selection.ts";
import { worldAt } from "./snap.ts";

/** One ROI around all of these: the first one's, with its name and values. Undefined where fewer than two have a volume. */
export function merged(rois: Rois, ids: Selection): Edit | undefined {
  const { ids: [first, ...others] = [], hull } = groupOf(rois, ids) ?? {};
  if (first === undefined || others.length === 0 || !hull) return undefined;
  const diff = changedIn(rois, ({ place, set }) => {
    place(first, [...hull.min, ...hull.max]);
    for (const id of others) set(id, undefined);
  });
  const label = `Merge ${others.length + 1} ROIs into ${nameAt(rois, first)}`;
  return { label, diff, selection: new Set([first]) };
}

/**
 * Each of these ROIs cut in the middle of the longer of its width and height, on a voxel's edge: it keeps the upper left
 * half, and a new one with its values gets the other. Undefined where none is two voxels wide or high.
 */
export function split(rois: Rois, ids: Selection, grid: PixelGrid): Edit | undefined {
  const cut: (readonly [id: RoiId, first: Box<"world">])[] = [];
  const second: number[] = [];
  for (const id of ids) {
    const box = roiAt(rois, id)?.box;
    const halves = box && isSolid(box) ? halvesOf(box, grid) : undefined;
    if (!halves) continue;
    cut.push([id, halves[0]]);
    second.push(...halves[1].min, ...halves[1].max);
  }
  const edit = reshaped("Split", rois, cut, { selection: ids });
  if (!edit) return undefined;
  const of = Int32Array.from(cut, ([id]) => id);
  const added = addedTo(rois, newCopies(rois, { of, bounds: Float64Array.from(second) }));
  const diff: RoiDiff = new Map([...edit.diff, ...added]);
  return { label: labelOf("Split", rois, edit.diff), diff, selection: new Set(diff.keys()) };
}

/** The two halves of a box; undefined where it is one voxel wide and high. */
function halvesOf(
  box: Box<"world">,
  { scale }: PixelGrid,
): readonly [Box<"world">, Box<"world">] | undefined {
  const { min, max } = box;
  const axes = max[1] - min[1] > max[2] - min[2] ? ([1, 2] as const) : ([2, 1] as const);
  for (const axis of axes) {
    const [low, high] = [voxels(min[axis], scale[axis]), voxels(max[axis], scale[axis])];
    const middle = Math.round((low + high) / 2);
    if (middle - low < 1 || high - middle < 1) continue;
    const at = worldAt(middle, scale[axis]);
    const cut = (corner: Box<"world">["min"]) => zyx((i) => (i === axis ? at : corner[i]));
    return [worldBox(min, cut(max)), worldBox(cut(min), max)];
  }
  return undefined;
}
