/** What pixels say under the pointer, in whatever pane it is. */
import type { CanvasPoint } from "../../scene/camera-moves.ts";
import type { LabelObject } from "../../state/view.ts";
import type { Ground } from "./ground.ts";

/** What pixels say at a place. */
export interface Reading {
  /** Index of the level the values are read from; undefined while none are there. */
  readonly level: number | undefined;
  /** By channel index. */
  readonly values: ReadonlyMap<number, number | bigint>;
  /** Those of the labels that are drawn, the highest first. */
  readonly objects: readonly LabelObject[];
}

export interface Under extends Reading {
  /** World units along the axes of the pane. */
  readonly at: readonly [across: Place, down: Place];
}

/** @param voxel its size along the axis, of the finest level */
type Place = readonly [axis: "z" | "y" | "x", world: number, voxel: number];

const NAMES = ["z", "y", "x"] as const;

/** @param voxel the size of a voxel of the finest level, z y x; @param read gives the pixels at a point of the pane, in its world units */
export function underAt(
  ground: Ground,
  screen: CanvasPoint,
  voxel: readonly number[],
  read: (at: CanvasPoint) => Reading,
): Under {
  const at = ground.world(screen);
  const { across, down } = ground.look().pane;
  const place = (axis: 0 | 1 | 2, world: number): Place => [NAMES[axis], world, voxel[axis] ?? 1];
  return { at: [place(across, at.x), place(down, at.y)], ...read(at) };
}

/** A place as it is written, in world units. */
export function placeText([axis, world, voxel]: Place): string {
  return `${axis} ${worldText(world, voxel)}`;
}

/** To a tenth of a voxel, and to two decimals where that is less: world units may be micrometres, or metres. */
export function worldText(world: number, voxel: number): string {
  return world.toFixed(Math.min(MOST_DECIMALS, Math.max(2, Math.ceil(1 - Math.log10(voxel)))));
}

/** As many as there may be (ECMA-262, Number.prototype.toFixed). */
const MOST_DECIMALS = 100;

/** Whether two say the same to the eye. */
export function sameUnder(a: Under | undefined, b: Under | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && textOf(a) === textOf(b));
}

/** Whether two are over the same objects. */
export function sameObjects(a: Under | undefined, b: Under | undefined): boolean {
  const [some, others] = [a?.objects ?? [], b?.objects ?? []];
  return (
    some.length === others.length &&
    some.every(({ label, id }, i) => others[i]?.label === label && others[i]?.id === id)
  );
}

function textOf({ at, level, values, objects }: Under): string {
  return [
    ...at.map(placeText),
    level,
    ...values,
    ...objects.map(({ label, id }) => [label, id]),
  ].join();
}
