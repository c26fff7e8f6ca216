/** A batch as it begins, and in a sentence as it ends. */
import { counted } from "../base/counted.ts";
import type { Image, Plate } from "../ome/multiscale.ts";
import type { Recipe } from "../tasks/recipe.ts";
import { runSentence, sumOf } from "../tasks/run-sentence.ts";
import type { Batch, WellRun } from "./batch-state.ts";
import { joinPath } from "./source.ts";

/** @param wells paths inside the plate, in the order in which they are done; those that it has not are left out */
export function newBatch(
  plate: Plate,
  image: Image,
  recipe: Recipe,
  wells: readonly string[],
  now: Date,
): Batch {
  return {
    batch: 1,
    // Two are told apart by when they began, and by chance.
    id: `${now.toISOString()} ${Math.random().toString(36).slice(2)}`,
    recipe: { ...recipe, rois: [] },
    isEnded: false,
    wells: wells.flatMap((path) => wellRun(plate, image, path) ?? []),
  };
}

function wellRun(plate: Plate, image: Image, path: string): WellRun | undefined {
  const ref = plate.wells.find((one) => one.path === path);
  return (
    ref && {
      well: path,
      name: `${ref.row}${ref.column}`,
      image: imageIn(plate, image, path),
      state: "waiting",
      why: "",
      replace: false,
    }
  );
}

/** The path of the image of the same name in a well. */
function imageIn(plate: Plate, image: Image, well: string): string {
  return `${joinPath(plate, well)}/${image.path.split("/").at(-1)}`;
}

/** "397 nuclei in 8 FOVs of 2 wells; 2 chunks, each written once; 1 well skipped". */
export function endSentence({ recipe, wells }: Batch): string {
  const of = (state: WellRun["state"]) => wells.filter((well) => well.state === state);
  const done = of("done");
  const counts = sumOf(done.flatMap((well) => well.counts ?? []));
  const parts = [
    done.length > 0
      ? runSentence(counts, { ...recipe, wells: done.length })
      : "No well was processed",
  ];
  for (const [state, what] of ENDS) {
    const { length } = of(state);
    if (length > 0) parts.push(`${counted(length, "well")} ${what}`);
  }
  return parts.join("; ");
}

const ENDS: readonly (readonly [WellRun["state"], string])[] = [
  ["failed", "failed"],
  ["skipped", "skipped"],
  ["taken", "left as before"],
  ["waiting", "not begun"],
];
