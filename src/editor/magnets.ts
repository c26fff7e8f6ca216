/** What a dragged edge is drawn to: the chunk borders of the working level, the image's end, and other ROIs in view. */
import type { Zyx } from "../geometry/box.ts";
import { type PixelGrid, voxels } from "../geometry/pixel-grid.ts";
import { type RoiId, type Rois, roiAt } from "../roi/rois.ts";
import type { Point } from "./box-edit.ts";
import { eachInPane } from "./in-pane.ts";
import { type Axis, type Pane, type PaneScale, pixelsAlong } from "./pane.ts";
import type { Plane } from "./plane.ts";

/** The part of the world that a pane shows, in world units. */
export interface InView {
  readonly min: Point;
  readonly max: Point;
}

/** What magnets are judged by; a tool's context is one. */
export interface Attraction extends PaneScale {
  readonly rois: Rois;
  readonly grid: PixelGrid;
  /** Voxels of a chunk of the working level. */
  readonly chunk: Zyx;
  readonly plane: Plane;
  readonly inView: InView;
  /** ROIs that are not there, and attract nothing. */
  readonly hidden?: ReadonlySet<RoiId> | undefined;
}

/** The edges of the ROIs in view, ascending, in whole voxels: found once, so that a step of a drag only looks them up. */
export interface Neighbors {
  readonly inView: InView;
  readonly plane: Plane;
  readonly ids: readonly RoiId[];
  /** Along the axis that runs to the right, and the one that runs down. */
  readonly across: Float64Array;
  readonly down: Float64Array;
}

/** How near an edge has to come, in screen pixels. */
const REACH = 8;

/** Chunks and ROIs smaller than this on screen, in pixels, would hold an edge wherever it goes. */
const LEAST_CHUNK = 4 * REACH;
const LEAST_ROI = REACH;

/**
 * The ROIs in view that attract, without those that are dragged. Edges that lie between voxels attract nothing: what is
 * drawn to them would lie between voxels too.
 */
export function neighborsIn(near: Attraction, dragged: ReadonlySet<RoiId>): Neighbors {
  const { rois, grid, plane, inView, pane, hidden } = near;
  const { across, down } = pane;
  const leastX = LEAST_ROI / pixelsAlong(across, near);
  const leastY = LEAST_ROI / pixelsAlong(down, near);
  const ids: RoiId[] = [];
  const ys: number[] = [];
  const xs: number[] = [];
  const whole = (to: number[], world: number, scale: number): void => {
    const voxel = voxels(world, scale);
    if (Number.isInteger(voxel)) to.push(voxel);
  };
  eachInPane(rois, { pane, plane, ...inView }, (id, x0, y0, x1, y1) => {
    if (!(x1 - x0 >= leastX && y1 - y0 >= leastY)) return;
    if (dragged.has(id) || hidden?.has(id)) return;
    ids.push(id);
    for (const y of [y0, y1]) whole(ys, y, grid.scale[down]);
    for (const x of [x0, x1]) whole(xs, x, grid.scale[across]);
  });
  // What lies on an edge is named after the first in the table.
  ids.sort((a, b) => a - b);
  const sorted = (values: readonly number[]): Float64Array => Float64Array.from(values).sort();
  return { inView, plane, ids, across: sorted(xs), down: sorted(ys) };
}

/** The nearest whole voxel that attracts an edge at `wish` (voxels) along an axis of the pane; undefined where none is near. */
export function pulled(
  axis: Axis,
  wish: number,
  near: Attraction,
  neighbors: Neighbors,
): number | undefined {
  const { grid, chunk } = near;
  const voxelSize = pixelsAlong(axis, near) * grid.scale[axis];
  const extent = grid.shape[axis];
  const found = nearest(edgesAlong(axis, near.pane, neighbors), wish);
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

/** What lies at a whole voxel along an axis of the pane, in words: "roi_12 right", "chunk"; undefined where nothing does. */
export function magnetAt(
  axis: Axis,
  voxel: number,
  near: Attraction,
  neighbors: Neighbors,
): string | undefined {
  const { grid, chunk } = near;
  const named = sideAt(axis, voxel, near, neighbors);
  if (named !== undefined) return named;
  if (voxel === 0 || voxel === grid.shape[axis]) return "image border";
  const visible = chunk[axis] * grid.scale[axis] * pixelsAlong(axis, near) >= LEAST_CHUNK;
  return visible && voxel % chunk[axis] === 0 ? "chunk" : undefined;
}

/** What the lower and the upper side along z, y and x are called. */
const SIDES = [
  ["first plane", "last plane"],
  ["top", "bottom"],
  ["left", "right"],
] as const;

function edgesAlong(axis: Axis, pane: Pane, { across, down }: Neighbors): Float64Array {
  return axis === pane.across ? across : down;
}

/** The side of a neighbour that lies at a voxel. */
function sideAt(
  axis: Axis,
  voxel: number,
  { rois, grid, pane }: Attraction,
  neighbors: Neighbors,
): string | undefined {
  if (nearest(edgesAlong(axis, pane, neighbors), voxel) !== voxel) return undefined;
  const scale = grid.scale[axis];
  const [low, high] = SIDES[axis];
  for (const id of neighbors.ids) {
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
