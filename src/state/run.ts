/** Runs of a task on the open image: started, paused, gone on with, tried again, taken back; live until they are stored. */
import { isAborted, isFault, sentence } from "../base/fault.ts";
import type { Image } from "../ome/multiscale.ts";
import { settleOlderRun } from "../tasks/older-run.ts";
import { type Past, readPast } from "../tasks/past.ts";
import { planRun } from "../tasks/plan.ts";
import type { Recipe } from "../tasks/recipe.ts";
import { type Summary, summaryOf } from "../tasks/summary.ts";
import { openStore } from "../zarr/open-store.ts";
import { type Options, type StoreSpec, type WritableStore, writable } from "../zarr/store.ts";
import {
  carryJob,
  makesIn,
  outputsOf,
  type RunPlace,
  recipeIn,
  takeBackIn,
  type Work,
} from "./carry-job.ts";
import { drawnLabels, showOnly } from "./labels.ts";
import { notify } from "./notices.ts";
import type { Output } from "./outputs.ts";
import { atRest, type RoiProgress, roisIn, waitingRois } from "./roi-progress.ts";
import { freeName, showMade, showNothingMade } from "./run-end.ts";
import { runFolder } from "./run-folder.ts";
import { Follower } from "./run-follower.ts";
import { noRun, type RunState, type RunStatus } from "./run-state.ts";
import type { Session } from "./session.ts";
import type { Opened, Place } from "./source.ts";

/** Shows what is known of the last run on an image: one that was cut off can go on, one that ended can be taken back. */
export async function findRun(
  session: Session,
  { source, image }: Place,
  options: Options,
): Promise<void> {
  const folder = image && (await runFolder(session, source, image.path));
  const past = folder && (await pastOrOlder(session, writable(openStore(folder)), options));
  if (!image || !past?.groups || options.signal?.aborted) return;
  if (past.isEnded) session.run.setState({ undoable: past.header.recipe.outputName });
  else session.run.setState({ status: pausedRun(image, past) });
}

async function pastOrOlder(
  session: Session,
  folder: WritableStore,
  options: Options,
): Promise<Past | undefined> {
  try {
    return await readPast(folder, options);
  } catch (error) {
    if (!isFault(error, "unsupported")) throw error;
    const { sentence: what, undoable } = await settleOlderRun(folder, error, options);
    notify(session.notices, "warning", what);
    session.run.setState({ undoable });
    return undefined;
  }
}

function pausedRun(image: Image, past: Past): RunStatus {
  const { recipe, makes } = past.header;
  const why = "It was cut off before it was done";
  const rois = roisIn(reportsOf(image, past), recipe.rois, makes);
  return { kind: "paused", rois, outputName: recipe.outputName, why };
}

/** What became of its ROIs, where the image still is what it was begun on. */
function reportsOf(image: Image, past: Past): Pick<Summary, "rois"> {
  const { header } = past;
  try {
    return summaryOf(header, planRun(header.recipe, image, header.makes), past);
  } catch (error) {
    if (isFault(error, "input")) return { rois: [] };
    throw error;
  }
}

/**
 * Runs a recipe on the open image. An output of its name is replaced only if `replace` says so; else the status becomes
 * "taken" and nothing is touched.
 */
export async function runRecipe(session: Session, recipe: Recipe, replace: boolean): Promise<void> {
  await carry(session, { kind: "run", recipe, replace }, waitingRois(recipe.rois));
}

/** Goes on with the run that was paused or cut off, or tries again the ROIs that failed in the one that ended. */
export async function runAgain(session: Session, kind: "resume" | "retry"): Promise<void> {
  const { status } = session.run.getState();
  if (status.kind !== "paused" && status.kind !== "done") return;
  const { place } = openImageOf(session) ?? {};
  const folder = place && (await runFolder(session, place.source, place.image.path));
  const past = folder && (await readPast(writable(openStore(folder))));
  if (!past) return;
  const rois = status.rois.map(
    (roi): RoiProgress => (roi.state === "done" ? roi : { ...roi, state: "waiting", note: "" }),
  );
  await carry(session, { kind, header: past.header }, rois);
}

