/** Many ROIs moved as one, in their columns: no value is made for any of them. */
import { type Box, worldBox, type Zyx } from "../geometry/box.ts";
import type { PixelGrid } from "../geometry/pixel-grid.ts";
import { changedIn, edgeAt, type RoiDiff, type RoiId, type Rois } from "../roi/rois.ts";
import { shiftedEdge } from "./box-edit.ts";

export interface Group {
  readonly ids: readonly RoiId[];
  /** What holds all of them. */
  readonly hull: Box<"world">;
}

/** Those of the ROIs that have a volume, which hands can move; undefined where none has. */
export function groupOf(rois: Rois, among: Iterable<RoiId>): Group | undefined {
  const [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const hull: [number, number, number, number, number, number] = [low, low, low, high, high, high];
  const ids: RoiId[] = [];
  for (const id of among) {
    if (!hasVolume(rois, id)) continue;
    ids.push(id);
    for (const i of [0, 1, 2] as const) {
      hull[i] = Math.min(hull[i], edgeAt(rois, id, i));
      hull[i + 3] = Math.max(hull[i + 3] ?? high, edgeAt(rois, id, i + 3));
    }
  }
  if (ids.length === 0) return undefined;
  const [z0, y0, x0, z1, y1, x1] = hull;
  return { ids, hull: worldBox([z0, y0, x0], [z1, y1, x1]) };
}

function hasVolume(rois: Rois, id: RoiId): boolean {
  for (let i = 0; i < 3; i++) if (!(edgeAt(rois, id, i + 3) > edgeAt(rois, id, i))) return false;
  return true;
}

/** The change that shifts ROIs by so many voxels. */
export function shiftedIn(
  rois: Rois,
  ids: readonly RoiId[],
  by: Zyx,
  { scale }: PixelGrid,
): RoiDiff {
  const edges = new Float64Array(6);
  return changedIn(rois, ({ place }) => {
    for (const id of ids) {
      for (const i of [0, 1, 2] as const) {
        edges[i] = shiftedEdge(edgeAt(rois, id, i), by[i], scale[i]);
        edges[i + 3] = shiftedEdge(edgeAt(rois, id, i + 3), by[i], scale[i]);
      }
      place(id, edges);
    }
  });
}
