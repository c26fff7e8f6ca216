/** The windows of channels whose file says nothing of their range: found in their pixels as soon as those are there. */
import type { Plane } from "../../scene/plane.ts";
import type { Session } from "../../state/session.ts";
import { changeChannel } from "../../state/view.ts";
import type { Counted, Histograms } from "./histograms.ts";

/** How long a histogram is waited for where there are pixels of the channel to be drawn, in milliseconds. */
const PATIENCE = 2000;

/** How far a histogram is: "timed" once there are pixels to be drawn, "last" where no other is counted in its place. */
type Wait = "begun" | "timed" | "late" | "failed" | "last";

interface Finding {
  readonly session: Session;
  readonly histograms: Histograms;
  /** What could be drawn of a channel, were its window known. */
  readonly planesOf: (channel: number) => readonly Plane[];
  /** Told that there may be more to find. */
  readonly onChange: () => void;
  /** Told that a histogram could not be counted. */
  readonly onError: (error: unknown) => void;
}

export class Windows {
  readonly #finding: Finding;
  readonly #waits = new WeakMap<Counted, Wait>();
  #failed = 0;
  #isClosed = false;

  constructor(finding: Finding) {
    this.#finding = finding;
  }

  /** How many channels are not drawn because their histogram could not be counted. */
  get failed(): number {
    return this.#failed;
  }

  /** Finds those that are missing now. */
  find(): void {
    const { session, histograms } = this.#finding;
    const { channels } = session.view.getState();
    const missing = channels.filter(({ visible, window }) => visible && window === undefined);
    for (const { index } of missing) this.#find(index, histograms.of(index));
    const isFailed = (channel: number) => this.#waits.get(histograms.of(channel)) === "failed";
    this.#failed = missing.filter(({ index }) => isFailed(index)).length;
  }

  close(): void {
    this.#isClosed = true;
  }

  /** The coarsest level has seen all of the plane; where it does not come, what is on screen does. */
  #find(channel: number, counted: Counted): void {
    const { histograms, planesOf } = this.#finding;
    if (!this.#waits.has(counted)) void this.#take(channel, counted, "begun");
    const wait = this.#waits.get(counted);
    const planes = wait === "timed" || wait === "last" ? [] : planesOf(channel);
    if (planes.length === 0) return;
    if (wait === "begun") this.#time(counted);
    else void this.#take(channel, histograms.countInstead(channel, planes), "last");
  }

  #time(counted: Counted): void {
    this.#waits.set(counted, "timed");
    setTimeout(() => {
      if (this.#isClosed || this.#waits.get(counted) !== "timed") return;
      this.#waits.set(counted, "late");
      this.#finding.onChange();
    }, PATIENCE);
  }

  async #take(channel: number, counted: Counted, wait: Wait): Promise<void> {
    const { session, onChange, onError } = this.#finding;
    this.#waits.set(counted, wait);
    try {
      const found = await counted;
      if (found === undefined || this.#isClosed) return;
      this.#waits.set(counted, "last");
      if (session.view.getState().channels[channel]?.window === undefined)
        changeChannel(session.view, channel, { window: found.window });
    } catch (error) {
      if (this.#isClosed) return;
      if (wait === "begun") this.#waits.set(counted, "failed");
      onError(error);
      onChange();
    }
  }
}
