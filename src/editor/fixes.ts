/** What mends a finding of the checks without a question, as one step for one finding or for all of a kind. */
import { counted } from "../base/counted.ts";
import {
  type Box,
  intersect,
  isEmpty,
  overlaps,
  worldBox,
  type Zyx,
  zyx,
} from "../geometry/box.ts";
import { type PixelGrid, voxels, worldOf } from "../geometry/pixel-grid.ts";
import type { CheckKind, Finding } from "../roi/checks.ts";
import { freeName, nameProblem, takenBeside } from "../roi/names.ts";
import {
  idsOf,
  type Roi,
  type RoiDiff,
  type RoiId,
  type Rois,
  roiAt,
  sameRoi,
} from "../roi/rois.ts";
import { shiftedEdge } from "./box-edit.ts";
import { clampShift } from "./clamp.ts";
import { type Edit, placed } from "./edit.ts";
import { groupOf, shiftedIn } from "./group.ts";
import { NONE_SELECTED } from "./selection.ts";
import { worldAt } from "./snap.ts";

/** What the button says; kinds that are not here need the user's own judgement. */
export const FIXES: Readonly<Partial<Record<CheckKind, string>>> = {
  duplicate: "Rename",
  name: "Rename",
  origin: "Reset origin",
  outside: "Move in",
  beyond: "Clamp",
  overlap: "Trim",
  pixels: "Align",
  copy: "Delete",
};

/** Whether there is a fix for a finding that changes something. */
export function isFixable(rois: Rois, finding: Finding, grid: PixelGrid): boolean {
  // All ROIs would be moved to find out.
  return finding.kind === "origin" || fixed(rois, [finding], grid) !== undefined;
}

/** What becomes of a box, and of two that are too near each other. */
const MENDED: Readonly<Partial<Record<CheckKind, (box: WorldBox, grid: PixelGrid) => WorldBox>>> = {
  beyond: clamped,
  outside: broughtIn,
};
const PARTED: Readonly<
  Partial<Record<CheckKind, (a: WorldBox, b: WorldBox, grid: PixelGrid) => Two | undefined>>
> = { overlap: apart, pixels: aligned };

type WorldBox = Box<"world">;
type Two = readonly [WorldBox, WorldBox];

/** Mends findings in their order; undefined where none of them can be. */
export function fixed(rois: Rois, findings: readonly Finding[], grid: PixelGrid): Edit | undefined {
  return findings.some(({ kind }) => kind === "origin")
    ? originReset(rois, grid)
    : editOf(rois, mended(rois, findings, grid), findings);
}

/** What becomes of the ROIs: each finding is mended in what the ones before it have made. */
function mended(
  rois: Rois,
  findings: readonly Finding[],
  grid: PixelGrid,
): ReadonlyMap<RoiId, Roi | undefined> {
  const now = new Map<RoiId, Roi | undefined>();
  const names = takenBeside(rois.names);
  const at = (id: RoiId): Roi | undefined => (now.has(id) ? now.get(id) : roiAt(rois, id));
  for (const { kind, ids } of findings) {
    const [id, other] = ids;
    const [roi, second] = ids.map(at);
    if (id === undefined || !roi) continue;
    const [mend, part] = [MENDED[kind], PARTED[kind]];
    if (kind === "copy") now.set(id, undefined);
    else if (mend) now.set(id, { ...roi, box: mend(roi.box, grid) });
    else if (part && other !== undefined && second) {
      const [box, otherBox] = part(roi.box, second.box, grid) ?? [roi.box, second.box];
      now.set(id, { ...roi, box });
      now.set(other, { ...second, box: otherBox });
    } else if (kind === "duplicate" || kind === "name") {
      const name = freeName(readable(roi.name), names);
      names.add(name);
      now.set(id, { ...roi, name });
    }
  }
  return now;
}

function editOf(
  rois: Rois,
  now: ReadonlyMap<RoiId, Roi | undefined>,
  findings: readonly Finding[],
): Edit | undefined {
  const diff: RoiDiff = new Map(
    [...now]
      .map(([id, to]) => [id, { from: roiAt(rois, id), to }] as const)
      .filter(([, { from, to }]) => !sameRoi(from, to)),
  );
  const verb = FIXES[findings[0]?.kind ?? "box"];
  if (diff.size === 0 || verb === undefined) return undefined;
  const [only] = diff.size === 1 ? diff.values() : [];
  const label = only?.from ? `${verb} ${only.from.name}` : `${verb} ${counted(diff.size, "ROI")}`;
  return { label, diff, selection: new Set([...diff.keys()].filter((id) => now.get(id))) };
}

