/** Recipes as files: what a run did, without the ROIs it was done on, so that it fits other images. Parsed at the door. */
import { Fault } from "../base/fault.ts";
import { isJsonObject, type Json, type JsonObject, objectAt, textAt } from "../base/json.ts";
import type { Image } from "../ome/multiscale.ts";
import { type TaskChoice, type TaskId, tasks } from "./catalogue.ts";
import { valuesProblem } from "./fields.ts";
import { type Recipe, recipeProblem } from "./recipe.ts";

/** A recipe that belongs to no image. */
export type SharedRecipe = TaskChoice & {
  readonly level: string;
  readonly outputName: string;
  readonly roiTable?: string;
};

const VERSION = 1;

/** Says what kind of file it is, where its name does not. */
const MARK = "recipe";

/** A recipe as the text of a file. */
export function recipeText(recipe: SharedRecipe | Recipe): string {
  const { task, level, outputName, roiTable, params } = recipe;
  const file = { fovea: MARK, version: VERSION, task, level, outputName, roiTable, params };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

/** @throws Fault "invalid" with a sentence that says what is wrong with it */
export function parseRecipe(text: string): SharedRecipe {
  const file = parsed(text);
  if (!isJsonObject(file) || file["fovea"] !== MARK)
    throw invalid('This is no recipe of Fovea: a recipe is JSON with "fovea": "recipe"');
  if (file["version"] !== VERSION)
    throw invalid(
      `The recipe is of version ${JSON.stringify(file["version"] ?? null)}, and this Fovea reads version ${VERSION}`,
    );
  return sharedRecipe(file);
}

/** The recipe that a label, image or table of Fovea's was made with; undefined where its attributes tell of none. */
export function recipeIn(attributes: JsonObject): SharedRecipe | undefined {
  const recipe = objectAt(objectAt(objectAt(attributes, "fovea"), "run"), "recipe");
  return recipe && sharedRecipe(recipe);
}

/** Why a recipe cannot be used on an image, as a sentence; undefined where it can. */
export function fitProblem(
  recipe: SharedRecipe,
  image: Image,
  tables: readonly string[],
): string | undefined {
  const { roiTable } = recipe;
  if (roiTable !== undefined && !tables.includes(roiTable))
    return `The image has no ROI table "${roiTable}"; it has ${listed(tables)}`;
  return recipeProblem({ ...recipe, t: 0, rois: [] }, image);
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid("This is no recipe of Fovea: it is not JSON", error);
  }
}

/** Parameters that it does not name are as by default: it may be written by hand, or by an older Fovea. */
function sharedRecipe(json: JsonObject): SharedRecipe {
  const task = json["task"];
  if (!isTask(task))
    throw invalid(
      `There is no task ${JSON.stringify(task ?? null)}; there are ${listed(Object.keys(tasks))}`,
    );
  const { schema, defaults } = tasks[task];
  const given = json["params"] ?? {};
  if (!isJsonObject(given)) throw invalid('The recipe\'s "params" are no object');
  const params = { ...defaults, ...given };
  const problem = valuesProblem(schema, params);
  if (problem !== undefined) throw invalid(`In the recipe: ${problem}`);
  const roiTable = textAt(json, "roiTable");
  // The schema has just said that these are the task's own parameters; the types cannot.
  return {
    task,
    params,
    level: needed(json, "level"),
    outputName: needed(json, "outputName"),
    ...(roiTable === undefined ? {} : { roiTable }),
  } as SharedRecipe;
}

function isTask(value: Json | undefined): value is TaskId {
  return typeof value === "string" && Object.hasOwn(tasks, value);
}

function needed(json: JsonObject, key: "level" | "outputName"): string {
  const text = textAt(json, key);
  if (text === undefined) throw invalid(`The recipe has no "${key}"`);
  return text;
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.map((name) => `"${name}"`).join(", ");
}

function invalid(sentence: string, cause?: unknown): Fault {
  return new Fault("invalid", sentence, { cause });
}
