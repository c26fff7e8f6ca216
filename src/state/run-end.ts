/** What is shown once a run on the open image is over: what it made, or that there is nothing of it. */
import { demoTruth } from "../demo/truth.ts";
import type { Image } from "../ome/multiscale.ts";
import { tasks } from "../tasks/catalogue.ts";
import type { Recipe } from "../tasks/recipe.ts";
import { countsOf, runSentence } from "../tasks/run-sentence.ts";
import type { Summary } from "../tasks/summary.ts";
import { readNode } from "../zarr/node.ts";
import type { RunPlace } from "./carry-job.ts";
import { chooseFeatures } from "./features.ts";
import { showOnly } from "./labels.ts";
import { type Output, showOutputs } from "./outputs.ts";
import type { RoiProgress } from "./roi-progress.ts";
import type { MadeImage } from "./run-state.ts";
import type { Session } from "./session.ts";
import type { Place } from "./source.ts";

interface Made {
  readonly recipe: Recipe;
  readonly summary: Summary;
  readonly outputs: readonly Output[];
  readonly rois: readonly RoiProgress[];
}

/** What is stored takes the place of what was live: a label is drawn, features are joined, an image is on offer. */
export async function showMade(
  session: Session,
  { source, image }: RunPlace,
  { recipe, summary, outputs, rois }: Made,
  isStillOpen: () => boolean,
): Promise<void> {
  const truth = await truthOf(image, recipe, rois);
  await showOutputs(session, source, image, outputs);
  if (!isStillOpen()) return;
  session.run.setState({
    live: undefined,
    status: {
      kind: "done",
      rois,
      sentence: runSentence(countsOf(summary), { ...recipe, truth }),
      output: summary.output,
      image: imageIn(outputs, image),
    },
  });
  for (const { list, name } of outputs) {
    // Also has a label of that name opened again, as its levels may be others.
    if (list === "labels") showOnly(session.view, [name]);
    if (list === "tables" && session.features.getState().names.includes(name))
      await chooseFeatures(session, name);
  }
}

/**
 * Shows the image as it is without what a run made or began to make.
 * @param drawn the labels that were drawn before, which are drawn again if they are there
 */
export async function showNothingMade(
  session: Session,
  { source, image }: RunPlace,
  outputs: readonly Output[],
  drawn: readonly string[],
): Promise<void> {
  await showOutputs(session, source, image, outputs);
  showOnly(session.view, drawn);
}

/** A new image; one that was changed in place is open already. */
function imageIn(outputs: readonly Output[], image: Image): MadeImage | undefined {
  return outputs.find(({ list, path }) => list === "images" && path !== image.path);
}

/** The first of "name_2", "name_3" … that nothing of its kind has; undefined where what is open is itself written. */
export function freeName(
  session: Session,
  { image, well }: Place & RunPlace,
  name: string,
  { list, path }: Output,
): string | undefined {
  if (path === image.path) return undefined;
  const taken = {
    labels: session.view.getState().labels,
    tables: [...session.rois.getState().names, ...session.features.getState().names],
    images: well?.images.map((one) => one.path) ?? [],
  }[list];
  for (let i = 2; ; i++) if (!taken.includes(`${name}_${i}`)) return `${name}_${i}`;
}

/** How many nuclei the demo knows there to be in the ROIs of a run; undefined for any other image. */
async function truthOf(
  image: Image,
  { task }: Recipe,
  rois: readonly RoiProgress[],
): Promise<number | undefined> {
  if (tasks[task].output !== "label") return undefined;
  const node = await readNode(image.store, image.path, { format: image.zarrFormat });
  const truth = node && demoTruth(node.attributes);
  if (!truth || rois.some(({ name }) => !truth.has(name))) return undefined;
  return rois.reduce((sum, { name }) => sum + (truth.get(name) ?? 0), 0);
}
