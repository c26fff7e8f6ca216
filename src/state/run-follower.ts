/** Follows a run's news: progress per ROI, and the live label. */
import { openLabel } from "../ome/labels.ts";
import type { Image } from "../ome/multiscale.ts";
import type { RoiId } from "../roi/rois.ts";
import type { RunEvent } from "../tasks/events.ts";
import { LiveChunks } from "../zarr/live-chunks.ts";
import { notifyError } from "./notices.ts";
import type { LiveLabel, RoiProgress } from "./run.ts";
import type { Session } from "./session.ts";
import { addLabel } from "./view.ts";

export class Follower {
  rois: readonly RoiProgress[];
  readonly #session: Session;
  readonly #image: Image;
  readonly #outputName: string;
  readonly #signal: AbortSignal;
  #live: Promise<LiveLabel> | undefined;

  /** @param rois what is known of them before the first news */
  constructor(
    session: Session,
    image: Image,
    run: {
      readonly outputName: string;
      readonly rois: readonly RoiProgress[];
      readonly signal: AbortSignal;
    },
  ) {
    this.#session = session;
    this.#image = image;
    this.#outputName = run.outputName;
    this.#signal = run.signal;
    this.rois = run.rois;
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
        void this.#live?.then(({ multiscale, chunks }) => {
          if (event.patch) chunks.put(multiscale.levels[0].array, event.patch);
        });
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
    const name = this.#outputName;
    const label = await openLabel(this.#image, name);
    const live = {
      name,
      multiscale: { ...label, levels: [label.levels[0]] as const },
      chunks: new LiveChunks("overwrite"),
    };
    if (!this.#signal.aborted && this.#session.run.getState().status.kind === "running") {
      this.#session.run.setState({ live });
      addLabel(this.#session.view, name);
      this.#session.view.setState({ label: name });
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
