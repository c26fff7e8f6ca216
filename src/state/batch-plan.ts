/** What a run over wells would do, from the images of the first of them: a plate is not read whole before it is begun. */
import { isAborted, sentence } from "../base/fault.ts";
import type { Image, Plate } from "../ome/multiscale.ts";
import { openImage } from "../ome/open-image.ts";
import { isListed } from "../tasks/lists.ts";
import { groupsOf } from "../tasks/output.ts";
import { planRun } from "../tasks/plan.ts";
import { planCard } from "../tasks/plan-card.ts";
import { makesOf, type Recipe } from "../tasks/recipe.ts";
import type { Options } from "../zarr/store.ts";
import { newBatch } from "./batch-made.ts";
import type { WellRun } from "./batch-state.ts";
import { fitRecipe } from "./fit-recipe.ts";

/** Each costs some requests; the others are taken to be like these. */
const MOST_READ = 12;

export interface WellsPlan {
  readonly wells: number;
  /** How many of them were read so far; fewer than all make the numbers estimates. */
  readonly read: number;
  /** Over all wells. */
  readonly rois: number;
  readonly writes: number;
  /** Before compression. */
  readonly bytes: number;
  /** Of those that were read: what would be skipped and why, and those that have such an output already. */
  readonly unfit: readonly { readonly name: string; readonly why: string }[];
  readonly taken: readonly string[];
}

/**
 * @param wells paths inside the plate
 * @returns the plan after each well that is read
 */
export async function* planWells(
  { plate, image }: { readonly plate: Plate; readonly image: Image },
  recipe: Recipe,
  wells: readonly string[],
  options: Options = {},
): AsyncGenerator<WellsPlan, void, undefined> {
  const batch = newBatch(plate, image, recipe, wells, new Date(0));
  const unfit: { name: string; why: string }[] = [];
  const taken: string[] = [];
  const sum = { rois: 0, writes: 0, bytes: 0 };
  for (const [i, well] of batch.wells.slice(0, MOST_READ).entries()) {
    try {
      const found = await planWell(plate, recipe, well, options);
      if (found.isTaken) taken.push(well.name);
      sum.rois += found.rois;
      sum.writes += found.writes;
      sum.bytes += found.bytes;
    } catch (error) {
      if (isAborted(error)) throw error;
      unfit.push({ name: well.name, why: sentence(error) });
    }
    const read = i + 1;
    const scaled = (value: number) => Math.round((value * batch.wells.length) / read);
    yield {
      wells: batch.wells.length,
      read,
      rois: scaled(sum.rois),
      writes: scaled(sum.writes),
      bytes: scaled(sum.bytes),
      unfit: [...unfit],
      taken: [...taken],
    };
  }
}

async function planWell(plate: Plate, recipe: Recipe, well: WellRun, options: Options) {
  const format = plate.zarrFormat;
  const image = await openImage(plate.store, well.image, { ...options, format });
  const fitted = await fitRecipe(recipe, image, options);
  const { rois, writes, bytes } = planCard(planRun(fitted, image));
  const groups = groupsOf(makesOf(fitted, image), image);
  const listed = await Promise.all(groups.map((group) => isListed(image, group, options)));
  // An image that is written in place is on its well's list as it is.
  const isTaken = groups.some(({ path }, i) => path !== image.path && listed[i]);
  return { rois, writes, bytes, isTaken };
}
