/** What a dragged edge is drawn to: the chunk borders of the working level, the image's end, and other ROIs in view. */
import type { Zyx } from "../geometry/box.ts";
import { type PixelGrid, voxels } from "../geometry/pixel-grid.ts";
import { type RoiId, type Rois, roiAt } from "../roi/rois.ts";
import type { Point } from "./box-edit.ts";
import { type Plane, spans } from "./plane.ts";

/** The part of the world that a view shows, in world units. */
export interface InView {
  readonly min: Point;
  readonly max: Point;
}

/** What magnets are judged by; a tool's context is one. */
export interface Attraction {
  readonly rois: Rois;
  readonly grid: PixelGrid;
  /** Voxels of a chunk of the working level. */
  readonly chunk: Zyx;
  readonly plane: Plane;
  readonly inView: InView;
  readonly pixelsPerUnit: number;
}

/** The edges of the ROIs in view, ascending, in whole voxels: found once, so that a step of a drag only looks them up. */
export interface Neighbours {
  readonly inView: InView;
  readonly plane: Plane;
  readonly ids: readonly RoiId[];
  readonly y: Float64Array;
  readonly x: Float64Array;
}

/** How near an edge has to come, in screen pixels. */
const REACH = 8;

/** Chunks and ROIs smaller than this on screen, in pixels, would hold an edge wherever it goes. */
const LEAST_CHUNK = 4 * REACH;
const LEAST_ROI = REACH;

/**
 * The ROIs in view that attract, without those that are dragged. A linear scan, as the hit test's. Edges that lie
 * between voxels attract nothing: what is drawn to them would lie between voxels too.
 */
export function neighboursIn(near: Attraction, dragged: ReadonlySet<RoiId>): Neighbours {
  const { rois, grid, plane, inView, pixelsPerUnit } = near;
  const least = LEAST_ROI / pixelsPerUnit;
  const ids: RoiId[] = [];
  const ys: number[] = [];
  const xs: number[] = [];
  const whole = (to: number[], world: number, scale: number): void => {
    const voxel = voxels(world, scale);
    if (Number.isInteger(voxel)) to.push(voxel);
  };
  const look = (id: RoiId, y0: number, x0: number, y1: number, x1: number): void => {
    // Written so that a NaN is passed over.
    if (!(x1 - x0 >= least && y1 - y0 >= least) || dragged.has(id)) return;
    if (x1 < inView.min.x || x0 > inView.max.x || y1 < inView.min.y || y0 > inView.max.y) return;
    ids.push(id);
    for (const y of [y0, y1]) whole(ys, y, grid.scale[1]);
    for (const x of [x0, x1]) whole(xs, x, grid.scale[2]);
  };
  const { bounds, names } = rois.base;
  const at = (i: number): number => bounds[i] ?? Number.NaN;
  for (let id = 0, row = 0; id < names.length; id++, row += 6) {
    if (!spans(plane, at(row), at(row + 3)) || rois.overlay.has(id)) continue;
    look(id, at(row + 1), at(row + 2), at(row + 4), at(row + 5));
  }
  for (const [id, roi] of rois.overlay) {
    if (roi === undefined || !spans(plane, roi.box.min[0], roi.box.max[0])) continue;
    look(id, roi.box.min[1], roi.box.min[2], roi.box.max[1], roi.box.max[2]);
  }
  return { inView, plane, ids, y: Float64Array.from(ys).sort(), x: Float64Array.from(xs).sort() };
}

/** The nearest whole voxel that attracts an edge at `wish` (voxels) along y (1) or x (2); undefined where none is near. */
export function pulled(
  axis: 1 | 2,
  wish: number,
  near: Attraction,
  neighbours: Neighbours,
): number | undefined {
  const { grid, chunk, pixelsPerUnit } = near;
  const voxelSize = pixelsPerUnit * grid.scale[axis];
  const extent = grid.shape[axis];
  const found = nearest(axis === 1 ? neighbours.y : neighbours.x, wish);
  const step = chunk[axis] * voxelSize >= LEAST_CHUNK ? chunk[axis] : extent;
  const candidates = [found, Math.round(wish / step) * step, extent];
  let best: number | undefined;
  let least = REACH / voxelSize;
  for (const candidate of candidates) {
    if (candidate === undefined || candidate < 0 || candidate > extent) continue;
    const distance = Math.abs(candidate - wish);
    // The first of equals is kept: an ROI says more than a chunk's border.
    if (best === undefined ? distance <= least : distance < least) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

/** What lies at a whole voxel along y (1) or x (2), in words: "roi_12 right", "chunk"; undefined where nothing does. */
export function magnetAt(
  axis: 1 | 2,
  voxel: number,
  { rois, grid, chunk, pixelsPerUnit }: Attraction,
  neighbours: Neighbours,
): string | undefined {
  const scale = grid.scale[axis];
  const named = sideAt(axis, voxel, scale, rois, neighbours);
  if (named !== undefined) return named;
  if (voxel === 0 || voxel === grid.shape[axis]) return "image border";
  const visible = chunk[axis] * scale * pixelsPerUnit >= LEAST_CHUNK;
  return visible && voxel % chunk[axis] === 0 ? "chunk" : undefined;
}

/** The side of a neighbour that lies at a voxel. */
function sideAt(
  axis: 1 | 2,
  voxel: number,
  scale: number,
  rois: Rois,
  { ids, y, x }: Neighbours,
): string | undefined {
  if (nearest(axis === 1 ? y : x, voxel) !== voxel) return undefined;
  const [low, high] = axis === 1 ? (["top", "bottom"] as const) : (["left", "right"] as const);
  for (const id of ids) {
    const roi = roiAt(rois, id);
    if (roi === undefined) continue;
    if (voxels(roi.box.min[axis], scale) === voxel) return `${roi.name} ${low}`;
    if (voxels(roi.box.max[axis], scale) === voxel) return `${roi.name} ${high}`;
  }
  return undefined;
}

/** The value of an ascending array that is nearest to another. */
function nearest(values: Float64Array, wish: number): number | undefined {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? Number.NaN) < wish) low = middle + 1;
    else high = middle;
  }
  const above = values[low];
  const below = low > 0 ? values[low - 1] : undefined;
  if (above === undefined || below === undefined) return above ?? below;
  return above - wish < wish - below ? above : below;
}
