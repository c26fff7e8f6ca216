/** Computes units on this thread, for tests: the same results as workers give. */
import type { Image } from "../ome/multiscale.ts";
import { computeTask } from "../tasks/compute.ts";
import type { Executor } from "../tasks/executor.ts";
import { type Preparation, type Prepared, prepare } from "../tasks/prepare.ts";
import type { Recipe } from "../tasks/recipe.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";

export async function computeHere(
  image: Image,
  recipe: Recipe,
  size: number,
  preparation: Preparation = {},
): Promise<Executor & Pick<Prepared, "keep">> {
  const reader = new ChunkReader();
  const { inputs, taskOf, keep } = await prepare(image, recipe, preparation);
  return {
    size,
    compute: (unit, options) => computeTask(reader, inputs, taskOf(unit), options),
    ...(keep ? { keep } : {}),
  };
}
