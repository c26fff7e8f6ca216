/** A recipe on another image than the one it was made on. */
import { Fault, isFault } from "../base/fault.ts";
import { inSlices } from "../base/steps.ts";
import { worldOf } from "../geometry/pixel-grid.ts";
import type { Image } from "../ome/multiscale.ts";
import { readRois } from "../roi/roi-table.ts";
import { readTable } from "../table/read-table.ts";
import { tasks } from "../tasks/catalogue.ts";
import { levelOf, type Recipe, type RecipeRoi, recipeProblem } from "../tasks/recipe.ts";
import { wholeImage as planesOf } from "../tasks/whole-image.ts";
import type { Options } from "../zarr/store.ts";
import { tablePath } from "./features.ts";
import { listRois } from "./recipe-rois.ts";
import { wholeImage } from "./task-form.ts";

/**
 * The recipe with the ROIs that the image's own table of the same name has; with all of the image, where the recipe's
 * are of no table.
 * @throws Fault "input" where the image lacks what the recipe names, its table included
 */
export async function fitRecipe(
  recipe: Recipe,
  image: Image,
  options: Options = {},
): Promise<Recipe> {
  const { roiTable } = recipe;
  const rois = await roisFor(recipe, image, options);
  const fitted = { ...recipe, rois };
  const problem = recipeProblem(fitted, image);
  if (problem !== undefined) throw new Fault("input", problem);
  if (rois.length === 0) throw new Fault("input", `The table "${roiTable}" has no ROI`);
  return fitted;
}

async function roisFor(
  recipe: Recipe,
  image: Image,
  options: Options,
): Promise<readonly RecipeRoi[]> {
  const { task, roiTable } = recipe;
  if (tasks[task].covers === "image") return planesOf(image, levelOf(recipe, image));
  return roiTable === undefined ? [wholeImage(image)] : roisOf(image, roiTable, options);
}

async function roisOf(image: Image, name: string, options: Options): Promise<readonly RecipeRoi[]> {
  const { store, zarrFormat } = image;
  const table = await readTable(store, tablePath(image, name), zarrFormat, options).catch(
    (error: unknown) => {
      if (!isFault(error, "missing")) throw error;
      throw new Fault("input", `The image has no ROI table "${name}"`, { cause: error });
    },
  );
  const depth = worldOf(image.levels[0].grid).max[0];
  const { rois } = await inSlices(readRois(table, depth), options);
  return (await inSlices(listRois(rois), options)).all;
}