/** Takes back the last run, ended or not: what it made is removed, and what it replaced is put back. */
export async function takeRunBack(session: Session): Promise<void> {
  const { opened, place } = openImageOf(session) ?? {};
  if (!place) return;
  const drawn = drawnLabels(session.view.getState());
  // One that is put back is opened again: its levels may be others.
  showOnly(session.view, []);
  let outputs: readonly Output[] = [];
  let next: Partial<RunState> = noRun;
  try {
    outputs = await takeBackIn(session, place);
  } catch (error) {
    next = { status: { kind: "failed", sentence: sentence(error) } };
  }
  if (session.opened.getState() !== opened) return;
  session.run.setState(next);
  await showNothingMade(session, place, outputs, drawn);
}

interface OpenImage {
  readonly opened: Opened;
  readonly place: Place & RunPlace;
}

function openImageOf(session: Session): OpenImage | undefined {
  const opened = session.opened.getState();
  if (opened.kind !== "open" || !opened.place.image) return undefined;
  // With the labels that runs have made since it was opened.
  const { labels } = session.view.getState();
  return { opened, place: { ...opened.place, image: { ...opened.place.image, labels } } };
}

/** Has work done and follows it to its end, whichever that is. */
async function carry(session: Session, work: Work, rois: readonly RoiProgress[]): Promise<void> {
  const { opened, place } = openImageOf(session) ?? {};
  if (!place || session.run.getState().status.kind === "running") return;
  const { source, image } = place;
  const [stopping, pausing] = [new AbortController(), new AbortController()];
  const { signal } = stopping;
  const drawn = drawnLabels(session.view.getState());
  const { undoable } = session.run.getState();
  const cancel = (): void => stopping.abort();
  session.run.setState({ ...noRun, status: { kind: "running", rois, cancel, pause: undefined } });
  const isStillOpen = (): boolean => session.opened.getState() === opened;
  const recipe = recipeIn(work);
  let folder: StoreSpec | undefined;
  let follower: Follower | undefined;
  let outputs: readonly Output[] = [];
  try {
    folder = await runFolder(session, source, image.path);
    outputs = outputsOf(work, image);
    const makes = makesIn(work, image);
    const isRetry = work.kind === "retry";
    const following = new Follower(session, place, { recipe, makes, rois, isRetry, signal });
    follower = following;
    if (folder) allowPause(session, pausing);
    const summary = await carryJob(session, place, work, {
      signal,
      pause: pausing.signal,
      onEvent: (event) => following.take(event),
    });
    const ended = roisIn(summary, recipe.rois, makes);
    await showMade(session, place, { recipe, summary, outputs, rois: ended }, isStillOpen);
    if (isStillOpen() && folder) session.run.setState({ undoable: summary.output });
  } catch (error) {
    const known = follower?.rois ?? rois;
    const status =
      takenStatus(session, place, error, recipe, outputs) ??
      (await statusAfter(error, recipe, folder, known));
    if (!isStillOpen()) return;
    // One whose name is taken leaves the run before it as it was.
    const left = status.kind === "taken" ? { undoable } : {};
    session.run.setState({ status, live: undefined, ...left });
    if (follower?.planned) await showNothingMade(session, place, outputs, drawn);
  }
}

/** Where there is a folder to keep the run in, it can be paused. */
function allowPause({ run }: Session, pausing: AbortController): void {
  const { status } = run.getState();
  if (status.kind === "running")
    run.setState({ status: { ...status, pause: () => pausing.abort() } });
}

/** Where it ended before anything was touched, as something of an output's name is there. */
function takenStatus(
  session: Session,
  place: Place & RunPlace,
  error: unknown,
  recipe: Recipe,
  outputs: readonly Output[],
): RunStatus | undefined {
  if (!isFault(error, "conflict")) return undefined;
  const output = outputs.find(({ path }) => path === error.where);
  if (output === undefined) return undefined;
  const free = freeName(session, place, recipe.outputName, output);
  return { kind: "taken", recipe, sentence: error.message, free };
}

/** What is shown of a run that did not come to its end. */
async function statusAfter(
  error: unknown,
  { outputName }: Recipe,
  folder: StoreSpec | undefined,
  rois: readonly RoiProgress[],
): Promise<RunStatus> {
  if (isAborted(error)) return { kind: "cancelled" };
  const past = folder && (await readPast(writable(openStore(folder))));
  if (!past?.groups || past.isEnded) return { kind: "failed", sentence: sentence(error) };
  const why = isFault(error, "paused") ? "" : sentence(error);
  return { kind: "paused", rois: atRest(rois), outputName, why };
}
