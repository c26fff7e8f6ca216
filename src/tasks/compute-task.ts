/** What is read for a unit and what is done to it, as plain data for another thread. */
import { type Box, lengthsOf, pixelBox, type Zyx, zyx } from "../geometry/box.ts";
import { selection } from "../ome/axes.ts";
import type { Axis } from "../ome/multiscale.ts";
import type { LabelNucleiParams } from "./catalogue.ts";
import type { Unit } from "./plan.ts";
import type { Recipe } from "./recipe.ts";

export interface ComputeTask {
  /** The half-open range of the input array, per axis; one channel and one time point. */
  readonly min: readonly number[];
  readonly max: readonly number[];
  /** The same in z, y, x. */
  readonly shape: Zyx;
  /** What of it is written, counted from its first voxel; the rest is halo. */
  readonly core: Box<"pixel">;
  readonly params: LabelNucleiParams;
}

/** @param axes the image's. */
export function taskOf(axes: readonly Axis[], { params }: Recipe, unit: Unit): ComputeTask {
  const { t, c, box, read } = unit;
  const from = (corner: Zyx): Zyx => zyx((i) => corner[i] - read.min[i]);
  const core = pixelBox(from(box.min), from(box.max));
  return { ...selection(axes, { t, c }, read), shape: lengthsOf(read), core, params };
}
