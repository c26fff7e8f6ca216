/** Computes units on this thread, for tests: the same results as workers give. */
import type { Image } from "../ome/multiscale.ts";
import { computeTask } from "../tasks/compute.ts";
import type { Executor } from "../tasks/executor.ts";
import { prepare } from "../tasks/prepare.ts";
import type { Recipe } from "../tasks/recipe.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";

export async function computeHere(image: Image, recipe: Recipe, size: number): Promise<Executor> {
  const reader = new ChunkReader();
  const { inputs, taskOf } = await prepare(image, recipe);
  return { size, compute: (unit, options) => computeTask(reader, inputs, taskOf(unit), options) };
}
