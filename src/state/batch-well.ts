/** One well of a batch: its image's own run, begun, gone on with or tried again, and what came of it. */
import { Fault, isAborted, isFault, sentence } from "../base/fault.ts";
import { openImage } from "../ome/open-image.ts";
import { type Past, readPast } from "../tasks/past.ts";
import { countsOf } from "../tasks/run-sentence.ts";
import { readNode } from "../zarr/node.ts";
import { openStore } from "../zarr/open-store.ts";
import { type Options, writable } from "../zarr/store.ts";
import { type Batch, runIdOf, type WellRun } from "./batch-state.ts";
import { carryJob, makesIn, outputsOf, type RunPlace, recipeIn, type Work } from "./carry-job.ts";
import { fitRecipe } from "./fit-recipe.ts";
import { showOnly } from "./labels.ts";
import { isOpen, type Output, showOutputs } from "./outputs.ts";
import { RoiFollower, type RoiProgress, roisIn, waitingRois } from "./roi-progress.ts";
import { findRun } from "./run.ts";
import { runFolder } from "./run-folder.ts";
import { noRun } from "./run-state.ts";
import type { Session } from "./session.ts";
import type { Source } from "./source.ts";

/** The plate that a batch goes through. */
export interface PlatePlace {
  readonly source: Source;
  /** Of the plate inside the store. */
  readonly path: string;
}

interface WellOptions {
  readonly signal: AbortSignal;
  readonly pause: AbortSignal;
  readonly onRois: (rois: readonly RoiProgress[]) => void;
}

/**
 * Does what is left of a well. What keeps this well alone from being done is an outcome.
 * @throws Fault "aborted", "paused"; and what would keep all others from being done as well: no room, no access
 */
export async function runWell(
  session: Session,
  plate: PlatePlace,
  batch: Batch,
  well: WellRun,
  options: WellOptions,
): Promise<WellRun> {
  const { source } = plate;
  let place: RunPlace | undefined;
  let outputs: readonly Output[] | undefined;
  try {
    place = { source, image: await openImage(source.store, well.image, options) };
    const work = await workOn(session, place, batch, well, options);
    outputs = outputsOf(work, place.image);
    return await carryWell(session, place, well, work, options);
  } catch (error) {
    if (isAborted(error) || isFault(error, "paused")) throw error;
    if (isFault(error, "quota") || (await isOutOfReach(session, plate)))
      throw new Fault(isFault(error) ? error.tag : "denied", `${well.name}: ${sentence(error)}`);
    return { ...well, state: stateAfter(error, outputs), why: sentence(error) };
  } finally {
    if (place && outputs) await showWell(session, place, outputs);
  }
}

async function carryWell(
  session: Session,
  place: RunPlace,
  well: WellRun,
  work: Work,
  { onRois, signal, pause }: WellOptions,
): Promise<WellRun> {
  const recipe = recipeIn(work);
  const makes = makesIn(work, place.image);
  const follower = new RoiFollower(waitingRois(recipe.rois), makes);
  const tell = (): void => onRois(follower.rois);
  tell();
  const summary = await carryJob(session, place, work, {
    signal,
    pause,
    onEvent: (event) => {
      follower.take(event);
      tell();
    },
  });
  const rois = roisIn(summary, recipe.rois, makes);
  onRois(rois);
  const failures = rois.filter(({ state }) => state === "failed");
  return {
    ...well,
    state: "done",
    why: "",
    counts: countsOf(summary),
    failures: failures.map(({ id, name, note }) => ({ id, name, note })),
  };
}

/** What is left to do: the folder of the image's runs may hold the batch's own already. */
async function workOn(
  session: Session,
  { source, image }: RunPlace,
  batch: Batch,
  well: WellRun,
  options: Options,
): Promise<Work> {
  const id = runIdOf(batch, well);
  const past = await pastOf(session, source, well, options);
  if (past?.header.id !== id || !past.groups) {
    const recipe = await fitRecipe(batch.recipe, image, options);
    return { kind: "run", recipe, replace: well.replace, id };
  }
  const hasFailed = [...past.reports.values()].some(({ kind }) => kind === "failed");
  const isRetry = past.isEnded && hasFailed && well.failures !== undefined;
  // One that has ended only says what it did.
  return { kind: isRetry ? "retry" : "resume", header: past.header };
}

/** Of the run in the folder of a well's image; none where another version of Fovea began it. */
export async function pastOf(
  session: Session,
  source: Source,
  { image }: WellRun,
  options: Options = {},
): Promise<Past | undefined> {
  const folder = await runFolder(session, source, image);
  try {
    return folder && (await readPast(writable(openStore(folder)), options));
  } catch (error) {
    if (isFault(error, "unsupported")) return undefined;
    throw error;
  }
}

/** @param outputs undefined where it was not even begun */
function stateAfter(error: unknown, outputs: readonly Output[] | undefined): WellRun["state"] {
  if (!isFault(error)) return "failed";
  if (error.tag === "conflict" && outputs?.some(({ path }) => path === error.where)) return "taken";
  const isUnfit = error.tag === "input" || error.tag === "missing";
  return isUnfit && outputs === undefined ? "skipped" : "failed";
}

/** Whether the plate itself cannot be reached any more: then no well of it can. */
async function isOutOfReach({ services }: Session, { source, path }: PlatePlace): Promise<boolean> {
  const { spec } = source.store;
  if (spec.kind === "directory" && !(await services.permitted(spec.handle, "readwrite", false)))
    return true;
  return readNode(source.store, path).then(
    (node) => node === undefined,
    () => true,
  );
}

/** Where the well is the one on the screen, it is seen there as it is now, and its run can be taken back on its own. */
export async function showWell(
  session: Session,
  place: RunPlace,
  outputs: readonly Output[],
): Promise<void> {
  const { source, image } = place;
  await showOutputs(session, source, image, outputs);
  if (!isOpen(session, source, image)) return;
  const label = outputs.find(({ list }) => list === "labels")?.name;
  if (label !== undefined && session.view.getState().labels.includes(label))
    showOnly(session.view, [label]);
  session.run.setState(noRun);
  await findRun(session, place, {});
}
