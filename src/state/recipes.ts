/** Recipes into the form: from a file, or from what was made with one. What does not fit is said, and changes nothing. */
import { Fault } from "../base/fault.ts";
import { labelsPath } from "../ome/labels.ts";
import type { Image } from "../ome/multiscale.ts";
import { fitProblem, recipeIn, type SharedRecipe } from "../tasks/recipe-file.ts";
import { readNode } from "../zarr/node.ts";
import type { Options } from "../zarr/store.ts";
import { tablePath } from "./features.ts";
import { openTable } from "./open-table.ts";
import { unsavedCount } from "./rois.ts";
import type { Session } from "./session.ts";
import { openPlace } from "./source.ts";
import { takeRecipe } from "./task-form.ts";

/** Something beside the open image that Fovea made, or the image itself. */
export interface MadeThing {
  readonly kind: "label" | "table" | "image";
  readonly name: string;
  readonly recipe: SharedRecipe;
}

/**
 * Fills the form in from a recipe, and opens the ROI table that it names.
 * @throws Fault "input" where it does not fit the open image, or where edits of another table would be lost
 */
export async function loadRecipe(session: Session, recipe: SharedRecipe): Promise<void> {
  const image = openPlace(session.opened.getState())?.image;
  if (!image) throw new Fault("input", "Open an image first: a recipe is loaded for an image");
  const rois = session.rois.getState();
  const problem = fitProblem(recipe, image, rois.names);
  if (problem !== undefined) throw new Fault("input", `The recipe does not fit: ${problem}`);
  const { roiTable } = recipe;
  const isOther = roiTable !== undefined && roiTable !== rois.tableName;
  if (isOther && unsavedCount(rois) > 0)
    throw new Fault(
      "input",
      `The recipe is for the ROI table "${roiTable}": save or undo the changes to "${rois.tableName}" first`,
    );
  takeRecipe(session.taskForm, recipe);
  if (isOther) await openTable(session, roiTable);
}

/** What of the image was made with a recipe, by what each thing says of itself: one request each. */
export async function madeThings(
  session: Session,
  image: Image,
  options: Options,
): Promise<readonly MadeThing[]> {
  const { labels } = session.view.getState();
  const { names } = session.rois.getState();
  const things = [
    { kind: "image", name: image.path.split("/").at(-1) || image.name, path: image.path },
    ...labels.map((name) => {
      return { kind: "label", name, path: `${labelsPath(image.path)}/${name}` } as const;
    }),
    ...names.map((name) => ({ kind: "table", name, path: tablePath(image, name) }) as const),
  ] as const;
  const found = await Promise.all(
    things.map(async ({ kind, name, path }): Promise<MadeThing | undefined> => {
      const node = await readNode(image.store, path, { ...options, format: image.zarrFormat });
      const recipe = node && readable(node.attributes);
      return recipe && { kind, name, recipe };
    }),
  );
  return found.filter((thing) => thing !== undefined);
}

/** One that this Fovea cannot read is passed over: it is an offer, not a question. */
function readable(attributes: Parameters<typeof recipeIn>[0]): SharedRecipe | undefined {
  try {
    return recipeIn(attributes);
  } catch {
    return undefined;
  }
}
