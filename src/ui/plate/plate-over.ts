/** What is drawn over the wells of a plate where it is asked for: fields of view and labels, of wells that are large enough. */
import type { Layer } from "@deck.gl/core";
import type { Rect } from "../../scene/rect.ts";
import type { FailedTile } from "../../scene/tile.ts";
import type { TileView } from "../../scene/tile-grid.ts";
import { withdraw } from "../../state/notices.ts";
import type { Session } from "../../state/session.ts";
import { PlateFovs } from "./plate-fovs.ts";
import { PlateLabels, type PlateLabelsOptions } from "./plate-labels.ts";

/** The shorter edge of a well that is large enough, in CSS pixels. */
const LARGE = 90;

interface PlateOverOptions extends Omit<PlateLabelsOptions, "nearBelow"> {
  /** Pixels drawn for one of CSS, along a side. */
  readonly pixelRatio: number;
  /** All that is looked at, in world units, where it is drawn in several views. */
  readonly whole: Rect | undefined;
}

export class PlateOver {
  readonly #session: Session;
  readonly #nearBelow: number;
  readonly #fovs: PlateFovs;
  readonly #labels: PlateLabels;

  constructor(session: Session, options: PlateOverOptions) {
    this.#session = session;
    const { width, height, scale } = options.place;
    this.#nearBelow = (Math.min(width, height) * scale) / (LARGE * options.pixelRatio);
    this.#fovs = new PlateFovs(session, options);
    this.#labels = new PlateLabels(session, { ...options, nearBelow: this.#nearBelow });
  }

  get busy(): boolean {
    return this.#fovs.busy || this.#labels.busy;
  }

  /** Whether there is more to send to the GPU: another frame is needed. */
  get isBehind(): boolean {
    return this.#labels.isBehind;
  }

  /** @param inView the wells in view, the most wanted first */
  update(view: Omit<TileView, "channels">, inView: readonly number[]): void {
    const { overWells } = this.#session.view.getState();
    const isNear = view.worldPerPixel < this.#nearBelow;
    this.#fovs.look(isNear && overWells.includes("fovs") ? inView : []);
    this.#labels.update(overWells.includes("labels") ? view : undefined);
  }

  /**
   * What to draw, lowest first, and the chunks that could not be read.
   * @param taken bytes that the images send to the GPU in this frame
   */
  shown(
    pixelsPerUnit: number,
    taken: number,
  ): {
    readonly layers: readonly Layer[];
    readonly failed: readonly FailedTile[];
  } {
    const { layers, failed } = this.#labels.shown(taken);
    return { layers: [...layers, ...this.#fovs.layers(pixelsPerUnit)], failed };
  }

  /** Why something that was asked for is not to be seen, for the user; undefined where all is. */
  note(worldPerPixel: number): string | undefined {
    const { overWells, labels } = this.#session.view.getState();
    const isNear = worldPerPixel < this.#nearBelow;
    const lacksLabels = overWells.includes("labels") && labels.length === 0;
    const later = isNear ? [] : overWells.filter((what) => what === "fovs" || !lacksLabels);
    const sentences = [
      ...(later.length > 0
        ? [`Zoom in to see ${later.map((what) => WORDS[what]).join(" and ")}`]
        : []),
      ...(this.#fovs.isAbsent ? ["The wells in view have no table of FOVs"] : []),
      ...(lacksLabels ? ["The first well has no labels"] : []),
    ];
    return sentences.length > 0 ? sentences.join(". ") : undefined;
  }

  /** Has a well begun anew: it is another one than was thought, or to be tried again. */
  forget(well: number): void {
    this.#fovs.forget(well);
    this.#labels.forget(well);
  }

  /** The wells of which something could not be read. */
  get failed(): readonly number[] {
    return [...this.#fovs.failed, ...this.#labels.failed];
  }

  /** Asks for that again, and takes back what was said about it. */
  retryFailed(): void {
    withdraw(this.#session.notices, "over-wells");
    this.#fovs.retryFailed();
    this.#labels.retryFailed();
  }

  close(): void {
    this.#fovs.close();
    this.#labels.close();
  }
}

const WORDS = { fovs: "FOVs", labels: "labels" } as const;
