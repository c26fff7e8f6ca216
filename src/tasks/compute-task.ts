/** What is read for a unit and what is done to it, as plain data for another thread. */
import { lengthsOf, type Zyx } from "../geometry/box.ts";
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
  readonly params: LabelNucleiParams;
}

/** @param axes the image's. */
export function taskOf(axes: readonly Axis[], recipe: Recipe, { box }: Unit): ComputeTask {
  const { channel: c, t, params } = recipe;
  return { ...selection(axes, { t, c }, box), shape: lengthsOf(box), params };
}
