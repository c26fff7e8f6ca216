/** Runs a recipe on an image: plans it, makes the label, and keeps with it how it was made. */
import { Fault } from "../base/fault.ts";
import type { JsonObject } from "../base/json.ts";
import type { Image, Level } from "../ome/multiscale.ts";
import type { Options } from "../zarr/store.ts";
import type { RunEvent } from "./events.ts";
import type { Executor } from "./executor.ts";
import { fillLabel } from "./fill-label.ts";
import { makeLabel } from "./label-output.ts";
import { type Plan, planRun } from "./plan.ts";
import { levelOf, type Recipe } from "./recipe.ts";
import type { Summary } from "./summary.ts";

export interface RunJob {
  readonly recipe: Recipe;
  /** Whether a label of the recipe's output name may be removed for the new one. */
  readonly replace: boolean;
  /** Fovea's version, kept with the result. */
  readonly version: string;
}

/** What the thread that runs it brings along. */
export interface RunTools {
  readonly executor: Executor;
  readonly onEvent: (event: RunEvent) => void;
}

/**
 * Runs a recipe and says what it did. The result is that of doing one ROI after the other (`OrderedCommit`), whatever
 * the number of workers. An ROI that fails is left out and reported; anything else that fails, and a stop, takes the
 * unfinished label away. Whoever starts it holds the lock of the image's labels.
 * @throws Fault "input" (the recipe, or no ROI on the image), "conflict" (the name is taken, or another tab writes),
 * "aborted", "readonly", "quota", "denied" …; where every ROI failed, the first one's.
 */
export async function run(
  image: Image,
  job: RunJob,
  tools: RunTools,
  options: Options = {},
): Promise<Summary> {
  const { recipe, replace } = job;
  const { executor, onEvent } = tools;
  const plan = planRun(recipe, image);
  const level = levelOf(recipe, image);
  if (plan.units.length === 0) throw nothingToDo(plan);
  const begin = new Date();
  const summary = await makeLabel<Summary>(
    image,
    {
      name: recipe.outputName,
      level,
      replace,
      fill: async (label) => {
        onEvent({ kind: "planned", plan });
        const filled = await fillLabel({ label, plan, recipe, executor, onEvent }, options);
        return { label: recipe.outputName, ...filled, ms: Date.now() - begin.getTime() };
      },
      provenance: (made) => provenanceOf(job, level, begin, made),
    },
    options,
  );
  onEvent({ kind: "done", summary });
  return summary;
}

function nothingToDo({ skipped }: Plan): Fault {
  const why = skipped[0]?.why;
  const sentence =
    why === undefined ? "There is no ROI to process" : `No ROI can be processed: ${why}`;
  return new Fault("input", sentence);
}

/** All that is needed to run it again, and what came out. */
function provenanceOf(job: RunJob, level: Level, begin: Date, summary: Summary): JsonObject {
  const { name, scale, array } = level;
  const run = {
    recipe: job.recipe,
    version: job.version,
    input: { level: name, shape: array.shape, scale },
    begin: begin.toISOString(),
    summary,
  };
  // By way of JSON, as it is stored: leaves out what is undefined.
  return { run: JSON.parse(JSON.stringify(run)) };
}
