/** Makes previews: through the same steps as a run, on workers kept warm, the newest question first and alone. */
import { throwIfStopped } from "../base/abort.ts";
import { isAborted, sentence } from "../base/fault.ts";
import { volumeOf, type Zyx } from "../geometry/box.ts";
import type { Image } from "../ome/multiscale.ts";
import type { Executor } from "../tasks/executor.ts";
import { planRun } from "../tasks/plan.ts";
import type { MeasuredUnit } from "../tasks/plan-card.ts";
import { type Prepared, prepare } from "../tasks/prepare.ts";
import type { Profile } from "../tasks/profiles.ts";
import { levelOf, makesOf, type Recipe } from "../tasks/recipe.ts";
import type { Trials } from "../tasks/trial.ts";
import type { Workers } from "../tasks/worker-executor.ts";
import type { PreviewPart } from "./preview.ts";
import { previewPart, previewRois } from "./preview-rois.ts";
import type { Session } from "./session.ts";

/** What a preview is made of. */
export interface PreviewQuestion {
  /** One that can be run (`recipeProblem`), with all the ROIs it would be run on. */
  readonly recipe: Recipe;
  readonly selection: ReadonlySet<number>;
  /** World units, z y x: the middle of what is looked at. */
  readonly at: Zyx;
}

/** Lives as long as its image is open. */
export class Previewer {
  readonly #session: Session;
  readonly #image: Image;
  readonly #startWorkers: () => Workers;
  readonly #startTrials: () => Trials;
  #workers: Workers | undefined;
  #trials: Trials | undefined;
  /** The picked profiles that the worker of trials knows. */
  #known: ReadonlyMap<string, Profile> | undefined;
  #asked = new AbortController();

  constructor(
    session: Session,
    image: Image,
    startWorkers: () => Workers,
    startTrials: () => Trials,
  ) {
    this.#session = session;
    this.#image = image;
    this.#startWorkers = startWorkers;
    this.#startTrials = startTrials;
  }

  /** Makes a preview in place of the one under way, which is given up. Settles when it is shown or given up. */
  async ask(question: PreviewQuestion): Promise<void> {
    const { preview } = this.#session;
    const { signal } = this.#begin();
    const begin = performance.now();
    const { task } = question.recipe;
    const { parts: before, task: taskBefore, measured } = preview.getState();
    const isSame = task === taskBefore;
    preview.setState({
      isBusy: true,
      problem: undefined,
      task,
      parts: isSame ? before : [],
      measured: isSame ? measured : undefined,
    });
    try {
      await this.#compute(question, signal);
      if (!signal.aborted) preview.setState({ isBusy: false, ms: performance.now() - begin });
    } catch (error) {
      if (signal.aborted || isAborted(error)) return;
      preview.setState({ isBusy: false, problem: sentence(error), parts: [], ms: undefined });
    }
  }

  /** Gives up what is under way. */
  stop(): void {
    this.#asked.abort();
    this.#session.preview.setState({ isBusy: false });
  }

  /** Gives up what is under way, and lets go of the workers; the next question starts others. */
  rest(): void {
    this.stop();
    this.#workers?.close();
    this.#trials?.close();
    this.#workers = undefined;
    this.#trials = undefined;
  }

  #begin(): AbortController {
    this.#asked.abort();
    this.#asked = new AbortController();
    return this.#asked;
  }

  async #compute({ recipe, selection, at }: PreviewQuestion, signal: AbortSignal): Promise<void> {
    const { preview } = this.#session;
    const { grid } = levelOf(recipe, this.#image);
    const { array } = makesOf(recipe, this.#image);
    const isFlat = array?.kind === "image" && array.z === "projected";
    const rois = previewRois(recipe.rois, selection, at).map((roi) =>
      previewPart(roi, grid, at, isFlat),
    );
    const { units: all, skipped } = planRun({ ...recipe, rois }, this.#image);
    // A task that is done at all time points is tried at the one that is shown.
    const units = all.filter(({ t }) => t === recipe.t);
    if (units.length === 0)
      throw new Error(skipped[0]?.why ?? "There is no ROI to try the task on");
    const executor = await this.#executorOf(recipe, signal);
    throwIfStopped(signal);
    const wanted = new Set(units.map(({ roi, c }) => nameOf(roi.id, c)));
    preview.setState(({ parts }) => ({
      parts: parts.filter(({ unit }) => wanted.has(nameOf(unit.roi.id, unit.c))),
    }));
    const parts = new Set(rois.filter(({ isPart }) => isPart).map(({ id }) => id));
    const measured: MeasuredUnit[] = [];
    await Promise.all(
      units.map(async (unit) => {
        const from = performance.now();
        const outcome = await outcomeOf(executor.compute(unit, { signal }));
        throwIfStopped(signal);
        if (outcome.kind === "done")
          measured.push({ ms: performance.now() - from, voxels: volumeOf(unit.read) });
        this.#put({ unit, grid, isFlat, isPart: parts.has(unit.roi.id), outcome });
      }),
    );
    if (measured.length > 0) preview.setState({ measured: average(measured) });
  }

  async #executorOf(recipe: Recipe, signal: AbortSignal): Promise<Executor> {
    const { profiles } = this.#session.taskForm.getState();
    const { path, store } = this.#image;
    // Estimating profiles is too much for this thread. Memory is this thread's own: what it holds is small.
    if (recipe.task !== "illumination-correction" || store.spec.kind === "memory")
      return this.#executorFor(await prepare(this.#image, recipe, { profiles }, { signal }));
    if (this.#known !== profiles) this.#trials?.close();
    if (this.#known !== profiles || !this.#trials) this.#trials = this.#startTrials();
    this.#known = profiles;
    return this.#trials.executorFor({ store: store.spec, path, recipe, profiles });
  }

  /**
   * Warm workers have the image's chunks at hand. What else a task reads, a label or a profile, may have been written or
   * picked anew since: it is read by workers that have seen none of it.
   */
  #executorFor(prepared: Prepared): Executor {
    if (prepared.inputs.length > 1) this.#workers?.close();
    if (prepared.inputs.length > 1 || !this.#workers) this.#workers = this.#startWorkers();
    return this.#workers.executorFor(prepared);
  }

  #put(part: PreviewPart): void {
    const { roi, c } = part.unit;
    this.#session.preview.setState(({ parts }) => ({
      parts: [...parts.filter(({ unit }) => unit.roi.id !== roi.id || unit.c !== c), part].toSorted(
        (a, b) => a.unit.index - b.unit.index,
      ),
    }));
  }
}

/** One ROI that fails fails alone, as in a run. */
async function outcomeOf(work: ReturnType<Executor["compute"]>): Promise<PreviewPart["outcome"]> {
  try {
    return { kind: "done", result: await work };
  } catch (error) {
    if (isAborted(error)) throw error;
    return { kind: "failed", sentence: sentence(error) };
  }
}

const nameOf = (roi: number, c: number): string => `${roi}/${c}`;

function average(units: readonly MeasuredUnit[]): MeasuredUnit {
  const sum = (of: (unit: MeasuredUnit) => number) => units.reduce((a, b) => a + of(b), 0);
  return {
    ms: sum(({ ms }) => ms) / units.length,
    voxels: sum(({ voxels }) => voxels) / units.length,
  };
}
