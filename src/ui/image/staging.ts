/** What the GPU draws with is made ready a program at a time: what shows ROIs once pixels are seen, then what a hand may need. */
import type { Layer } from "@deck.gl/core";
import type { Device } from "@luma.gl/core";
import type { Image } from "../../ome/multiscale.ts";
import type { Session } from "../../state/session.ts";
import { Spares } from "./spares.ts";
import { Turns } from "./turns.ts";

/** How long ROIs wait for the first pixels, in milliseconds. */
const PATIENCE = 2000;

/** How long nothing is drawn until what a hand may need next is made ready, in milliseconds. */
const REST = 500;

export interface StagingOptions {
  readonly redraw: () => void;
  /** What was waited for the GPU with is sent to it at once: by the next frame it may have more to do. */
  readonly drawNow: () => void;
}

export class Staging {
  readonly #session: Session;
  readonly #spares: Spares;
  readonly #turns: Turns;
  readonly #since = performance.now();
  readonly #waiting: ReturnType<typeof setTimeout>;
  #resting: ReturnType<typeof setTimeout> | undefined;
  /** How many layers of ROIs are drawn, the lowest first. */
  #count = 0;
  #isReady = false;

  constructor(session: Session, image: Image, { redraw, drawNow }: StagingOptions) {
    this.#session = session;
    this.#spares = new Spares(image);
    this.#turns = new Turns(drawNow);
    this.#waiting = setTimeout(redraw, PATIENCE);
  }

  /** Whether all layers of ROIs were drawn in the last frame. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /**
   * Those of the layers of ROIs that are to be drawn now, and with what else there is made ready for later. The first pixels
   * come before, since each layer is a program or two that this thread waits for, and for all that the GPU has to draw first.
   */
  layers(all: readonly Layer[], device: Device, isSeen: boolean): readonly Layer[] {
    const layers = all.slice(0, this.#count);
    this.#isReady = layers.length === all.length;
    const isTime = isSeen || performance.now() - this.#since > PATIENCE;
    if (!this.#isReady && isTime)
      this.#turns.next(device, () => {
        this.#count++;
      });
    return [...layers, ...this.#spares.layers];
  }

  /** To be called after each frame: once nothing more is to be drawn for a while, the next spare program is made. */
  rest(device: Device | undefined, isBusy: boolean): void {
    clearTimeout(this.#resting);
    if (!isBusy && device) this.#resting = setTimeout(() => this.#makeSpare(device), REST);
  }

  close(): void {
    clearTimeout(this.#waiting);
    clearTimeout(this.#resting);
    this.#turns.close();
  }

  #makeSpare(device: Device): void {
    const { channels } = this.#session.view.getState();
    const make = this.#spares.next(channels, this.#session.rois.getState().document.rois);
    if (make) this.#turns.spare(device, make);
  }
}
