/** Recipes that the user brings: into the form, or a sentence that says why not. */
import { notify } from "../../state/notices.ts";
import { loadRecipe } from "../../state/recipes.ts";
import type { Session } from "../../state/session.ts";
import { parseRecipe, type SharedRecipe } from "../../tasks/recipe-file.ts";
import { attempt } from "../attempt.ts";

/** Fills the form in from a file that was picked or dropped. */
export async function takeRecipeFile(session: Session, file: File): Promise<void> {
  await attempt(session, async () =>
    takeRecipe(session, parseRecipe(await file.text()), `“${file.name}”`),
  );
}

/** @param from ends the sentence that says that it was taken */
export async function takeRecipe(
  session: Session,
  recipe: SharedRecipe,
  from: string,
): Promise<void> {
  await loadRecipe(session, recipe);
  notify(session.notices, "info", `The form holds the recipe of ${from}`);
}