function clamped(box: WorldBox, grid: PixelGrid): WorldBox {
  const inside = intersect(box, worldOf(grid));
  return isEmpty(inside) ? box : inside;
}

/** The box where it is nearest in the image; as it is where it is larger than that. */
function broughtIn(box: WorldBox, grid: PixelGrid): WorldBox {
  const { shape, scale } = grid;
  const at = (edge: number, i: 0 | 1 | 2): number => voxels(edge, scale[i]);
  const shift = zyx((i) => clampShift(at(box.min[i], i), at(box.max[i], i), 0, shape[i]));
  const moved = (corner: Zyx): Zyx => zyx((i) => shiftedEdge(corner[i], shift[i], scale[i]));
  const inside = worldBox(moved(box.min), moved(box.max));
  return overlaps(inside, worldOf(grid)) ? inside : box;
}

/** All ROIs moved together in y and x, so that what holds them begins in the corner of the plane. */
function originReset(rois: Rois, grid: PixelGrid): Edit | undefined {
  const group = groupOf(rois, idsOf(rois));
  if (!group) return undefined;
  const { min } = group.hull;
  const shift = zyx((i) => (i === 0 ? 0 : -voxels(min[i], grid.scale[i])));
  return placed("Move", rois, shiftedIn(rois, group.ids, shift, grid), {
    selection: NONE_SELECTED,
  });
}

/** The name as near as it can be to one that every tool reads as it is. */
function readable(name: string): string {
  const plain = name.replaceAll(/\p{Cc}+/gu, " ").trim();
  if (plain === "") return "roi";
  return nameProblem(plain, NOBODY) === undefined ? plain : `ROI_${plain}`;
}

const NOBODY: ReadonlySet<string> = new Set();

/**
 * Two boxes cut where they overlap least, in the middle and on a voxel's edge; undefined where one would go through the
 * other, or be left with less than a voxel.
 */
function apart(a: WorldBox, b: WorldBox, grid: PixelGrid): Two | undefined {
  if (!overlaps(a, b)) return undefined;
  const shared = intersect(a, b);
  const depth = (i: 0 | 1 | 2): number => (shared.max[i] - shared.min[i]) / grid.scale[i];
  const axes = ([2, 1, 0] as const).filter(
    (i) => (a.min[i] - b.min[i]) * (a.max[i] - b.max[i]) > 0,
  );
  const [axis] = axes.toSorted((i, j) => depth(i) - depth(j));
  if (axis === undefined) return undefined;
  const scale = grid.scale[axis];
  const middle = worldAt(Math.round((shared.min[axis] + shared.max[axis]) / 2 / scale), scale);
  const [low, high] = a.min[axis] < b.min[axis] ? [a, b] : [b, a];
  if (middle - low.min[axis] < scale || high.max[axis] - middle < scale) return undefined;
  const set = (corner: Box<"world">["min"]) => zyx((i) => (i === axis ? middle : corner[i]));
  const cutLow = worldBox(low.min, set(low.max));
  const cutHigh = worldBox(set(high.min), high.max);
  return low === a ? [cutLow, cutHigh] : [cutHigh, cutLow];
}

/**
 * Two boxes that touch, with their edges along the axis that parts them on the nearest voxels' edges, so that no voxel is
 * in both; undefined where one would be left with less than a voxel.
 */
function aligned(a: WorldBox, b: WorldBox, { scale }: PixelGrid): Two | undefined {
  const axis = ([2, 1, 0] as const).find((i) => a.max[i] <= b.min[i] || b.max[i] <= a.min[i]);
  if (axis === undefined) return undefined;
  const on = (corner: Zyx): Zyx =>
    zyx((i) => {
      const nearest = Math.round(voxels(corner[i], scale[i]));
      return i === axis ? worldAt(nearest, scale[i]) : corner[i];
    });
  const [cutA, cutB] = [a, b].map(({ min, max }) => worldBox(on(min), on(max)));
  return cutA && cutB && !isEmpty(cutA) && !isEmpty(cutB) ? [cutA, cutB] : undefined;
}
