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

/**
 * A stack is drawn in its physical proportions where that fits; one too thin to work with is stretched, one too deep for
 * the pane is compressed, so that all of z is always there.
 * @param depth of the stack, in world units
 */
export function paneView(axes: Pane, camera: Camera, size: CanvasSize, depth: number): PaneView {
  const pixelsPerUnit = 2 ** camera.zoom;
  const isRow = axes.down === 0;
  const room = Math.max(1, (isRow ? size.height : size.width) - 2 * PADDING);
  const natural = depth * pixelsPerUnit;
  const stretch = Math.min(room, Math.max(natural, LEAST_DEPTH)) / natural;
  const [x, y] = camera.target;
  const middle = isRow ? { x, y: depth / 2 } : { x: depth / 2, y };
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
export function stretchedRect([minX, minY, maxX, maxY]: Rect, { across, stretch }: Pane): Rect {
  const [x, y] = across === 0 ? [stretch, 1] : [1, stretch];
  return [minX * x, minY * y, maxX * x, maxY * y];
}
