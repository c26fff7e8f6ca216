/** The tiles of the open image and of its labels, kept loaded for what the camera shows, and drawn. */
import type { Layer } from "@deck.gl/core";
import { remembered } from "../../base/remembered.ts";
import { countOf } from "../../ome/axes.ts";
import { Maxima } from "../../ome/maximum-source.ts";
import type { Image, Multiscale } from "../../ome/multiscale.ts";
import type { CanvasPoint } from "../../scene/camera-moves.ts";
import { failedLayers } from "../../scene/failed-layers.ts";
import { drawnChannels, imageLayers } from "../../scene/image-layers.ts";
import { ImageTiles } from "../../scene/image-tiles.ts";
import { valueAt } from "../../scene/probe.ts";
import type { Rect } from "../../scene/rect.ts";
import { unseenLayers } from "../../scene/spare-layers.ts";
import { type FailedTile, type Tile, tileOfNothing } from "../../scene/tile.ts";
import { middleOfPlane } from "../../scene/tile-grid.ts";
import { Uploads } from "../../scene/uploads.ts";
import { notifyError, withdraw } from "../../state/notices.ts";
import { planesAfter, planesAhead, type Step, stepBetween } from "../../state/playback.ts";
import type { PreviewPart } from "../../state/preview.ts";
import type { Session } from "../../state/session.ts";
import type { Source } from "../../state/source.ts";
import type { ChannelView, View } from "../../state/view.ts";
import type { ChunkSource } from "../../zarr/chunk-source.ts";
import { type PreviewTiles, previewTiles } from "../task/preview-tiles.ts";
import { Histograms } from "./histograms.ts";
import type { LabelScene } from "./label-drawing.ts";
import { LabelPictures, type OpenLabel } from "./label-pictures.ts";
import type { Reading } from "./reading.ts";
import { Windows } from "./windows.ts";

/** What the camera shows. */
export interface Look {
  readonly bounds: Rect;
  readonly worldPerPixel: number;
}

/** What it may show next, and of which plane. */
export type NextLook = Look & Pick<View, "z">;

/** So many chunks that could not be read are told by name; the others are marked and counted where they lie. */
const TOLD_MAX = 3;

/** What those messages are about. */
const ABOUT = "pixels";

const NO_VALUES: Reading["values"] = new Map();
const NO_TILES: readonly Tile[] = [];
const NO_FAILED: readonly FailedTile[] = [];
const NO_PARTS: readonly PreviewPart[] = [];
const NO_PREVIEW: PreviewTiles = { labels: NO_TILES, images: NO_TILES };

function layersOfImage(
  tiles: readonly Tile[],
  failed: readonly FailedTile[],
  channels: readonly ChannelView[],
  idPrefix = "image-",
  underway: readonly Tile[] = NO_TILES,
): readonly Layer[] {
  return [
    ...imageLayers(tiles, { channels, idPrefix }),
    ...imageLayers(underway, { channels, idPrefix, visible: false }),
    ...failedLayers(failed, { idPrefix }),
  ];
}

export class Pictures {
  readonly histograms: Histograms;
  readonly #session: Session;
  readonly #image: Image;
  readonly #onChange: () => void;
  readonly #imageTiles: ImageTiles;
  readonly #maxima: Maxima;
  readonly #uploads = new Uploads();
  readonly #windows: Windows;
  /** Most frames change no tile, and deck.gl has nothing to do for a layer that is the same as before. */
  readonly #imageLayers = remembered(layersOfImage);
  readonly #previewTiles = remembered(previewTiles);
  readonly #previewLayers = remembered(layersOfImage);
  readonly #labels: LabelPictures;
  /** Nothing to be seen: what draws pixels is made ready while the first ones are on their way. */
  readonly #first: Tile;
  readonly #firstLayers = remembered(unseenLayers);
  #isDrawn = false;
  /** Where in the stack and in time it was looked at last, and the step that led there if a hand made one. */
  #at: Pick<View, "z" | "t">;
  #step: Step | undefined;
  /** Failures that were told. */
  readonly #told = new Set<unknown>();

