/** The slices of the open image and of its label that a side pane shows: kept loaded, drawn, and read. */
import type { Layer } from "@deck.gl/core";
import { remembered } from "../../base/remembered.ts";
import type { Pane } from "../../editor/pane.ts";
import type { Image } from "../../ome/multiscale.ts";
import type { CanvasPoint } from "../../scene/camera-moves.ts";
import { drawnChannels, imageLayers } from "../../scene/image-layers.ts";
import { labelLayers } from "../../scene/label-layer.ts";
import { stretchedRect } from "../../scene/pane-view.ts";
import { idAt, valueAt } from "../../scene/probe.ts";
import type { SliceView } from "../../scene/slice-place.ts";
import { SliceSet } from "../../scene/slice-set.ts";
import type { Tile } from "../../scene/tile.ts";
import type { View } from "../../state/view.ts";
import type { ChunkSource } from "../../zarr/chunk-source.ts";
import type { OpenLabel } from "./pictures.ts";
import type { Reading } from "./reading.ts";

const NONE: ReadonlyMap<number, number> = new Map();

export class SidePictures {
  readonly #idPrefix: string;
  readonly #image: SliceSet;
  readonly #onChange: () => void;
  #label: { readonly of: OpenLabel; readonly slice: SliceSet } | undefined;
  readonly #imageLayers = remembered(layersOfImage);
  readonly #labelLayers = remembered(layersOfLabel);

  constructor(idPrefix: string, image: Image, reader: ChunkSource, onChange: () => void) {
    this.#idPrefix = idPrefix;
    this.#image = new SliceSet(image, reader, onChange);
    this.#onChange = onChange;
  }

  get busy(): boolean {
    return this.#image.busy || (this.#label?.slice.busy ?? false);
  }

  /** Asks for what is looked at. */
  update(look: Omit<SliceView, "t" | "channels">, view: View, label: OpenLabel | undefined): void {
    const { drawn } = drawnChannels(view.channels);
    const { t } = view;
    this.#image.update({ ...look, t, channels: drawn.map(({ index }) => index) });
    if (this.#label?.of !== label) {
      this.#label?.slice.close();
      this.#label = label && {
        of: label,
        slice: new SliceSet(label.multiscale, label.source, this.#onChange),
      };
    }
    this.#label?.slice.update({ ...look, t, channels: [0] });
  }

  /** What is drawn, lowest first. */
  layers({ across, stretch }: Pane, view: View, hoveredLabel: number | undefined): Layer[] {
    const label = view.overlays ? this.#label?.slice.tile : undefined;
    const { channels, labelOpacity: opacity, labelOutline: outline } = view;
    const id = this.#idPrefix;
    return [
      ...this.#imageLayers(this.#image.tile, across, stretch, channels, id),
      ...this.#labelLayers(label, across, stretch, opacity, outline, hoveredLabel, id),
    ];
  }

  /** The pixels at a point of the pane; none while they are on their way. */
  read({ x, y }: CanvasPoint): Reading {
    const [tile, label] = [settled(this.#image), settled(this.#label?.slice)];
    const found = valueAt(tile, [x, y]);
    return { level: found?.level, values: found?.values ?? NONE, label: idAt(label, [x, y]) };
  }

  close(): void {
    this.#image.close();
    this.#label?.slice.close();
  }
}

function settled(slice: SliceSet | undefined): readonly Tile[] {
  return slice?.tile && !slice.busy ? [slice.tile] : [];
}

/** A tile where the pane draws it. */
function placed(tile: Tile, across: Pane["across"], stretch: number): readonly Tile[] {
  return [{ ...tile, bounds: stretchedRect(tile.bounds, { across, stretch }) }];
}

function layersOfImage(
  tile: Tile | undefined,
  across: Pane["across"],
  stretch: number,
  channels: View["channels"],
  idPrefix: string,
): readonly Layer[] {
  return tile ? imageLayers(placed(tile, across, stretch), { channels, idPrefix }) : [];
}

function layersOfLabel(
  tile: Tile | undefined,
  across: Pane["across"],
  stretch: number,
  opacity: number,
  outline: boolean,
  hoveredId: number | undefined,
  idPrefix: string,
): readonly Layer[] {
  if (!tile) return [];
  const look = { opacity, outline, hoveredId, selectedId: undefined };
  return labelLayers(placed(tile, across, stretch), { ...look, idPrefix: `${idPrefix}label-` });
}
