/** What a task is to the page and to the planner: its words, its parameters, and what it makes of them. */
import type { Image, Level } from "../ome/multiscale.ts";
import type { Schema } from "./fields.ts";
import type { Makes } from "./makes.ts";
import type { RecipeRoi } from "./recipe.ts";

/** Where a recipe is to be run. */
export interface TaskPlace {
  readonly image: Image;
  /** The one that is read. */
  readonly level: Level;
  readonly outputName: string;
  /** Those to be processed; not all may lie on the image. */
  readonly rois: readonly RecipeRoi[];
}

/** A token: it costs nothing to import, and what computes is loaded where it is needed. */
export interface Task<P> {
  readonly title: string;
  /** In a sentence without a full stop. */
  readonly summary: string;
  readonly output: "label" | "image" | "table";
  /** It is for the image as a whole, and not for ROIs that are chosen: `wholeImage` has its ROIs. */
  readonly covers?: "image";
  /** What was done to an ROI, where pixels are made: "corrected". */
  readonly verb?: string;
  /** What the output is named unless the user says otherwise; `{image}` stands for the image's own name. */
  readonly outputName: string;
  readonly schema: Schema<P>;
  readonly defaults: P;
  /** @throws Fault "input" where the image lacks what the parameters name. */
  makesOf(params: P, place: TaskPlace): Makes;
}
