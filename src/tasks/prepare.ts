/** What the units of a run read and compute: all that is looked up once, before the first of them. */
import { lengthsOf, pixelBox, type Zyx, zyx } from "../geometry/box.ts";
import { selection } from "../ome/axes.ts";
import type { Image } from "../ome/multiscale.ts";
import type { ZarrArray } from "../zarr/array.ts";
import type { ComputeTask } from "./compute-task.ts";
import type { Unit } from "./plan.ts";
import { levelOf, type Recipe } from "./recipe.ts";

export interface Prepared {
  /** The image's level first. */
  readonly inputs: readonly [ZarrArray, ...ZarrArray[]];
  readonly taskOf: (unit: Unit) => ComputeTask;
}

/** @throws Fault "input" where the image has no such level. */
export async function prepare(image: Image, recipe: Recipe): Promise<Prepared> {
  const { array } = levelOf(recipe, image);
  const { task, params } = recipe;
  return {
    inputs: [array],
    taskOf: ({ t, c, box, read }) => {
      const from = (corner: Zyx): Zyx => zyx((i) => corner[i] - read.min[i]);
      return {
        task,
        params,
        reads: [{ input: 0, ...selection(image.axes, { t, c }, read) }],
        shape: lengthsOf(read),
        core: pixelBox(from(box.min), from(box.max)),
      };
    },
  };
}
