/** Runs, and what becomes of them: begun, gone on with, failures tried again, taken back. */
import { Fault } from "../base/fault.ts";
import type { Image } from "../ome/multiscale.ts";
import type { Options, WritableStore } from "../zarr/store.ts";
import { BYTES, carryOut, type RunTools } from "./carry-out.ts";
import { beginJournal, continueJournal, type RunHeader } from "./journal.ts";
import { type Makes, makesProblem } from "./makes.ts";
import { refuseTaken, takeBack } from "./output.ts";
import { type Past, readMade, readPast } from "./past.ts";
import { type Plan, planRun } from "./plan.ts";
import { planHash } from "./plan-hash.ts";
import { makesOf, type Recipe } from "./recipe.ts";
import { forgetRun } from "./run-folder.ts";
import { type Summary, summaryOf } from "./summary.ts";
import { refuseTooManyWaiting } from "./waiting.ts";

export interface RunJob {
  readonly recipe: Recipe;
  /** What it makes; what its task says, unless given. */
  readonly makes?: Makes;
  /** Whether an output of the recipe's name may be removed for the new one. */
  readonly replace: boolean;
  /** Fovea's version, kept with the result. */
  readonly version: string;
  /** Of the run, kept with the result; a random one unless given. */
  readonly id?: string;
}

/** Tools of what needs the journal. */
export type JournalTools = RunTools & { readonly folder: WritableStore };

/**
 * Runs a recipe and says what it did. The result is that of doing one ROI after the other (`OrderedCommit`), whatever
 * the number of workers. An ROI that fails is left out and reported. A stop takes the unfinished output away and, with
 * a folder, puts back what it replaced; so does any other end, except that with a folder a store that fails or access
 * that is lost leaves a run that can go on (`resumeRun`). Whoever starts it holds the locks of what it writes.
 * @throws Fault "input" (the recipe, no ROI on the image, or too much to wait in memory), "conflict" (the name is taken, another tab writes, or
 * an unfinished run of the folder keeps what it replaced),
 * "aborted", "paused", "readonly", "quota", "denied" …; where every ROI failed, the first one's.
 */
export async function run(
  image: Image,
  job: RunJob,
  tools: RunTools,
  options: Options = {},
): Promise<Summary> {
  const { recipe, replace, version, makes = makesOf(job.recipe, image) } = job;
  const plan = planRun(recipe, image, makes);
  const problem = makesProblem(makes, image);
  if (problem !== undefined) throw new Fault("input", problem);
  if (plan.units.length === 0) throw nothingToDo(plan);
  const header: RunHeader = {
    journal: 2,
    id: job.id ?? crypto.randomUUID(),
    recipe,
    makes,
    replace,
    version,
    path: image.path,
    planHash: await planHash(recipe, plan, makes, image),
    begin: new Date().toISOString(),
  };
  const { folder, bytes = BYTES } = tools;
  if (folder) await refuseOverUnfinished(folder, options);
  else refuseTooManyWaiting(plan, recipe, makes, image, bytes / 2);
  // Before the run that the folder holds is forgotten, which could else still be taken back.
  if (folder && !replace) await refuseTaken(image, makes, options);
  const journal = folder && (await beginJournal(folder, header, tools.keep, options));
  return carryOut({ image, header, plan, past: undefined, journal, tools }, options);
}

/**
 * Goes on with the run of a folder where it was paused, killed or left: chunks that are stored are passed over, and
 * only ROIs that touch another are computed again. Of a run that has ended it does nothing and says what it did.
 * @throws Fault "missing" where no run is; "conflict" where the image or the output is not as it was; as `run`
 */
export async function resumeRun(
  image: Image,
  tools: JournalTools,
  options: Options = {},
): Promise<Summary> {
  const past = await pastIn(tools.folder, options);
  const plan = await samePlan(image, past);
  if (past.isEnded) {
    const summary = summaryOf(past.header, plan, past);
    // The last of the news here too: a page that waits for a worker hears nothing else.
    tools.onEvent({ kind: "done", summary });
    return summary;
  }
  const journal = await continueJournal(tools.folder, options);
  return carryOut({ image, header: past.header, plan, past, journal, tools }, options);
}

/**
 * Tries again the ROIs that failed in a run that has ended. Their objects get ids after the largest (in blocks: those of
 * their block), and each chunk they touch is read and written once. A stop leaves what is done, to be resumed.
 * @throws Fault "input" where the run has not ended or nothing failed; as `resumeRun`
 */
export async function retryFailed(
  image: Image,
  tools: JournalTools,
  options: Options = {},
): Promise<Summary> {
  const { folder } = tools;
  const before = await pastIn(folder, options);
  await samePlan(image, before);
  const units = [...before.reports].flatMap(([index, { kind }]) =>
    kind === "failed" ? index : [],
  );
  if (!before.isEnded || units.length === 0)
    throw new Fault("input", "There is no ROI that failed to try again");
  const journal = await continueJournal(folder, options);
  journal.append({ kind: "retry", units });
  await journal.flush();
  return resumeRun(image, tools, options);
}

/**
 * Takes back a run, ended or not: what it made is removed, and what it replaced is put back. Its folder is left empty.
 * Can be called again where it was cut off.
 * @throws Fault "missing" where no run is
 */
export async function undoRun(
  image: Image,
  folder: WritableStore,
  options: Options = {},
): Promise<void> {
  const made = await readMade(folder, options);
  if (made === undefined && (await readPast(folder, options)) === undefined) throw noRun();
  // Shuts out a run of this folder that may still be alive.
  await continueJournal(folder, options);
  if (made) await takeBack(image, made.groups, folder, options);
  await forgetRun(folder, options);
}

async function pastIn(folder: WritableStore, options: Options): Promise<Past> {
  const past = await readPast(folder, options);
  if (past) return past;
  throw noRun();
}

function noRun(): Fault {
  return new Fault("missing", "There is no run here that could go on or be taken back");
}

/** What an unfinished run replaced is nowhere but in its folder. */
async function refuseOverUnfinished(folder: WritableStore, options: Options): Promise<void> {
  const { groups = [], isEnded } = (await readMade(folder, options)) ?? {};
  const replaced = groups.find(({ before }) => before !== "nothing");
  if (replaced && !isEnded)
    throw new Fault(
      "conflict",
      `A run that was replacing "${replaced.name}" is not finished: resume it or undo it first`,
    );
}

/** The plan of a run that was begun; @throws Fault "conflict" where it would be another one now */
async function samePlan(image: Image, { header }: Past): Promise<Plan> {
  const plan = planRun(header.recipe, image, header.makes);
  if ((await planHash(header.recipe, plan, header.makes, image)) === header.planHash) return plan;
  throw new Fault(
    "conflict",
    "The image is not as it was when the run was begun, so the run cannot go on; cancel it",
  );
}

function nothingToDo({ skipped }: Plan): Fault {
  const why = skipped[0]?.why;
  const sentence =
    why === undefined ? "There is no ROI to process" : `No ROI can be processed: ${why}`;
  return new Fault("input", sentence);
}
