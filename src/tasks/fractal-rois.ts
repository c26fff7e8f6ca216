/** Whether Fractal would go over the same ROIs: it takes all of a table, or the image as a whole. */
import { counted, grouped } from "../base/counted.ts";
import { sameBox } from "../geometry/box.ts";
import { type PixelGrid, pixelFromWorld, voxels, wholeOf } from "../geometry/pixel-grid.ts";
import type { Image, Level } from "../ome/multiscale.ts";
import { tasks } from "./catalogue.ts";
import { levelOf, type Recipe, type RecipeRoi } from "./recipe.ts";

export type TableRoi = Pick<RecipeRoi, "name" | "box" | "label">;

/** What Fractal has no words for in a recipe's choice of ROIs, as sentences. */
export function roisUnsaid(
  recipe: Recipe,
  image: Image,
  table: readonly TableRoi[] | undefined,
): readonly string[] {
  if (areGiven(recipe)) return [];
  const { rois, roiTable } = recipe;
  const level = levelOf(recipe, image);
  if (roiTable === undefined) return isWhole(rois, level) ? [] : [LOOSE];
  if (table === undefined)
    return [`The ROIs of "${roiTable}": they could not be read, and Fractal runs on all of them`];
  const [asked, stored] = [rois, table].map((list) => list.map(identity));
  if (asked === undefined || stored === undefined || asked.join() === stored.join()) return [];
  const isStored = new Set(stored);
  const changed = rois.find((_, i) => !isStored.has(asked[i] ?? ""));
  if (changed)
    return [
      `The ROIs as they are now: "${changed.name}" is not so in the table "${roiTable}" that Fractal reads; save it first`,
    ];
  const chosen = new Set(asked).size;
  return chosen < isStored.size
    ? [
        `Only ${grouped(chosen)} of the ${counted(table.length, "ROI")} of "${roiTable}": Fractal runs on all of a table`,
      ]
    : [`ROIs in another order than that of "${roiTable}", in which Fractal goes over them`];
}

const LOOSE =
  "ROIs that are of no table: Fractal runs on all ROIs of a table, or on the image as a whole";

/** Whether nobody chose them: they are the whole of the image, or the objects of the label that masks. */
function areGiven(recipe: Recipe): boolean {
  if (tasks[recipe.task].covers === "image") return true;
  return (
    recipe.task === "threshold-segmentation" &&
    recipe.params.masking.kind === "label" &&
    recipe.roiTable === undefined
  );
}

function identity({ name, label, box }: TableRoi): string {
  return JSON.stringify([name, label ?? null, box.min, box.max]);
}

/** Whether an ROI begins or ends between the pixels of a plane. */
export function isBetweenPixels({ box }: TableRoi, { scale }: PixelGrid): boolean {
  return ([1, 2] as const).some((axis) =>
    [box.min, box.max].some((end) => !Number.isInteger(voxels(end[axis], scale[axis]))),
  );
}

function isWhole([roi, ...others]: readonly TableRoi[], { grid }: Level): boolean {
  return (
    roi !== undefined &&
    others.length === 0 &&
    sameBox(pixelFromWorld(grid, roi.box), wholeOf(grid))
  );
}
