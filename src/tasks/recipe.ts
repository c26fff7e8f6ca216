/** A recipe: all that a run needs to be done again, as plain data that crosses threads and is kept with its result. */
import { Fault, isFault } from "../base/fault.ts";
import type { Box } from "../geometry/box.ts";
import { countOf } from "../ome/axes.ts";
import { nameProblem } from "../ome/label-name.ts";
import type { Image, Level, Multiscale } from "../ome/multiscale.ts";
import type { RoiId } from "../roi/rois.ts";
import { type TaskChoice, type TaskId, tasks } from "./catalogue.ts";
import { valuesProblem } from "./fields.ts";
import type { Makes } from "./makes.ts";
import type { TaskPlace } from "./task.ts";

export interface RecipeRoi {
  readonly id: RoiId;
  readonly name: string;
  readonly box: Box<"world">;
  /** The object that a masking table's row is about. */
  readonly label?: number;
}

export type Recipe<Id extends TaskId = TaskId> = TaskChoice<Id> & {
  /** The name of the image level that is read, and that a label is made at. */
  readonly level: string;
  /** The time point read and written; 0 for an image without t. */
  readonly t: number;
  /** The name of the label, image or table that is made. */
  readonly outputName: string;
  /** The table that the ROIs are of, where they are of one. */
  readonly roiTable?: string;
  /** In the order whose sequential processing the result equals. */
  readonly rois: readonly RecipeRoi[];
};

/** The level that a recipe reads; @throws Fault "input" where the image has none of that name. */
export function levelOf({ level: name }: Pick<Recipe, "level">, image: Multiscale): Level {
  const level = image.levels.find((one) => one.name === name);
  if (level) return level;
  const names = image.levels.map((one) => `"${one.name}"`).join(", ");
  throw new Fault("input", `The image has no level "${name}"; it has ${names}`);
}

/** What a recipe makes of an image. @throws Fault "input" where the image lacks what it names. */
export function makesOf(recipe: Recipe, image: Image): Makes {
  const { outputName, rois } = recipe;
  return makesFor(recipe, { image, level: levelOf(recipe, image), outputName, rois });
}

function makesFor<Id extends TaskId>(choice: TaskChoice<Id>, place: TaskPlace): Makes {
  return tasks[choice.task].makesOf(choice.params, place);
}

/** Why a recipe cannot be used on an image, as a sentence; undefined where it can. */
export function recipeProblem(recipe: Recipe, image: Image): string | undefined {
  try {
    const level = levelOf(recipe, image);
    const { dtype, shape } = level.array;
    if (dtype === "int64" || dtype === "uint64")
      return `Level "${level.name}" holds ${dtype}, which is no type of an intensity image`;
    const times = countOf(image.axes, shape, "t");
    if (!(Number.isInteger(recipe.t) && recipe.t >= 0 && recipe.t < times))
      return `The image has no time point ${recipe.t}; it has ${times}, counted from 0`;
    const problem =
      valuesProblem(tasks[recipe.task].schema, { ...recipe.params }) ??
      nameProblem(recipe.outputName);
    if (problem === undefined) makesOf(recipe, image);
    return problem;
  } catch (error) {
    if (isFault(error, "input")) return error.message;
    throw error;
  }
}
