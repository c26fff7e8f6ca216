/** The slices of the open image and of its labels that a side pane shows: kept loaded, drawn, and read. */
import type { Layer } from "@deck.gl/core";
import { remembered } from "../../base/remembered.ts";
import type { Pane } from "../../editor/pane.ts";
import type { Image } from "../../ome/multiscale.ts";
import type { CanvasPoint } from "../../scene/camera-moves.ts";
import { drawnChannels, imageLayers } from "../../scene/image-layers.ts";
import { stretchedRect } from "../../scene/pane-view.ts";
import { valueAt } from "../../scene/probe.ts";
import type { SliceView } from "../../scene/slice-place.ts";
import { SliceSet } from "../../scene/slice-set.ts";
import type { Tile } from "../../scene/tile.ts";
import type { View } from "../../state/view.ts";
import type { ChunkSource } from "../../zarr/chunk-source.ts";
import {
  type LabelScene,
  labelLayersOf,
  litIn,
  type OpenLabel,
  objectsAt,
} from "./label-pictures.ts";
import type { Reading } from "./reading.ts";

const NONE: Reading["values"] = new Map();

export class SidePictures {
  readonly #idPrefix: string;
  readonly #image: SliceSet;
  readonly #onChange: () => void;
  readonly #labels = new Map<OpenLabel, LabelSlice>();
  readonly #imageLayers = remembered(layersOfImage);

  constructor(idPrefix: string, image: Image, reader: ChunkSource, onChange: () => void) {
    this.#idPrefix = idPrefix;
    this.#image = new SliceSet(image, reader, onChange);
    this.#onChange = onChange;
  }

  get busy(): boolean {
    return this.#image.busy || [...this.#labels.values()].some(({ slice }) => slice.busy);
  }

  /** Asks for what is looked at. */
  update(look: Omit<SliceView, "t" | "channels">, view: View, labels: readonly OpenLabel[]): void {
    const { drawn } = drawnChannels(view.channels);
    const { t } = view;
    this.#image.update({ ...look, t, channels: drawn.map(({ index }) => index) });
    for (const [label, { slice }] of this.#labels) {
      if (labels.includes(label)) continue;
      slice.close();
      this.#labels.delete(label);
    }
    for (const label of labels) {
      const slice = this.#labels.get(label)?.slice ?? this.#openSlice(label);
      slice.update({ ...look, t, channels: [0] });
    }
  }

  /** What is drawn, lowest first. */
  layers({ across, stretch }: Pane, view: View, labels: LabelScene): Layer[] {
    const { channels, labelViews, overlays } = view;
    const id = this.#idPrefix;
    const slices = new Map(
      [...this.#labels].map(([{ name, given }, slice]) => [name, { ...slice, given }]),
    );
    return [
      ...this.#imageLayers(this.#image.tile, across, stretch, channels, id),
      ...(overlays ? labelViews : []).flatMap((label) => {
        const { name } = label;
        const { slice, tiles, layers, given } = slices.get(name) ?? {};
        if (!tiles || !layers) return [];
        const lit = [litIn(name, labels.hovered), litIn(name, labels.selected)] as const;
        const shown = tiles(slice?.tile, across, stretch);
        return layers(shown, label, labels.paint(label) ?? given, ...lit, `${id}label-${name}`);
      }),
    ];
  }

  /** The pixels at a point of the pane; none while they are on their way. */
  read({ x, y }: CanvasPoint): Reading {
    const found = valueAt(settled(this.#image), [x, y]);
    const labels = [...this.#labels].map(([{ name }, { slice }]) => {
      return { name, tiles: settled(slice) };
    });
    const objects = objectsAt(labels, { x, y });
    return { level: found?.level, values: found?.values ?? NONE, objects };
  }

  close(): void {
    this.#image.close();
    for (const { slice } of this.#labels.values()) slice.close();
  }

  #openSlice(label: OpenLabel): SliceSet {
    const slice = new SliceSet(label.multiscale, label.source, this.#onChange);
    this.#labels.set(label, { slice, tiles: remembered(placedOrNone), layers: labelLayersOf() });
    return slice;
  }
}

/** The slice of a label, where it is drawn, and its layers; the same ones until something has changed. */
interface LabelSlice {
  readonly slice: SliceSet;
  readonly tiles: typeof placedOrNone;
  readonly layers: ReturnType<typeof labelLayersOf>;
}

function placedOrNone(
  tile: Tile | undefined,
  across: Pane["across"],
  stretch: number,
): readonly Tile[] {
  return tile ? placed(tile, across, stretch) : [];
}

function settled(slice: SliceSet): readonly Tile[] {
  return slice.tile && !slice.busy ? [slice.tile] : [];
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
