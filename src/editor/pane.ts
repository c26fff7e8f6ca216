/** Which two axes a pane of the view shows, as data: a hand does along any of them what it does along x and y. */
import type { Zyx } from "../geometry/box.ts";
import type { Point } from "./box-edit.ts";

/** Its place in z, y, x. */
export type Axis = 0 | 1 | 2;

export interface Pane {
  /** The axes that run to the right and down the screen, and the one looked along. */
  readonly across: Axis;
  readonly down: Axis;
  readonly through: Axis;
  /** How many times longer on screen a unit of z is than one of y and x. */
  readonly stretch: number;
}

export const XY: Pane = { across: 2, down: 1, through: 0, stretch: 1 };
export const XZ: Pane = { across: 2, down: 0, through: 1, stretch: 1 };
export const YZ: Pane = { across: 0, down: 1, through: 2, stretch: 1 };

/** A pane and how large it shows things. */
export interface PaneScale {
  readonly pane: Pane;
  /** Screen pixels per world unit of y and x. */
  readonly pixelsPerUnit: number;
}

/** Screen pixels per world unit of an axis. */
export function pixelsAlong(axis: Axis, { pane, pixelsPerUnit }: PaneScale): number {
  return axis === 0 ? pixelsPerUnit * pane.stretch : pixelsPerUnit;
}

/** Whether it lies beside the main one: there the hand looks around and edits what is selected, and draws nothing new. */
export function isSide({ through }: Pane): boolean {
  return through !== 0;
}

/** From one point of a pane to another, in world units. */
export function pullOf({ across, down }: Pane, from: Point, to: Point): Zyx {
  const along = (axis: Axis): number => {
    if (axis === across) return to.x - from.x;
    return axis === down ? to.y - from.y : 0;
  };
  return [along(0), along(1), along(2)];
}
