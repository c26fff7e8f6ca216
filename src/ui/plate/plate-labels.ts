/** The labels of a plate's wells, over those that are large enough: each label opened once, and taken to be alike in all wells. */
import type { Layer } from "@deck.gl/core";
import { openLabel } from "../../ome/labels.ts";
import type { Image, Multiscale } from "../../ome/multiscale.ts";
import { imageAt, type PlateImages } from "../../ome/plate-images.ts";
import { PlateWells, type PlateWellsOptions } from "../../scene/plate-wells.ts";
import type { FailedTile } from "../../scene/tile.ts";
import type { TileView } from "../../scene/tile-grid.ts";
import { drawnLabels } from "../../state/labels.ts";
import { notifyError } from "../../state/notices.ts";
import type { Session } from "../../state/session.ts";
import { labelLayersOf } from "../image/label-pictures.ts";

export interface PlateLabelsOptions extends Omit<PlateWellsOptions, "imageOf"> {
  readonly images: PlateImages;
  readonly imageOf: (well: number) => Image;
}

/** Undefined wells while a label is being opened, and where it could not be. */
interface Shown {
  wells: PlateWells | undefined;
  isOpening: boolean;
  readonly layers: ReturnType<typeof labelLayersOf>;
}

export class PlateLabels {
  readonly #session: Session;
  readonly #options: PlateLabelsOptions;
  readonly #shown = new Map<string, Shown>();
  readonly #closing = new AbortController();

  constructor(session: Session, options: PlateLabelsOptions) {
    this.#session = session;
    this.#options = options;
  }

  get busy(): boolean {
    return [...this.#shown.values()].some(({ isOpening, wells }) => isOpening || wells?.busy);
  }

  /** Whether there is more to send to the GPU: another frame is needed. */
  get isBehind(): boolean {
    return [...this.#shown.values()].some(({ wells }) => wells?.isBehind);
  }

  /** Says what is looked at; undefined where labels are not to be seen. */
  update(view: Omit<TileView, "channels"> | undefined): void {
    const wanted = view ? drawnLabels(this.#session.view.getState()) : [];
    for (const [name, { wells }] of this.#shown)
      if (!wanted.includes(name)) {
        wells?.close();
        this.#shown.delete(name);
      }
    for (const name of wanted) {
      if (view && view.worldPerPixel < this.#options.nearBelow) this.#open(name);
      if (view) this.#shown.get(name)?.wells?.update({ ...view, channels: [0] });
    }
  }

  forget(well: number): void {
    for (const { wells } of this.#shown.values()) wells?.forget(well);
  }

  /**
   * What to draw, lowest first, and the chunks that could not be read.
   * @param taken bytes that the images send to the GPU in this frame
   */
  shown(taken: number): {
    readonly layers: readonly Layer[];
    readonly failed: readonly FailedTile[];
  } {
    const { labelViews } = this.#session.view.getState();
    const layers: Layer[] = [];
    const failed: FailedTile[] = [];
    let sent = taken;
    for (const label of labelViews) {
      const shown = this.#shown.get(label.name);
      if (!shown?.wells) continue;
      const { drawn, underway, failed: lost } = shown.wells.frame(sent);
      sent += shown.wells.sentBytes;
      const id = `plate-label-${label.name}`;
      layers.push(...shown.layers(drawn, label, undefined, undefined, undefined, id, underway));
      failed.push(...lost);
    }
    return { layers, failed };
  }

  close(): void {
    this.#closing.abort();
    this.update(undefined);
  }

  #open(name: string): void {
    if (this.#shown.has(name)) return;
    const shown: Shown = { wells: undefined, isOpening: true, layers: labelLayersOf() };
    this.#shown.set(name, shown);
    const { images, onChange } = this.#options;
    openLabel(images.image, name, { signal: this.#closing.signal }).then(
      (label) => {
        shown.isOpening = false;
        if (this.#shown.get(name) !== shown) return;
        shown.wells = this.#wellsOf(label);
        onChange();
      },
      (error: unknown) => {
        shown.isOpening = false;
        if (this.#closing.signal.aborted) return;
        notifyError(this.#session.notices, error);
        onChange();
      },
    );
  }

  #wellsOf(label: Multiscale): PlateWells {
    const { images, imageOf } = this.#options;
    const inside = label.path.slice(images.image.path.length);
    const known = new Map<number, Multiscale>();
    return new PlateWells({
      ...this.#options,
      imageOf: (well) => {
        const there = known.get(well) ?? imageAt(label, imageOf(well).path + inside);
        known.set(well, there);
        return there;
      },
    });
  }
}
