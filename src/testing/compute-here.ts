/** Computes units on this thread, for tests: the same results as workers give. */
import type { Image } from "../ome/multiscale.ts";
import { computeTask } from "../tasks/compute.ts";
import { taskOf } from "../tasks/compute-task.ts";
import type { Executor } from "../tasks/executor.ts";
import { levelOf, type Recipe } from "../tasks/recipe.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";

export function computeHere(image: Image, recipe: Recipe, size: number): Executor {
  const reader = new ChunkReader();
  const { array } = levelOf(recipe, image);
  return {
    size,
    compute: (unit, options) =>
      computeTask(reader, array, taskOf(image.axes, recipe, unit), options),
  };
}
