/** What can be done with the recipe that the form makes up: kept, handed on, taken from elsewhere. */
import { type ChangeEvent, useRef, useState } from "react";
import { finished } from "../../base/steps.ts";
import type { Image } from "../../ome/multiscale.ts";
import { listRois } from "../../state/recipe-rois.ts";
import { type MadeThing, madeThings } from "../../state/recipes.ts";
import type { FractalExport } from "../../tasks/fractal-arguments.ts";
import type { Recipe } from "../../tasks/recipe.ts";
import { recipeText } from "../../tasks/recipe-file.ts";
import { attempt } from "../attempt.ts";
import { download } from "../download.ts";
import { late } from "../late.tsx";
import { MenuList } from "../menu-list.tsx";
import { copyText } from "../rois/clipboard.ts";
import { useRois, useSession } from "../session-context.ts";
import { takeRecipe, takeRecipeFile } from "./take-recipe.ts";

const FractalDialog = late(async () => (await import("./fractal-dialog.tsx")).FractalDialog);

export function RecipeMenu({
  image,
  recipe,
}: {
  readonly image: Image;
  /** Undefined while the form makes up none that could be used. */
  readonly recipe: Recipe | undefined;
}) {
  const session = useSession();
  const menu = useRef<HTMLDivElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [made, setMade] = useState<readonly MadeThing[]>([]);
  const [exported, setExported] = useState<FractalExport>();
  // Fractal reads the table as it is on disk.
  const savedRois = useRois((rois) => rois.savedRois);
  const onDisk = useRois((rois) => rois.onDisk);
  const say = async (one: Recipe): Promise<void> => {
    const { fractalExport } = await import("../../tasks/fractal-arguments.ts");
    setExported(fractalExport(one, image, onDisk && finished(listRois(savedRois)).all));
  };
  const act = (doIt: () => void | Promise<void>): void => {
    menu.current?.hidePopover();
    void attempt(session, doIt);
  };
  const look = (isOpen: boolean): void => {
    if (isOpen)
      void attempt(session, async () => {
        setMade(await madeThings(session, image, { signal: session.opening.controller.signal }));
      });
  };
  const pick = (event: ChangeEvent<HTMLInputElement>): void => {
    const [file] = event.target.files ?? [];
    // The same file can be picked again.
    event.target.value = "";
    if (file) void takeRecipeFile(session, file);
  };
  return (
    <>
      <button type="button" className="quiet small" popoverTarget="recipe-menu">
        Recipe ▾
      </button>
      <input
        ref={picker}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label="Recipe file"
        onChange={pick}
      />
      <MenuList id="recipe-menu" label="Recipe" ref={menu} onToggle={look}>
        <button
          type="button"
          disabled={!recipe}
          onClick={() => recipe && act(() => download(fileOf(recipe)))}
        >
          Save as a file
        </button>
        <button
          type="button"
          disabled={!recipe}
          onClick={() => recipe && act(() => copyText(session, recipeText(recipe), "The recipe"))}
        >
          Copy
        </button>
        <button type="button" onClick={() => act(() => picker.current?.click())}>
          Load a file…
        </button>
        <button type="button" disabled={!recipe} onClick={() => recipe && act(() => say(recipe))}>
          As Fractal task arguments…
        </button>
        {made.map(({ kind, name, recipe: one }) => (
          <button
            key={`${kind} ${name}`}
            type="button"
            onClick={() => act(() => takeRecipe(session, one, `${kind} “${name}”`))}
          >
            Use that of {kind} “{name}”
          </button>
        ))}
      </MenuList>
      {exported && <FractalDialog exported={exported} onClose={() => setExported(undefined)} />}
    </>
  );
}

function fileOf(recipe: Recipe) {
  const name = `${recipe.outputName}.recipe.json`;
  return { name, text: recipeText(recipe), type: "application/json" } as const;
}
