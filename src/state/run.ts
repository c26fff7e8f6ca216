/** The run of a task on the open image: started, followed, cancelled; its label is live until it is stored. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { isAborted, isFault, sentence } from "../base/fault.ts";
import { demoTruth } from "../demo/truth.ts";
import { labelsPath, openLabel } from "../ome/labels.ts";
import type { Image, Multiscale } from "../ome/multiscale.ts";
import type { RoiId } from "../roi/rois.ts";
import type { RunEvent } from "../tasks/events.ts";
import type { Recipe } from "../tasks/recipe.ts";
import { startRun } from "../tasks/start-run.ts";
import { type Summary, summarySentence } from "../tasks/summary.ts";
import { LiveChunks } from "../zarr/live-chunks.ts";
import { readNode } from "../zarr/node.ts";
import { notifyError } from "./notices.ts";
import type { Session } from "./session.ts";
import type { Opened } from "./source.ts";
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
  | { readonly kind: "running"; readonly rois: readonly RoiProgress[]; readonly cancel: () => void }
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
}

export function createRunState(): StoreApi<RunState> {
  return createStore<RunState>(() => ({ status: { kind: "idle" }, live: undefined }));
}

/** Ends the run of the image that is being left. */
export function forgetRun(session: Session): void {
  const { status } = session.run.getState();
  if (status.kind === "running") status.cancel();
  session.run.setState({ status: { kind: "idle" }, live: undefined });
}

/**
 * Runs a recipe on the open image. A label of the output's name is replaced only if `replace` says so; else the
 * status becomes "taken" and nothing is touched.
 */
export async function runRecipe(session: Session, recipe: Recipe, replace: boolean): Promise<void> {
  const opened = session.opened.getState();
  const image = opened.kind === "open" ? opened.place.image : undefined;
  if (opened.kind !== "open" || !image || session.run.getState().status.kind === "running") return;
  const controller = new AbortController();
  const { signal } = controller;
  const label = session.view.getState().label;
  const rois = recipe.rois.map(
    ({ id, name }): RoiProgress => ({ id, name, state: "waiting", note: "" }),
  );
  const cancel = (): void => controller.abort();
  session.run.setState({ status: { kind: "running", rois, cancel }, live: undefined });
  const follower = new Follower(session, image, recipe, signal);
  try {
    const { source } = opened.place;
    const { version } = session.services;
    const summary = await writing(session, source, labelsPath(image.path), () =>
      startRun(
        { store: source.store.spec, path: image.path, recipe, replace, version },
        { signal, onEvent: (event) => follower.take(event) },
      ),
    );
    await finish(session, opened, summary, follower.rois);
  } catch (error) {
    if (session.opened.getState() !== opened) return;
    if (follower.planned) dropLabel(session, recipe.outputName, label);
    if (isFault(error, "conflict") && error.where?.endsWith(`labels/${recipe.outputName}`))
      session.run.setState({ status: { kind: "taken", recipe } });
    else if (isAborted(error)) session.run.setState({ status: { kind: "cancelled" } });
    else session.run.setState({ status: { kind: "failed", sentence: sentence(error) } });
  }
}

/** The stored label takes the live one's place. */
async function finish(
  session: Session,
  opened: Opened,
  summary: Summary,
  rois: readonly RoiProgress[],
): Promise<void> {
  if (opened.kind !== "open" || !opened.place.image) return;
  const { source, image } = opened.place;
  const stored = await openLabel(image, summary.label);
  for (const { array } of stored.levels) source.reader.invalidate(array);
  const truth = await truthOf(image, rois);
  if (session.opened.getState() !== opened) return;
  addLabel(session, summary.label);
  session.run.setState({
    live: undefined,
    status: { kind: "done", rois, sentence: summarySentence(summary, truth) },
  });
  // Lets go of the list: what was live is now on disk.
  session.view.setState({ label: summary.label });
}

/** How many nuclei the demo knows there to be in the ROIs of a run; undefined for any other image. */
async function truthOf(image: Image, rois: readonly RoiProgress[]): Promise<number | undefined> {
  const node = await readNode(image.store, image.path, { format: image.zarrFormat });
  const truth = node && demoTruth(node.attributes);
  if (!truth || rois.some(({ name }) => !truth.has(name))) return undefined;
  return rois.reduce((sum, { name }) => sum + (truth.get(name) ?? 0), 0);
}

function addLabel(session: Session, name: string): void {
  session.view.setState(({ labels }) => ({
    labels: labels.includes(name) ? labels : [...labels, name],
  }));
}

/** A label that was being replaced is gone, one that was new never was: either way the list is read again when needed. */
function dropLabel(session: Session, name: string, before: string | undefined): void {
  session.run.setState({ live: undefined });
  session.view.setState(({ labels }) => ({
    labels: labels.filter((label) => label !== name),
    label: before === name ? undefined : before,
  }));
}

/** Follows a run's news: progress per ROI, and the live label. */
class Follower {
  rois: readonly RoiProgress[];
  readonly #session: Session;
  readonly #image: Image;
  readonly #recipe: Recipe;
  readonly #signal: AbortSignal;
  #live: Promise<LiveLabel> | undefined;

  constructor(session: Session, image: Image, recipe: Recipe, signal: AbortSignal) {
    this.#session = session;
    this.#image = image;
    this.#recipe = recipe;
    this.#signal = signal;
    this.rois = recipe.rois.map(({ id, name }) => ({ id, name, state: "waiting", note: "" }));
  }

  /** Whether the label's metadata stood: from then on a label it replaces is gone. */
  get planned(): boolean {
    return this.#live !== undefined;
  }

  take(event: RunEvent): void {
    // News of a run that was stopped, while the next one may be under way already.
    if (this.#signal.aborted) return;
    switch (event.kind) {
      case "planned":
        for (const { roi, why } of event.plan.skipped) this.#mark(roi.id, "failed", why);
        this.#live = this.#openLive();
        this.#live.catch((error: unknown) => notifyError(this.#session.notices, error));
        break;
      case "started":
        this.#mark(event.roi.id, "computing", "");
        break;
      case "retired":
        this.#mark(event.roi.id, "done", `${event.count} found`);
        void this.#live?.then(({ multiscale, chunks }) =>
          chunks.put(multiscale.levels[0].array, event.patch),
        );
        break;
      case "failed":
        this.#mark(event.roi.id, "failed", event.fault.message);
        break;
      case "stored":
      case "done":
        break;
    }
  }

  /** The label as created, its finest level filled from the run's patches. */
  async #openLive(): Promise<LiveLabel> {
    const { outputName } = this.#recipe;
    const label = await openLabel(this.#image, outputName);
    const live = {
      name: outputName,
      multiscale: { ...label, levels: [label.levels[0]] as const },
      chunks: new LiveChunks("overwrite"),
    };
    if (!this.#signal.aborted && this.#session.run.getState().status.kind === "running") {
      this.#session.run.setState({ live });
      addLabel(this.#session, outputName);
      this.#session.view.setState({ label: outputName });
    }
    return live;
  }

  #mark(id: RoiId, state: RoiProgress["state"], note: string): void {
    this.rois = this.rois.map((roi) => (roi.id === id ? { ...roi, state, note } : roi));
    const { status } = this.#session.run.getState();
    if (status.kind === "running")
      this.#session.run.setState({ status: { ...status, rois: this.rois } });
  }
}