  constructor(session: Session, source: Source, image: Image, onChange: () => void) {
    this.#session = session;
    this.#image = image;
    this.#onChange = onChange;
    this.#first = tileOfNothing(image);
    this.#at = session.view.getState();
    this.#maxima = new Maxima(session.services.findMaximum);
    this.#imageTiles = this.#tiles(image, source.reader);
    this.#labels = new LabelPictures(session, {
      image,
      reader: source.reader,
      onChange,
      tilesOf: (multiscale, chunks) => this.#tiles(multiscale, chunks),
    });
    this.histograms = new Histograms(session, image, (range) => this.#imageTiles.look(range));
    this.#windows = new Windows({
      ...{ session, onChange, histograms: this.histograms },
      planesOf: (channel) => this.#imageTiles.planesOf(channel),
      onError: (error) => this.#tell(error),
    });
  }

  get busy(): boolean {
    return this.#imageTiles.busy || this.#uploads.isBehind || this.#labels.busy;
  }

  /** Whether something of the image is drawn, or nothing more will come. */
  get isSeen(): boolean {
    return this.#isDrawn || !this.busy;
  }

  /** Whether the view shows more of the image than can be drawn at once, so that only its middle is. */
  get isCut(): boolean {
    return this.#imageTiles.isCut;
  }

  /** How many chunks in view could not be read, and labels not be opened. */
  get failed(): number {
    // What a channel's window would be found in is mostly among what is looked at.
    const image = this.#imageTiles.failed.length || this.#windows.failed;
    return image + this.#labels.failed;
  }

  /** Asks again for those, and takes back what was said of them: what fails once more is told once more. */
  retry(): void {
    this.#told.clear();
    withdraw(this.#session.notices, ABOUT);
    this.histograms.forget();
    this.#imageTiles.retry();
    this.#labels.retry();
    this.#onChange();
  }

  /**
   * Asks for what is looked at; what was asked for and is looked at no more is given up.
   * @param leap where the camera may go next
   */
  update(look: Look, leap?: NextLook): void {
    const now = this.#session.view.getState();
    const channels = drawnChannels(now.channels).drawn.map(({ index }) => index);
    const viewOf = ({ z, t }: Pick<View, "z" | "t">, at: Look = look) => {
      return { ...at, z: middleOfPlane(this.#image.levels[0].grid, z), t, channels };
    };
    const view = viewOf(now);
    this.#imageTiles.look(now.maximum);
    this.#imageTiles.update(view);
    this.#windows.find();
    // The image comes first: its labels are asked for when the image is there.
    if (this.#labels.open.length > 0 || !this.#imageTiles.busy)
      this.#labels.update(view, now.maximum);
    const next = this.#next(now).map((at) => viewOf(at));
    // A maximum would read all its planes there.
    if (leap && !now.maximum) next.push(viewOf({ z: leap.z, t: now.t }, leap));
    // What is in view comes first, and what comes next is not given up for it: it would be asked for twice.
    const isTime = now.playing !== undefined || !this.busy;
    for (const pictures of [this.#imageTiles, this.#labels])
      if (isTime) pictures.lookAhead(next);
      else pictures.keepAhead(next);
  }

  /** The planes that come next, of a playback or after a step by hand. */
  #next(now: View): readonly Pick<View, "z" | "t">[] {
    const { z, t, playing, maximum } = now;
    if (z !== this.#at.z || t !== this.#at.t)
      this.#step = playing || maximum ? undefined : stepBetween(this.#at, now);
    this.#at = { z, t };
    if (playing) return planesAhead(now);
    if (!this.#step || maximum) return [];
    const { axes, levels } = this.#image;
    return planesAfter(now, this.#step, countOf(axes, levels[0].array.shape, this.#step.axis));
  }

  /** What is drawn, lowest first. */
  layers(labels: LabelScene): Layer[] {
    const { channels, overlays } = this.#session.view.getState();
    const preview = overlays ? this.#preview() : NO_PREVIEW;
    const { drawn, underway } = this.#uploads.pace(this.#imageTiles.tiles());
    const overlaid = this.#labels.layers(labels, preview.labels, this.#uploads.sentBytes);
    if (this.#uploads.isBehind || this.#labels.isBehind) this.#onChange();
    this.#isDrawn ||= drawn.length > 0;
    return [
      ...(this.#isDrawn ? [] : this.#firstLayers(this.#first, channels, "first-")),
      ...this.#imageLayers(drawn, this.#imageTiles.failed, channels, "image-", underway),
      ...this.#previewLayers(preview.images, NO_FAILED, channels, "preview-"),
      ...overlaid,
    ];
  }

  /** The labels that are drawn, stored or of a run, lowest first; the same list while they are. */
  get openLabels(): readonly OpenLabel[] {
    return this.#labels.open;
  }

  /** The pixels at a world place. */
  read({ x, y }: CanvasPoint): Reading {
    const preview = this.#preview();
    const found = valueAt(preview.images, [x, y]) ?? valueAt(this.#imageTiles.tiles(), [x, y]);
    return {
      level: found?.level,
      values: found?.values ?? NO_VALUES,
      objects: this.#labels.read({ x, y }, preview.labels),
    };
  }

  /** What the preview found, while it is looked at. */
  #preview(): PreviewTiles {
    const { side, parts } = this.#session.preview.getState();
    const { z } = this.#session.view.getState();
    const shown = side === "after" ? parts : NO_PARTS;
    return this.#previewTiles(shown, middleOfPlane(this.#image.levels[0].grid, z));
  }

  close(): void {
    this.#windows.close();
    this.histograms.close();
    this.#imageTiles.close();
    this.#labels.close();
  }

  #tiles(multiscale: Multiscale, source: ChunkSource): ImageTiles {
    const tiles = new ImageTiles(multiscale, source, this.#maxima, () => this.#changed(tiles));
    return tiles;
  }

  #changed({ failed }: { readonly failed: readonly FailedTile[] }): void {
    for (const { fault } of failed) this.#tell(fault);
    this.#onChange();
  }

  #tell(error: unknown): void {
    if (this.#told.has(error) || this.#told.size === TOLD_MAX) return;
    this.#told.add(error);
    notifyError(this.#session.notices, error, `${ABOUT}/${this.#told.size}`);
  }
}
