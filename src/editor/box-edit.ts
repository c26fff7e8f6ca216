/** The three things a hand does to boxes (move, resize, draw), each computed whole from where the gesture began. */
import { type Box, worldBox, type Zyx, zyx } from "../geometry/box.ts";
import { type PixelGrid, voxels, worldOf } from "../geometry/pixel-grid.ts";
import { clampEdge, clampShift } from "./clamp.ts";
import type { Plane } from "./plane.ts";
import { type Snap, snapped, worldAt } from "./snap.ts";

export type Side = -1 | 0 | 1;

/** The part of a box that is dragged: per axis its lower edge (-1), its upper edge (1) or neither (0). */
export type Part = readonly [z: Side, y: Side, x: Side];

/** A point of the shown plane, in world units or in screen pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Whether a box has a volume; a box of an invalid row may not, and hands leave it alone. */
export function isSolid(box: Box<"world">): boolean {
  const { min, max } = box;
  return max[0] > min[0] && max[1] > min[1] && max[2] > min[2];
}

/**
 * How far ROIs move together (voxels) where the hand pulls by `by` (world units). The grabbed one's lower corner lands on
 * whole voxels and the others keep their distance to it; the group slides along the image's border.
 * @param hull what holds all of them
 */
export function shiftOf(
  hull: Box<"world">,
  by: Zyx,
  grid: PixelGrid,
  { grabbed, snap }: { readonly grabbed: Box<"world">; readonly snap: Snap },
): Zyx {
  return zyx((i) => {
    if (by[i] === 0) return 0;
    const scale = grid.scale[i];
    const start = voxels(grabbed.min[i], scale);
    const wish = snapped(start + by[i] / scale, snap) - start;
    const [min, max] = [voxels(hull.min[i], scale), voxels(hull.max[i], scale)];
    return clampShift(min, max, wish, grid.shape[i]);
  });
}

/** An edge (world units) shifted by whole voxels or parts of them; one that is not, keeps its value to the bit. */
export function shiftedEdge(edge: number, by: number, scale: number): number {
  return by === 0 ? edge : worldAt(voxels(edge, scale) + by, scale);
}

/** Boxes moved together by `by` (world units), as far as the image's border lets them. */
export function movedBoxes(
  boxes: readonly Box<"world">[],
  by: Zyx,
  grid: PixelGrid,
  held: { readonly grabbed: Box<"world">; readonly snap: Snap },
): Box<"world">[] {
  const hull = worldBox(
    zyx((i) => boxes.reduce((least, { min }) => Math.min(least, min[i]), Number.POSITIVE_INFINITY)),
    zyx((i) => boxes.reduce((most, { max }) => Math.max(most, max[i]), Number.NEGATIVE_INFINITY)),
  );
  const shift = shiftOf(hull, by, grid, held);
  const moved = (corner: Zyx): Zyx => zyx((i) => shiftedEdge(corner[i], shift[i], grid.scale[i]));
  return boxes.map(({ min, max }) => worldBox(moved(min), moved(max)));
}

/**
 * A box after its `part` was dragged by `by` (world units). An edge dragged through its opposite swaps with it; the
 * edges that were not dragged keep their values to the bit.
 */
export function resizedBox(
  box: Box<"world">,
  part: Part,
  by: Zyx,
  { grid, snap }: { grid: PixelGrid; snap: Snap },
): Box<"world"> {
  const edges = zyx((i) => {
    const side = part[i];
    const scale = grid.scale[i];
    const [edge, fixed] = side > 0 ? [box.max[i], box.min[i]] : [box.min[i], box.max[i]];
    if (side === 0 || by[i] === 0) return edge;
    const wish = voxels(edge, scale) + by[i] / scale;
    const extent = grid.shape[i];
    return worldAt(clampEdge(wish, voxels(fixed, scale), { side, extent, snap }), scale);
  });
  const fixed = zyx((i) => (part[i] > 0 ? box.min[i] : box.max[i]));
  return worldBox(
    zyx((i) => Math.min(edges[i], fixed[i])),
    zyx((i) => Math.max(edges[i], fixed[i])),
  );
}

/** The part that the hand holds once a resize has turned `from` into `to`: the other side where it went through. */
export function heldPart(part: Part, from: Box<"world">, to: Box<"world">): Part {
  const held = (i: 0 | 1 | 2): Side => {
    if (part[i] === 0) return 0;
    return to.min[i] === (part[i] > 0 ? from.min[i] : from.max[i]) ? 1 : -1;
  };
  return [held(0), held(1), held(2)];
}

/** The box drawn from one point to another, through a z range (world units) or the whole stack; undefined where it misses the image. */
export function drawnBox(
  from: Point,
  to: Point,
  { grid, snap, depth }: { grid: PixelGrid; snap: Snap; depth?: Plane },
): Box<"world"> | undefined {
  const image = worldOf(grid);
  const a: Zyx = [0, from.y, from.x];
  const b: Zyx = [0, to.y, to.x];
  for (const i of [1, 2] as const)
    if (Math.max(a[i], b[i]) <= image.min[i] || Math.min(a[i], b[i]) >= image.max[i])
      return undefined;
  const span = (i: 1 | 2): readonly [number, number] => {
    const scale = grid.scale[i];
    const extent = grid.shape[i];
    const fixed = Math.min(extent, Math.max(0, snapped(a[i] / scale, snap)));
    const side = b[i] < a[i] ? -1 : 1;
    const edge = clampEdge(b[i] / scale, fixed, { side, extent, snap });
    return [worldAt(Math.min(fixed, edge), scale), worldAt(Math.max(fixed, edge), scale)];
  };
  const [y0, y1] = span(1);
  const [x0, x1] = span(2);
  const { min: z0, max: z1 } = depth ?? { min: image.min[0], max: image.max[0] };
  return worldBox([z0, y0, x0], [z1, y1, x1]);
}
