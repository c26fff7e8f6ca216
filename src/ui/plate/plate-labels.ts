/** The labels of a plate's wells, over those that are large enough: each opened once, and alike in all wells that are alike. */
import type { Layer } from "@deck.gl/core";
import { isFault } from "../../base/fault.ts";
import { type Label, openLabel } from "../../ome/labels.ts";
import type { Image, Multiscale } from "../../ome/multiscale.ts";
import { imageAt, type PlateImages } from "../../ome/plate-images.ts";
import type { LabelColors } from "../../scene/label-layer.ts";
import { PlateWells, type PlateWellsOptions } from "../../scene/plate-wells.ts";
import type { FailedTile } from "../../scene/tile.ts";
import type { TileView } from "../../scene/tile-grid.ts";
import { drawnLabels } from "../../state/labels.ts";
import { notifyError } from "../../state/notices.ts";
import type { Session } from "../../state/session.ts";
import { isMissingOnWeb } from "../../zarr/missing-on-web.ts";
import { givenBy, labelLayersOf } from "../image/label-drawing.ts";

export interface PlateLabelsOptions extends Omit<PlateWellsOptions, "imageOf"> {
  readonly images: PlateImages;
  readonly imageOf: (well: number) => Image;
}

/** Undefined wells while a label is being opened, and where it could not be. */
interface Shown {
  wells: PlateWells | undefined;
  /** The colours that the first well's label gives to objects: those of all wells, whose own words are not read. */
  given: LabelColors | undefined;
  /** How many are being opened. */
  opening: number;
  /** Those of wells that are unlike the first one, by the well's index; undefined while one is being opened, or is not there. */
  readonly own: Map<number, Multiscale | undefined>;
  /** The wells whose label could not be opened: the first one where there is none to draw by. */
  readonly failed: Set<number>;
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
    return [...this.#shown.values()].some(({ opening, wells }) => opening > 0 || wells?.busy);
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
    for (const [name, { wells, own, failed }] of this.#shown) {
      own.delete(well);
      if (failed.delete(well) && !wells) this.#shown.delete(name);
      wells?.forget(well);
    }
  }

  /** The wells of which a label, or a chunk of one, could not be read. */
  get failed(): readonly number[] {
    return [...this.#shown.values()].flatMap(({ wells, failed }) => {
      const near = wells ? [...wells.near].filter((well) => wells.hasFailed(well)) : [];
      return [...failed, ...near];
    });
  }

  /** Asks for those again. */
  retryFailed(): void {
    for (const well of this.failed) this.forget(well);
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
      layers.push(...shown.layers(drawn, label, shown.given, undefined, undefined, id, underway));
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
    const shown: Shown = {
      wells: undefined,
      given: undefined,
      opening: 0,
      own: new Map(),
      failed: new Set(),
      layers: labelLayersOf(),
    };
    this.#shown.set(name, shown);
    const { signal } = this.#closing;
    const { images, wells } = this.#options;
    void this.#read(shown, wells.indexOf(images.well), name, async (label) => {
      shown.given = await givenBy(this.#session, label, { signal });
      if (this.#shown.get(name) === shown) shown.wells = this.#wellsOf(shown, label, name);
    });
  }

  /** Opens a label of a well; what fails is told, but not that a well other than the first has no such label. */
  async #read(
    shown: Shown,
    well: number,
    name: string,
    take: (label: Label) => void | Promise<void>,
  ): Promise<void> {
    const { imageOf, onChange } = this.#options;
    const { signal } = this.#closing;
    const image = imageOf(well);
    const isFirst = shown.wells === undefined;
    shown.opening++;
    try {
      await take(await openLabel(image, name, { signal }));
    } catch (error) {
      const isMissing = isFault(error, "missing") || isMissingOnWeb(image.store, error);
      if (!signal.aborted && (isFirst || !isMissing)) {
        shown.failed.add(well);
        notifyError(this.#session.notices, error, "over-wells/labels");
      }
    }
    shown.opening--;
    if (!signal.aborted) onChange();
  }

  #wellsOf(shown: Shown, label: Multiscale, name: string): PlateWells {
    const { images, imageOf, isUnlike } = this.#options;
    const inside = label.path.slice(images.image.path.length);
    const known = new Map<number, Multiscale>();
    const ownOf = (well: number): Multiscale | undefined => {
      if (!shown.own.has(well)) {
        shown.own.set(well, undefined);
        void this.#read(shown, well, name, (own) => void shown.own.set(well, own));
      }
      return shown.own.get(well);
    };
    return new PlateWells({
      ...this.#options,
      imageOf: (well) => {
        if (isUnlike(well)) return ownOf(well);
        const there = known.get(well) ?? imageAt(label, imageOf(well).path + inside);
        known.set(well, there);
        return there;
      },
    });
  }
}
