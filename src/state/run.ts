/** Runs of a task on the open image: started, paused, gone on with, tried again, taken back; live until they are stored. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { isAborted, isFault, sentence } from "../base/fault.ts";
import { demoTruth } from "../demo/truth.ts";
import { labelsPath, listLabels, openLabel } from "../ome/labels.ts";
import type { Image, Multiscale } from "../ome/multiscale.ts";
import type { RoiId } from "../roi/rois.ts";
import { type Past, readPast } from "../tasks/past.ts";
import type { Recipe } from "../tasks/recipe.ts";
import { undoRun } from "../tasks/run.ts";
import type { Job } from "../tasks/run-job.ts";
import { startRun } from "../tasks/start-run.ts";
import { type Summary, summarySentence } from "../tasks/summary.ts";
import type { LiveChunks } from "../zarr/live-chunks.ts";
import { readNode } from "../zarr/node.ts";
import { openStore } from "../zarr/open-store.ts";
import { type Options, type StoreSpec, writable } from "../zarr/store.ts";
import { Follower } from "./run-follower.ts";
import type { Session } from "./session.ts";
import { journalName, type Opened, type Place, type Source } from "./source.ts";
import { addLabel } from "./view.ts";
import { writing } from "./writing.ts";

export interface RoiProgress {
  readonly id: RoiId;
  readonly name: string;
  readonly state: "waiting" | "computing" | "done" | "failed";
  /** What was found, or why nothing was. */
  readonly note: string;
}

export type RunStatus =
  | { readonly kind: "idle" }
  | {
      readonly kind: "running";
      readonly rois: readonly RoiProgress[];
      readonly cancel: () => void;
      /** Absent where there is no private file system to keep the run in. */
      readonly pause: (() => void) | undefined;
    }
  /** It can go on: it was paused, the page was closed, or a store failed that may be mended. */
  | {
      readonly kind: "paused";
      readonly rois: readonly RoiProgress[];
      readonly outputName: string;
      readonly why: string;
    }
  /** The name is taken: the user says whether the label there may be lost. */
  | { readonly kind: "taken"; readonly recipe: Recipe }
  | { readonly kind: "done"; readonly rois: readonly RoiProgress[]; readonly sentence: string }
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly sentence: string };

/** A label that is being made, drawn from memory. */
export interface LiveLabel {
  readonly name: string;
  readonly multiscale: Multiscale;
  readonly chunks: LiveChunks;
}

export interface RunState {
  readonly status: RunStatus;
  readonly live: LiveLabel | undefined;
  /** What the last run on this image made, as long as it can be taken back. */
  readonly undoable: string | undefined;
}

const nothing: RunState = { status: { kind: "idle" }, live: undefined, undoable: undefined };

export function createRunState(): StoreApi<RunState> {
  return createStore<RunState>(() => nothing);
}

/** Ends the run of the image that is being left. */
export function forgetRun(session: Session): void {
  const { status } = session.run.getState();
  if (status.kind === "running") status.cancel();
  session.run.setState(nothing);
}

/** Shows what is known of the last run on an image: one that was cut off can go on, one that ended can be taken back. */
export async function findRun(
  session: Session,
  { source, image }: Place,
  options: Options,
): Promise<void> {
  const folder = image && (await runFolder(session, source, image));
  const past = folder && (await readPast(writable(openStore(folder)), options));
  if (!past?.groups || options.signal?.aborted) return;
  if (past.isEnded) session.run.setState({ undoable: past.header.recipe.outputName });
  else session.run.setState({ status: pausedRun(past, "It was cut off before it was done") });
}

/**
 * Runs a recipe on the open image. A label of the output's name is replaced only if `replace` says so; else the
 * status becomes "taken" and nothing is touched.
 */
export async function runRecipe(session: Session, recipe: Recipe, replace: boolean): Promise<void> {
  const { version } = session.services;
  const rois = recipe.rois.map(
    ({ id, name }): RoiProgress => ({ id, name, state: "waiting", note: "" }),
  );
  await carry(session, { recipe, rois }, (place) => ({ ...place, recipe, replace, version }));
}

/** Goes on with the run that was paused or cut off, or tries again the ROIs that failed in the one that ended. */
export async function runAgain(session: Session, kind: "resume" | "retry"): Promise<void> {
  const { status } = session.run.getState();
  if (status.kind !== "paused" && status.kind !== "done") return;
  const { place } = openImageOf(session) ?? {};
  const folder = place && (await runFolder(session, place.source, place.image));
  const past = folder && (await readPast(writable(openStore(folder))));
  if (!folder || !past) return;
  const { recipe } = past.header;
  const rois = status.rois.map(
    (roi): RoiProgress => (roi.state === "done" ? roi : { ...roi, state: "waiting", note: "" }),
  );
  await carry(session, { recipe, rois }, (at) => ({ ...at, kind, folder }));
}

/** Takes back the last run, ended or not: what it made is removed, and what it replaced is put back. */
export async function takeRunBack(session: Session): Promise<void> {
  const { opened, place } = openImageOf(session) ?? {};
  const folder = place && (await runFolder(session, place.source, place.image));
  if (!place || !folder) return;
  const { source, image } = place;
  try {
    await writing(session, source, labelsPath(image.path), () =>
      undoRun(image, writable(openStore(folder))),
    );
    if (session.opened.getState() !== opened) return;
    session.run.setState(nothing);
    await refreshLabels(session, image);
  } catch (error) {
    if (session.opened.getState() === opened)
      session.run.setState({ status: { kind: "failed", sentence: sentence(error) } });
  }
}

interface OpenImage {
  readonly opened: Opened;
  readonly place: Place & { readonly image: Image };
}

