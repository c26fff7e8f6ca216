/** What a recipe must say that Fovea keeps beside a run or a batch. */
import { type JsonObject, objectAt, textAt } from "../base/json.ts";
import {
  anyNumber,
  anyText,
  listOf,
  objectOf,
  oneOf,
  optional,
  type Shape,
} from "../base/json-shape.ts";
import type { Box, Zyx } from "../geometry/box.ts";
import { type TaskId, tasks } from "./catalogue.ts";
import { valuesProblem } from "./fields.ts";
import type { Recipe, RecipeRoi } from "./recipe.ts";

export const indices: Shape<readonly number[]> = listOf(anyNumber);
export const zyx: Shape<Zyx> = { problem: listOf(anyNumber, 3).problem };

const box = objectOf<Box<"world">>({ space: oneOf("world"), min: zyx, max: zyx });

/** Of one that is known: its task and the task's parameters are as they should be. */
export const recipeShape: Shape<Recipe> = {
  problem: objectOf<Pick<Recipe, "level" | "t" | "outputName" | "roiTable" | "rois">>({
    level: anyText,
    t: anyNumber,
    outputName: anyText,
    roiTable: optional(anyText),
    rois: listOf(
      objectOf<RecipeRoi>({ id: anyNumber, name: anyText, box, label: optional(anyNumber) }),
    ),
  }).problem,
};

/** Whether this version of Fovea has a recipe's task, with the parameters that it gives. */
export function knowsRecipe(recipe: JsonObject | undefined): boolean {
  const task = textAt(recipe, "task") ?? "";
  const params = objectAt(recipe, "params") ?? {};
  return Object.hasOwn(tasks, task) && !valuesProblem(tasks[task as TaskId].schema, params);
}
