/** A plan as a short text: two that differ in what is read, computed or written have different ones. */
import type { Image } from "../ome/multiscale.ts";
import { type Makes, madeLevels } from "./makes.ts";
import type { Plan } from "./plan.ts";
import { levelOf, type Recipe } from "./recipe.ts";

/** SHA-256 in hexadecimal of the recipe, the units, and the shapes, chunks and types of the arrays. */
export async function planHash(
  recipe: Recipe,
  plan: Plan,
  makes: Makes,
  image: Image,
): Promise<string> {
  const level = levelOf(recipe, image);
  const { path, shape, chunks, dtype } = level.array;
  const units = plan.units.map(({ box, read, t, c }) => [
    box.min,
    box.max,
    read.min,
    read.max,
    t,
    c,
  ]);
  const said = [
    recipe,
    makes,
    { path, shape, chunks, dtype },
    madeLevels(makes, image, level),
    units,
  ];
  const bytes = new TextEncoder().encode(JSON.stringify(said));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
