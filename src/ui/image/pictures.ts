/** The tiles of the open image and of its label, kept loaded for what the camera shows, and drawn. */
import type { Layer } from "@deck.gl/core";
import { remembered } from "../../base/remembered.ts";
import { openLabel } from "../../ome/labels.ts";
import type { Image, Multiscale } from "../../ome/multiscale.ts";
import type { CanvasPoint } from "../../scene/camera-moves.ts";
import { failedLayers } from "../../scene/failed-layers.ts";
import { drawnChannels, imageLayers } from "../../scene/image-layers.ts";
import { labelLayers } from "../../scene/label-layer.ts";
import { PlanesAhead } from "../../scene/planes-ahead.ts";
import { idAt, valueAt } from "../../scene/probe.ts";
import type { Rect } from "../../scene/rect.ts";
import type { FailedTile, Tile } from "../../scene/tile.ts";
import { middleOfPlane } from "../../scene/tile-grid.ts";
import { TileSet } from "../../scene/tile-set.ts";
import { Uploads } from "../../scene/uploads.ts";
import { notifyError } from "../../state/notices.ts";
import { planesAhead } from "../../state/playback.ts";
import type { PreviewPart } from "../../state/preview.ts";
import type { Session } from "../../state/session.ts";
import type { Source } from "../../state/source.ts";
import { type ChannelView, changeChannel } from "../../state/view.ts";
import type { ChunkSource } from "../../zarr/chunk-source.ts";
import { type PreviewTiles, previewTiles } from "../task/preview-tiles.ts";
import { Histograms } from "./histograms.ts";
import type { Reading } from "./reading.ts";

/** What the camera shows. */
export interface Look {
  readonly bounds: Rect;
  readonly worldPerPixel: number;
}

/** A label and where its pixels come from: the store, or the run that makes it. */
interface Choice {
  readonly name: string;
  readonly source: ChunkSource;
}

/** The label that is drawn. */
export interface OpenLabel extends Choice {
  readonly multiscale: Multiscale;
}

const NO_VALUES: ReadonlyMap<number, number> = new Map();
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

function layersOfLabel(
  name: string | undefined,
  tiles: readonly Tile[],
  opacity: number,
  outline: boolean,
  hoveredId: number | undefined,
): readonly Layer[] {
  const idPrefix = `label-${name}-`;
  return labelLayers(tiles, { opacity, outline, hoveredId, selectedId: undefined, idPrefix });
}

export class Pictures {
  readonly histograms: Histograms;
  readonly #session: Session;
  readonly #image: Image;
  readonly #reader: ChunkSource;
  readonly #onChange: () => void;
  readonly #imageTiles: TileSet;
  readonly #ahead: PlanesAhead;
  readonly #uploads = new Uploads();
  /** Histograms that a window is taken from. */
  readonly #awaited = new WeakSet<object>();
  readonly #closing = new AbortController();
  /** Most frames change no tile, and deck.gl has nothing to do for a layer that is the same as before. */
  readonly #imageLayers = remembered(layersOfImage);
  readonly #labelLayers = remembered(layersOfLabel);
  readonly #previewTiles = remembered(previewTiles);
  readonly #previewLayers = remembered(layersOfImage);
  #label: (OpenLabel & { readonly tiles: TileSet }) | undefined;
  #opening: Choice | undefined;
  /** Chunks whose failure was told. */
  readonly #told = new Set<FailedTile>();

  constructor(session: Session, source: Source, image: Image, onChange: () => void) {
    this.#session = session;
    this.#image = image;
    this.#reader = source.reader;
    this.histograms = new Histograms(session, source, image);
    this.#onChange = onChange;
    this.#imageTiles = this.#tiles(image, source.reader);
    this.#ahead = new PlanesAhead(image, source.reader);
  }

