/** How far a drag goes once what it drags is drawn to something near, or keeps its aspect; and what it lies on then. */
import { type Box, type Zyx, zyx } from "../geometry/box.ts";
import { type PixelGrid, voxels } from "../geometry/pixel-grid.ts";
import type { Part, Point } from "./box-edit.ts";
import { magnetAt, type Neighbors, pulled } from "./magnets.ts";
import type { Axis } from "./pane.ts";
import type { Snap } from "./snap.ts";
import { type Editing, snapOf, type ToolContext, type ToolState } from "./tool-state.ts";

interface Attracted {
  readonly snap: Snap;
  readonly context: ToolContext;
  readonly neighbors: Neighbors | undefined;
}

/** World positions of edges along z, y and x. */
type Edges = readonly [z: readonly number[], y: readonly number[], x: readonly number[]];

/** The edges of a box that a part holds; all of them where it is moved whole. */
export function edgesOf(box: Box<"world">, part: Part | undefined): Edges {
  const along = (i: 0 | 1 | 2): readonly number[] => {
    if (part === undefined) return [box.min[i], box.max[i]];
    if (part[i] === 0) return [];
    return [part[i] > 0 ? box.max[i] : box.min[i]];
  };
  return [along(0), along(1), along(2)];
}

/** A pull (world units) made shorter or longer so that the edge nearest to something that attracts it comes to lie there. */
export function attractedPull(
  pull: Zyx,
  { edges, snap, context, neighbors }: Attracted & { readonly edges: Edges },
): Zyx {
  if (snap === "free" || neighbors === undefined) return pull;
  const along = (i: Axis): number => {
    if (pull[i] === 0) return 0;
    const scale = context.grid.scale[i];
    let best: number | undefined;
    for (const edge of edges[i]) {
      const wish = voxels(edge, scale) + pull[i] / scale;
      const to = pulled(i, wish, context, neighbors);
      if (to !== undefined && (best === undefined || Math.abs(to - wish) < Math.abs(best)))
        best = to - wish;
    }
    return pull[i] + (best ?? 0) * scale;
  };
  return [along(0), along(1), along(2)];
}

/** A corner that is drawn, where it comes to lie. */
export function attractedPoint(point: Point, { snap, context, neighbors }: Attracted): Point {
  if (snap === "free" || neighbors === undefined) return point;
  const along = (i: 1 | 2, world: number): number => {
    const scale = context.grid.scale[i];
    const to = pulled(i, world / scale, context, neighbors);
    return to === undefined ? world : to * scale;
  };
  return { x: along(2, point.x), y: along(1, point.y) };
}

/**
 * The pull of a corner that keeps the box's proportions: as far as the axis that is pulled furthest asks for, and no
 * further than the image reaches on either. An edge alone is pulled as it is.
 */
export function aspectPull(box: Box<"world">, part: Part, pull: Zyx, grid: PixelGrid): Zyx {
  if (part[1] === 0 || part[2] === 0) return pull;
  const asked = ([1, 2] as const).map((i) => {
    const side = part[i] > 0 ? 1 : -1;
    const length = box.max[i] - box.min[i];
    const wanted = 1 + (side * pull[i]) / length;
    const outwards = wanted < 0 ? -side : side;
    const fixed = side > 0 ? box.min[i] : box.max[i];
    const room = outwards > 0 ? grid.shape[i] * grid.scale[i] - fixed : fixed;
    return { wanted, room: Math.max(0, room) / length };
  });
  const factor = Math.min(
    Math.max(...asked.map(({ wanted }) => Math.abs(wanted))),
    ...asked.map(({ room }) => room),
  );
  return zyx((i) => {
    const wanted = asked[i - 1]?.wanted;
    if (i === 0 || wanted === undefined) return pull[i];
    const change = (wanted < 0 ? -factor : factor) - 1;
    return (part[i] > 0 ? change : -change) * (box.max[i] - box.min[i]);
  });
}

/** A line that what is dragged lies on. */
export interface Guide {
  readonly axis: Axis;
  /** World units. */
  readonly at: number;
  /** "roi_12 right", "chunk". */
  readonly what: string;
}

/** The lines that the edges under the hand lie on now; none while snapping is suspended. */
export function guidesOf(state: ToolState, context: ToolContext): readonly Guide[] {
  if (!("edit" in state) || state.neighbors === undefined || snapOf(state.at) === "free") return [];
  const box = heldBox(state);
  if (box === undefined) return [];
  const guides: Guide[] = [];
  const { across, down } = context.pane;
  for (const axis of [down, across]) {
    for (const at of new Set([box.min[axis], box.max[axis]])) {
      if (state.kind === "resizing" && (at === state.box.min[axis] || at === state.box.max[axis]))
        continue;
      const voxel = voxels(at, context.grid.scale[axis]);
      const what = magnetAt(axis, voxel, context, state.neighbors);
      if (what !== undefined) guides.push({ axis, at, what });
    }
  }
  return guides;
}

/** The box under the hand as it would be committed: of several that are moved the one that was grabbed. */
export function heldBox(state: ToolState): Box<"world"> | undefined {
  if (!("edit" in state)) return undefined;
  return grabbedBox(state);
}

function grabbedBox({ edit, over }: Editing): Box<"world"> | undefined {
  if (edit === undefined) return undefined;
  const id = over.drag.kind === "move" ? over.drag.id : undefined;
  const held = id === undefined ? undefined : edit.diff.get(id)?.to;
  for (const { to } of edit.diff.values()) return (held ?? to)?.box;
  return undefined;
}
