/** A recipe as the arguments of the task of fractal-tasks-core that does the same, or what of it Fractal has no words for. */
import type { JsonObject } from "../base/json.ts";
import type { Image } from "../ome/multiscale.ts";
import { featureWords } from "./fractal-features.ts";
import { illuminationWords } from "./fractal-illumination.ts";
import { projectionWords } from "./fractal-projection.ts";
import { roisUnsaid, type TableRoi } from "./fractal-rois.ts";
import { segmentationWords } from "./fractal-segmentation.ts";
import { type FractalWords, those } from "./fractal-words.ts";
import { makesOf, type Recipe, recipeProblem } from "./recipe.ts";

/** As Fractal's server takes it, for those who outgrow one machine. */
export interface FractalTask {
  readonly task: string;
  readonly package: "fractal-tasks-core";
  readonly version: "2.0.2";
  /** Those of the task's function, without what the server gives itself: `zarr_url`. */
  readonly arguments: JsonObject;
  /** What is left to fill in or to know, as sentences. */
  readonly notes: readonly string[];
}

export type FractalExport =
  | { readonly kind: "task"; readonly task: FractalTask }
  /** What cannot be said, each as a sentence without a full stop: "Triangle: Fractal offers …". */
  | { readonly kind: "unsaid"; readonly steps: readonly string[] };

/**
 * Says a recipe in the words of fractal-tasks-core 2.0.2. Run with them, its task makes of the image what Fovea makes:
 * the same voxels at every level, the same rows (`npm run interop` compares them, and names what cannot be the same). Ids
 * are dense where Fractal's have gaps: its size filter drops objects once they are numbered. Their order is the same.
 * @param table all ROIs of the table that the recipe names, as it is stored; undefined where it names none.
 */
export function fractalExport(
  recipe: Recipe,
  image: Image,
  table: readonly TableRoi[] | undefined,
): FractalExport {
  const problem = recipeProblem(recipe, image);
  if (problem !== undefined) return { kind: "unsaid", steps: [problem] };
  const { task, arguments: said, unsaid, notes = [] } = wordsOf(recipe, image);
  const steps = [...unsaid, ...roisUnsaid(recipe, image, table)];
  if (steps.length > 0) return { kind: "unsaid", steps };
  const home = { package: "fractal-tasks-core", version: "2.0.2" } as const;
  const all = [
    ...notes,
    ...those([[makesOf(recipe, image).array !== undefined && isUneven(image), UNEVEN]]),
  ];
  return { kind: "task", task: { task, ...home, arguments: said, notes: all } };
}

const UNEVEN =
  "The image's levels do not halve evenly: only the level that is processed comes out the same in every voxel, since ngio makes the others block by block, or between pixels";

/** Whether a level has another number of voxels than a whole fraction of the finest level's. */
function isUneven({ levels }: Image): boolean {
  const [{ array: finest }] = levels;
  return levels.some(({ array }) =>
    array.shape.some((length, axis) => (finest.shape[axis] ?? 0) % length !== 0),
  );
}

function wordsOf(recipe: Recipe, image: Image): FractalWords {
  switch (recipe.task) {
    case "threshold-segmentation":
      return segmentationWords(recipe, image);
    case "illumination-correction":
      return illuminationWords(recipe, image);
    case "measure-features":
      return featureWords(recipe, image);
    case "project-z":
      return projectionWords(recipe, image);
  }
}
