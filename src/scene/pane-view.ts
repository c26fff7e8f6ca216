/** How a pane beside the main one shows the world: it shares the camera's range along one axis and shows all of z. */
import type { Pane } from "../editor/pane.ts";
import type { Camera, CanvasSize } from "./camera.ts";
import type { CanvasPoint } from "./camera-moves.ts";
import type { Rect } from "./rect.ts";

/** What a side pane shows, and where. Its coordinates are those of `pane`: to the right, then down. */
export interface PaneView {
  readonly pane: Pane;
  readonly pixelsPerUnit: number;
  /** The point in its middle, in world units, and what of the world is in it. */
  readonly middle: CanvasPoint;
  readonly bounds: Rect;
  readonly size: CanvasSize;
}

/** The least that a whole stack measures along z, in CSS pixels, and what is left free beside it. */
const LEAST_DEPTH = 104;
const PADDING = 14;

/** What of a stack the side panes show: how many times larger than all of it, and around which place in z (world). */
export interface DepthLook {
  readonly zoom: number;
  readonly middle: number;
}

export const WHOLE_DEPTH: DepthLook = { zoom: 1, middle: 0 };

/** The largest a voxel gets along z, in CSS pixels. */
const VOXEL_MAX = 64;

/**
 * All of a stack is drawn in its physical proportions where that fits; one too thin to work with is stretched, one too
 * deep for the pane is compressed. Zoomed along z a part of it fills the pane.
 * @param depth of the stack, in world units
 */
export function paneView(
  axes: Pane,
  camera: Camera,
  size: CanvasSize,
  depth: number,
  look: DepthLook = WHOLE_DEPTH,
): PaneView {
  const pixelsPerUnit = 2 ** camera.zoom;
  const isRow = axes.down === 0;
  const room = Math.max(1, (isRow ? size.height : size.width) - 2 * PADDING);
  const natural = depth * pixelsPerUnit;
  const stretch = (look.zoom * Math.min(room, Math.max(natural, LEAST_DEPTH))) / natural;
  const half = Math.min(depth, room / (pixelsPerUnit * stretch)) / 2;
  const z = Math.min(depth - half, Math.max(half, look.middle));
  const [x, y] = camera.target;
  const middle = isRow ? { x, y: z } : { x: z, y };
  const halfX = size.width / (2 * pixelsPerUnit * (isRow ? 1 : stretch));
  const halfY = size.height / (2 * pixelsPerUnit * (isRow ? stretch : 1));
  return {
    pane: { ...axes, stretch },
    pixelsPerUnit,
    middle,
    bounds: [middle.x - halfX, middle.y - halfY, middle.x + halfX, middle.y + halfY],
    size,
  };
}

/**
 * Zooms along z by a factor about a point of the pane, from the whole stack to voxels of 64 pixels.
 * @param voxel its length along z, in world units
 */
export function zoomedDepth(
  shown: PaneView,
  { zoom }: DepthLook,
  at: CanvasPoint,
  { factor, voxel }: { readonly factor: number; readonly voxel: number },
): DepthLook {
  const { down, stretch } = shown.pane;
  const whole = (shown.pixelsPerUnit * stretch) / zoom;
  const next = Math.min(Math.max(1, VOXEL_MAX / (voxel * whole)), Math.max(1, zoom * factor));
  const held = worldFromPane(shown, at);
  const { width, height } = shown.size;
  const [z, off] = down === 0 ? [held.y, at.y - height / 2] : [held.x, at.x - width / 2];
  return { zoom: next, middle: z - off / (whole * next) };
}

/** Drags what is shown along z by so many pixels of the pane. */
export function pannedDepth(shown: PaneView, { zoom }: DepthLook, pixels: number): DepthLook {
  const { pane, middle, pixelsPerUnit } = shown;
  const z = pane.down === 0 ? middle.y : middle.x;
  return { zoom, middle: z - pixels / (pixelsPerUnit * pane.stretch) };
}

/** The world point under a point of the pane. */
export function worldFromPane({ bounds, size }: PaneView, { x, y }: CanvasPoint): CanvasPoint {
  const [minX, minY, maxX, maxY] = bounds;
  return {
    x: minX + (x / size.width) * (maxX - minX),
    y: minY + (y / size.height) * (maxY - minY),
  };
}

/** Where a world point lies in the pane, in CSS pixels. */
export function paneFromWorld({ bounds, size }: PaneView, { x, y }: CanvasPoint): CanvasPoint {
  const [minX, minY, maxX, maxY] = bounds;
  return {
    x: ((x - minX) / (maxX - minX)) * size.width,
    y: ((y - minY) / (maxY - minY)) * size.height,
  };
}

/** A rectangle of the pane as it is drawn, where a unit is as long along z as along the other axis. */
export function stretchedRect(
  [minX, minY, maxX, maxY]: Rect,
  { across, stretch }: Pick<Pane, "across" | "stretch">,
): Rect {
  const [x, y] = across === 0 ? [stretch, 1] : [1, stretch];
  return [minX * x, minY * y, maxX * x, maxY * y];
}
