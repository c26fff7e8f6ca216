/** Follows a run's news on the open image: progress per ROI, and the live label. */
import { openLabel } from "../ome/labels.ts";
import { patchOnLevels } from "../ome/patch-levels.ts";
import type { RunEvent } from "../tasks/events.ts";
import { type MadeArray, type Makes, madeLevels } from "../tasks/makes.ts";
import { levelOf, type Recipe } from "../tasks/recipe.ts";
import { LiveChunks } from "../zarr/live-chunks.ts";
import type { RunPlace } from "./carry-job.ts";
import { addLabel, showOnly } from "./labels.ts";
import { notifyError } from "./notices.ts";
import { RoiFollower, type RoiProgress } from "./roi-progress.ts";
import type { LiveLabel } from "./run-state.ts";
import type { Session } from "./session.ts";

export class Follower {
  readonly #session: Session;
  readonly #place: RunPlace;
  readonly #recipe: Recipe;
  readonly #makes: Makes;
  readonly #isRetry: boolean;
  readonly #signal: AbortSignal;
  readonly #rois: RoiFollower;
  /** Undefined where there is none, or it could not be opened. */
  #live: Promise<LiveLabel | undefined> | undefined;
  #planned = false;

  /** @param rois what is known of them before the first news */
  constructor(
    session: Session,
    place: RunPlace,
    run: {
      readonly recipe: Recipe;
      readonly makes: Makes;
      readonly rois: readonly RoiProgress[];
      /** Of a second try of what failed the label that is there is shown, as only some of it is made. */
      readonly isRetry: boolean;
      readonly signal: AbortSignal;
    },
  ) {
    this.#session = session;
    this.#place = place;
    this.#recipe = run.recipe;
    this.#makes = run.makes;
    this.#isRetry = run.isRetry;
    this.#signal = run.signal;
    this.#rois = new RoiFollower(run.rois, run.makes);
  }

  get rois(): readonly RoiProgress[] {
    return this.#rois.rois;
  }

  /** Whether the output's metadata stood: from then on what it replaces is gone. */
  get planned(): boolean {
    return this.#planned;
  }

  take(event: RunEvent): void {
    // News of a run that was stopped, while the next one may be under way already.
    if (this.#signal.aborted) return;
    this.#rois.take(event);
    if (event.kind === "planned") this.#plan();
    else if (event.kind === "retired") this.#draw(event);
    else if (event.kind === "stored") this.#drawStored(event);
    this.#tell();
  }

  #plan(): void {
    this.#planned = true;
    const { array } = this.#makes;
    if (array?.kind !== "label" || this.#isRetry) return;
    this.#live = this.#openLive(array).catch((error: unknown) => {
      notifyError(this.#session.notices, error);
      return undefined;
    });
  }

  #draw({ patch }: Extract<RunEvent, { kind: "retired" }>): void {
    void this.#live?.then((live) => {
      const arrays = live?.multiscale.levels.map(({ array }) => array) ?? [];
      for (const [level, part] of (patch ? patchOnLevels(arrays, patch) : []).entries()) {
        const array = arrays[level];
        if (array && part) live?.chunks.put(array, part);
      }
    });
  }

  /** The image that is open is itself what is written; of a label, what is on disk need not be in memory. */
  #drawStored({ level, coords }: Extract<RunEvent, { kind: "stored" }>): void {
    const { source, image } = this.#place;
    const array = image.levels[level]?.array;
    if (this.#makes.array?.kind === "in-place" && array) source.reader.invalidate(array, coords);
    void this.#live?.then((live) => {
      const made = live?.multiscale.levels[level - this.#at()]?.array;
      if (made === undefined) return;
      source.reader.invalidate(made, coords);
      live?.chunks.release(made, coords);
    });
  }

  /** The place, among the output's levels, of the one that results go to. */
  #at(): number {
    return (
      madeLevels(this.#makes, this.#place.image, levelOf(this.#recipe, this.#place.image))?.at ?? 0
    );
  }

  /** The label as created: the level that results go to and the coarser ones, filled from the run's patches. */
  async #openLive({ name, merge }: MadeArray): Promise<LiveLabel> {
    const { image, source } = this.#place;
    const label = await openLabel(image, name);
    // A label of that name that was shown before lay at the same paths.
    for (const { array } of label.levels) source.reader.invalidate(array);
    const [finest = label.levels[0], ...coarser] = label.levels.slice(this.#at());
    const live = {
      name,
      multiscale: { ...label, levels: [finest, ...coarser] as const },
      chunks: new LiveChunks(merge, source.reader),
    };
    if (!this.#signal.aborted && this.#session.run.getState().status.kind === "running") {
      this.#session.run.setState({ live });
      addLabel(this.#session.view, name);
      showOnly(this.#session.view, [name]);
    }
    return live;
  }

  #tell(): void {
    const { status } = this.#session.run.getState();
    if (status.kind === "running" && status.rois !== this.rois)
      this.#session.run.setState({ status: { ...status, rois: this.rois } });
  }
}
