/** What mends a finding of the checks without a question, as one step for one finding or for all of a kind. */
import { counted } from "../base/counted.ts";
import { type Box, intersect, isEmpty, overlaps, worldBox, zyx } from "../geometry/box.ts";
import { type PixelGrid, worldOf } from "../geometry/pixel-grid.ts";
import type { CheckKind, Finding } from "../roi/checks.ts";
import { freeName, nameProblem, takenBeside } from "../roi/names.ts";
import { type Roi, type RoiDiff, type RoiId, type Rois, roiAt, sameRoi } from "../roi/rois.ts";
import type { Edit } from "./edit.ts";
import { worldAt } from "./snap.ts";

/** What the button says; kinds that are not here need the user's own judgement. */
export const FIXES: Readonly<Partial<Record<CheckKind, string>>> = {
  duplicate: "Rename",
  name: "Rename",
  beyond: "Clamp",
  overlap: "Trim",
  copy: "Delete",
};

/** Mends findings in their order; undefined where none of them can be. */
export function fixed(rois: Rois, findings: readonly Finding[], grid: PixelGrid): Edit | undefined {
  const now = new Map<RoiId, Roi | undefined>();
  const names = takenBeside(rois.names);
  const at = (id: RoiId): Roi | undefined => (now.has(id) ? now.get(id) : roiAt(rois, id));
  for (const { kind, ids } of findings) {
    const [id, other] = ids;
    const [roi, second] = ids.map(at);
    if (id === undefined || !roi) continue;
    if (kind === "duplicate" || kind === "name") {
      const name = freeName(readable(roi.name), names);
      names.add(name);
      now.set(id, { ...roi, name });
    } else if (kind === "copy") now.set(id, undefined);
    else if (kind === "beyond") now.set(id, { ...roi, box: clamped(roi.box, grid) });
    else if (kind === "overlap" && other !== undefined && second) {
      const [box, otherBox] = apart(roi.box, second.box, grid) ?? [roi.box, second.box];
      now.set(id, { ...roi, box });
      now.set(other, { ...second, box: otherBox });
    }
  }
  return editOf(rois, now, findings);
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

function clamped(box: Box<"world">, grid: PixelGrid): Box<"world"> {
  const inside = intersect(box, worldOf(grid));
  return isEmpty(inside) ? box : inside;
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
function apart(
  a: Box<"world">,
  b: Box<"world">,
  grid: PixelGrid,
): readonly [Box<"world">, Box<"world">] | undefined {
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