  get busy(): boolean {
    return (
      this.#imageTiles.busy ||
      this.#uploads.isBehind ||
      (this.#label?.tiles.busy ?? false) ||
      this.#opening !== undefined
    );
  }

  /** How many chunks in view could not be read. */
  get failed(): number {
    return this.#imageTiles.failed.length + (this.#label?.tiles.failed.length ?? 0);
  }

  /** Asks again for those. */
  retry(): void {
    this.#imageTiles.retry();
    this.#label?.tiles.retry();
  }

  /** Asks for what is looked at; what was asked for and is looked at no more is given up. */
  update(look: Look): void {
    const { channels, z, t } = this.#session.view.getState();
    const view = { ...look, z: middleOfPlane(this.#image.levels[0].grid, z), t };
    const { drawn } = drawnChannels(channels);
    this.#imageTiles.update({ ...view, channels: drawn.map(({ index }) => index) });
    this.#ahead.update(
      planesAhead(this.#session.view.getState()).map((next) => ({
        ...look,
        z: middleOfPlane(this.#image.levels[0].grid, next.z),
        t: next.t,
        channels: drawn.map(({ index }) => index),
      })),
    );
    this.#findWindows();
    // The image comes first: its label is asked for when the image is there.
    if (this.#label || !this.#imageTiles.busy) this.#chooseLabel();
    this.#label?.tiles.update({ ...view, channels: [0] });
  }

  /** What is drawn, lowest first. */
  layers(hoveredLabel: number | undefined): Layer[] {
    const { channels, labelOpacity, labelOutline, overlays } = this.#session.view.getState();
    const preview = overlays ? this.#preview() : NO_PREVIEW;
    const label = overlays ? this.#shownLabel(preview) : undefined;
    const { drawn, underway } = this.#uploads.pace(this.#imageTiles.tiles());
    if (this.#uploads.isBehind) this.#onChange();
    return [
      ...this.#imageLayers(drawn, this.#imageTiles.failed, channels, "image-", underway),
      ...this.#previewLayers(preview.images, NO_FAILED, channels, "preview-"),
      ...this.#labelLayers(
        label?.name,
        label?.tiles ?? NO_TILES,
        labelOpacity,
        labelOutline,
        hoveredLabel,
      ),
    ];
  }

  /** The stored label that is drawn, or the one of a run; the same object while it is. */
  get openLabel(): OpenLabel | undefined {
    return this.#label;
  }

  /** The pixels at a world place. */
  read({ x, y }: CanvasPoint): Reading {
    const preview = this.#preview();
    const found = valueAt(preview.images, [x, y]) ?? valueAt(this.#imageTiles.tiles(), [x, y]);
    const label = this.#shownLabel(preview);
    return {
      level: found?.level,
      values: found?.values ?? NO_VALUES,
      label: label && idAt(label.tiles, [x, y]),
    };
  }

  /** What the preview found, while it is looked at. */
  #preview(): PreviewTiles {
    const { side, parts } = this.#session.preview.getState();
    const { z } = this.#session.view.getState();
    const shown = side === "after" ? parts : NO_PARTS;
    return this.#previewTiles(shown, middleOfPlane(this.#image.levels[0].grid, z));
  }

  /** The previewed label, which takes the stored one's place, or that. */
  #shownLabel({
    labels,
  }: PreviewTiles): { readonly name: string; readonly tiles: readonly Tile[] } | undefined {
    if (labels.length > 0) return { name: "of the preview", tiles: labels };
    return this.#label && { name: this.#label.name, tiles: this.#label.tiles.tiles() };
  }

  close(): void {
    this.#closing.abort();
    this.histograms.close();
    this.#imageTiles.close();
    this.#ahead.close();
    this.#label?.tiles.close();
  }

  #tiles(multiscale: Multiscale, source: ChunkSource): TileSet {
    const tiles = new TileSet({ multiscale, source });
    tiles.subscribe(() => {
      for (const failed of tiles.failed) this.#tell(failed);
      this.#onChange();
    });
    return tiles;
  }

  #tell(failed: FailedTile): void {
    if (this.#told.has(failed)) return;
    this.#told.add(failed);
    notifyError(this.#session.notices, failed.fault);
  }

  /** A channel whose file says nothing of its range gets one as soon as its pixels are there. */
  #findWindows(): void {
    for (const { index, window, visible } of this.#session.view.getState().channels) {
      if (!visible || window !== undefined) continue;
      const counted = this.histograms.of(index);
      if (this.#awaited.has(counted)) continue;
      this.#awaited.add(counted);
      void counted.then(
        (found) => {
          const { channels } = this.#session.view.getState();
          const isOpen = !this.#closing.signal.aborted;
          if (isOpen && found && channels[index]?.window === undefined)
            changeChannel(this.#session.view, index, { window: found.window });
        },
        (error: unknown) => {
          if (!this.#closing.signal.aborted) notifyError(this.#session.notices, error);
        },
      );
    }
  }

  /** Opens the label that is chosen, live while a run fills it; the one before stays until it is there. */
  #chooseLabel(): void {
    const { label: name } = this.#session.view.getState();
    const { live } = this.#session.run.getState();
    const isLive = live !== undefined && live.name === name;
    const source = isLive ? live.chunks : this.#reader;
    if (name === undefined) {
      this.#label?.tiles.close();
      this.#label = undefined;
      this.#opening = undefined;
      return;
    }
    const has = (one: Choice | undefined): boolean => one?.name === name && one.source === source;
    if (has(this.#label) || has(this.#opening)) return;
    if (isLive) {
      this.#show(name, source, live.multiscale);
      return;
    }
    const opening = { name, source };
    this.#opening = opening;
    openLabel(this.#image, name, { signal: this.#closing.signal }).then(
      (multiscale) => {
        if (this.#opening !== opening) return;
        this.#show(name, source, multiscale);
        this.#onChange();
      },
      (error: unknown) => {
        if (this.#opening !== opening) return;
        this.#opening = undefined;
        notifyError(this.#session.notices, error);
        this.#session.view.setState({ label: undefined });
      },
    );
  }

  #show(name: string, source: ChunkSource, multiscale: Multiscale): void {
    this.#label?.tiles.close();
    this.#opening = undefined;
    this.#label = { name, source, multiscale, tiles: this.#tiles(multiscale, source) };
  }
}