function openImageOf(session: Session): OpenImage | undefined {
  const opened = session.opened.getState();
  if (opened.kind !== "open" || !opened.place.image) return undefined;
  return { opened, place: { ...opened.place, image: opened.place.image } };
}

/** Has a job done and follows it to its end, whichever that is. */
async function carry(
  session: Session,
  { recipe, rois }: { readonly recipe: Recipe; readonly rois: readonly RoiProgress[] },
  jobAt: (place: {
    readonly store: StoreSpec;
    readonly path: string;
    readonly folder?: StoreSpec;
  }) => Job,
): Promise<void> {
  const { opened, place } = openImageOf(session) ?? {};
  if (!place || session.run.getState().status.kind === "running") return;
  const { source, image } = place;
  const [stopping, pausing] = [new AbortController(), new AbortController()];
  const { signal } = stopping;
  const label = session.view.getState().label;
  const cancel = (): void => stopping.abort();
  session.run.setState({
    ...nothing,
    status: { kind: "running", rois, cancel, pause: undefined },
  });
  const follower = new Follower(session, image, { outputName: recipe.outputName, rois, signal });
  const isOpen = (): boolean => session.opened.getState() === opened;
  const folder = await runFolder(session, source, image);
  try {
    allowPause(session, folder, pausing);
    const at = { store: source.store.spec, path: image.path, ...(folder ? { folder } : {}) };
    const options = { signal, pause: pausing.signal };
    const summary = await writing(session, source, labelsPath(image.path), () =>
      startRun(jobAt(at), { ...options, onEvent: (event) => follower.take(event) }),
    );
    await finish(session, place, isOpen, { summary, rois: follower.rois });
    if (isOpen() && folder) session.run.setState({ undoable: summary.output });
  } catch (error) {
    const status = await statusAfter(error, recipe, folder, follower.rois);
    if (!isOpen()) return;
    session.run.setState({ status, live: undefined });
    if (follower.planned) await refreshLabels(session, image, label);
  }
}

/** Where there is a folder to keep the run in, it can be paused. */
function allowPause(
  { run }: Session,
  folder: StoreSpec | undefined,
  pausing: AbortController,
): void {
  const { status } = run.getState();
  if (folder && status.kind === "running")
    run.setState({ status: { ...status, pause: () => pausing.abort() } });
}

/** What is shown of a run that did not come to its end. */
async function statusAfter(
  error: unknown,
  recipe: Recipe,
  folder: StoreSpec | undefined,
  rois: readonly RoiProgress[],
): Promise<RunStatus> {
  if (isFault(error, "conflict") && error.where?.endsWith(`labels/${recipe.outputName}`))
    return { kind: "taken", recipe };
  if (isAborted(error)) return { kind: "cancelled" };
  const past = folder && (await readPast(writable(openStore(folder))));
  if (!past?.groups || past.isEnded) return { kind: "failed", sentence: sentence(error) };
  const why = isFault(error, "paused") ? "" : sentence(error);
  const waiting = rois.map(
    (roi): RoiProgress => (roi.state === "computing" ? { ...roi, state: "waiting" } : roi),
  );
  return { kind: "paused", rois: waiting, outputName: recipe.outputName, why };
}

function pausedRun({ header, reports }: Past, why: string): RunStatus {
  const { rois, outputName } = header.recipe;
  const found = rois.map(({ id, name }, index): RoiProgress => {
    const report = reports.get(index);
    if (report?.kind === "done")
      return { id, name, state: "done", note: `${report.objects} found` };
    return report
      ? { id, name, state: "failed", note: report.fault.message }
      : { id, name, state: "waiting", note: "" };
  });
  return { kind: "paused", rois: found, outputName, why };
}

/** The stored label takes the live one's place. */
async function finish(
  session: Session,
  { source, image }: OpenImage["place"],
  isOpen: () => boolean,
  { summary, rois }: { readonly summary: Summary; readonly rois: readonly RoiProgress[] },
): Promise<void> {
  const stored = await openLabel(image, summary.output);
  for (const { array } of stored.levels) source.reader.invalidate(array);
  const truth = await truthOf(image, rois);
  if (!isOpen()) return;
  addLabel(session.view, summary.output);
  session.run.setState({
    live: undefined,
    status: { kind: "done", rois, sentence: summarySentence(summary, truth) },
  });
  // Lets go of the list: what was live is now on disk.
  session.view.setState({ label: summary.output });
}

/** How many nuclei the demo knows there to be in the ROIs of a run; undefined for any other image. */
async function truthOf(image: Image, rois: readonly RoiProgress[]): Promise<number | undefined> {
  const node = await readNode(image.store, image.path, { format: image.zarrFormat });
  const truth = node && demoTruth(node.attributes);
  if (!truth || rois.some(({ name }) => !truth.has(name))) return undefined;
  return rois.reduce((sum, { name }) => sum + (truth.get(name) ?? 0), 0);
}

/** Shows the labels that the image's list names now, and of those the one that was shown before, if it is there. */
async function refreshLabels(session: Session, image: Image, before?: string): Promise<void> {
  const labels = await listLabels(image.store, image.path, image.zarrFormat, []);
  session.view.setState(({ label = before }) => {
    const [shown] = [before, label].filter((name) => name !== undefined && labels.includes(name));
    return { labels, label: shown };
  });
}

/** The folder that runs on an image have to themselves, one at a time, in the browser's private file system. */
async function runFolder(
  { services }: Session,
  { origin }: Source,
  { path }: Image,
): Promise<StoreSpec | undefined> {
  const name = `run-${journalName(origin)}-${path}`.replace(/[^\w.-]/g, "_");
  const handle = await services.privateFolder(name);
  return handle && { kind: "directory", handle };
}
