/** A recipe: all that a run needs to be done again, as plain data that crosses threads and is kept with its result. */
import { Fault } from "../base/fault.ts";
import type { Box } from "../geometry/box.ts";
import { countOf } from "../ome/axes.ts";
import { nameProblem } from "../ome/label-name.ts";
import type { Level, Multiscale } from "../ome/multiscale.ts";
import type { RoiId } from "../roi/rois.ts";
import { type LabelNucleiParams, paramsProblem } from "./catalogue.ts";

export interface RecipeRoi {
  readonly id: RoiId;
  readonly name: string;
  readonly box: Box<"world">;
}

export interface Recipe {
  readonly task: "label-nuclei";
  /** The channel read: its index along c; 0 for an image without c. */
  readonly channel: number;
  /** The name of the image level that is read, and that the label is made at. */
  readonly level: string;
  /** The time point read and written; 0 for an image without t. */
  readonly t: number;
  readonly params: LabelNucleiParams;
  /** The name of the label that is made. */
  readonly outputName: string;
  /** In the order whose sequential processing the result equals. */
  readonly rois: readonly RecipeRoi[];
}

/** The level that a recipe reads; @throws Fault "input" where the image has none of that name. */
export function levelOf(recipe: Recipe, image: Multiscale): Level {
  const level = image.levels.find(({ name }) => name === recipe.level);
  if (level) return level;
  const names = image.levels.map(({ name }) => `"${name}"`).join(", ");
  throw new Fault("input", `The image has no level "${recipe.level}"; it has ${names}`);
}

/** Why a recipe cannot be used on a level of an image, as a sentence; undefined where it can. */
export function recipeProblem(recipe: Recipe, image: Multiscale, level: Level): string | undefined {
  const { dtype, shape } = level.array;
  if (dtype === "string" || dtype === "int64" || dtype === "uint64")
    return `Level "${level.name}" holds ${dtype}, which is no type of an intensity image`;
  const channels = countOf(image.axes, shape, "c");
  if (!isIndex(recipe.channel, channels))
    return `The image has no channel ${recipe.channel}; it has ${channels}, counted from 0`;
  const times = countOf(image.axes, shape, "t");
  if (!isIndex(recipe.t, times))
    return `The image has no time point ${recipe.t}; it has ${times}, counted from 0`;
  return paramsProblem(recipe.params) ?? nameProblem(recipe.outputName);
}

function isIndex(value: number, length: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < length;
}
