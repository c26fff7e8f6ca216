/** Where the handles of a box lie, for the eye and the hand alike: on its outline, or around it where it is thin. */
import type { Box } from "../geometry/box.ts";
import { isSolid, type Point } from "./box-edit.ts";
import { type Axis, type PaneScale, pixelsAlong } from "./pane.ts";

/**
 * In screen pixels: a box none of whose sides is as long has no handles, it can be moved and typed. On a side that is
 * shorter they move outwards until they are so far apart, so that its middle can still be grabbed.
 */
const HANDLES_FROM = 24;

/** A rectangle of a pane, in world units. */
export interface HandleFrame {
  readonly min: Point;
  readonly max: Point;
}

/** The rectangle at whose corners and edges the handles lie; undefined where the box is too small on screen. */
export function handleFrame(box: Box<"world">, view: PaneScale): HandleFrame | undefined {
  const { across, down } = view.pane;
  const shown = (axis: Axis): number => (box.max[axis] - box.min[axis]) * pixelsAlong(axis, view);
  if (!isSolid(box) || Math.max(shown(across), shown(down)) < HANDLES_FROM) return undefined;
  const spare = (axis: Axis): number =>
    Math.max(0, HANDLES_FROM - shown(axis)) / (2 * pixelsAlong(axis, view));
  return {
    min: { x: box.min[across] - spare(across), y: box.min[down] - spare(down) },
    max: { x: box.max[across] + spare(across), y: box.max[down] + spare(down) },
  };
}

/** The eight places on it: the corners, and the middles of the edges. */
export function handlesOn({ min: { x: x0, y: y0 }, max: { x: x1, y: y1 } }: HandleFrame): Point[] {
  const middle = [(x0 + x1) / 2, (y0 + y1) / 2] as const;
  const places = [
    ...[x0, middle[0], x1].flatMap((x) => [y0, y1].map((y) => [x, y] as const)),
    ...[x0, x1].map((x) => [x, middle[1]] as const),
  ];
  return places.map(([x, y]) => ({ x, y }));
}
