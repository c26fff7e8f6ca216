/** The slices of the open image and of its labels that a side pane shows: kept loaded, drawn, and read. */
import type { Layer } from "@deck.gl/core";
import { remembered } from "../../base/remembered.ts";
import type { Pane } from "../../editor/pane.ts";
import type { Image } from "../../ome/multiscale.ts";
import type { CanvasPoint } from "../../scene/camera-moves.ts";
import { failedLayers } from "../../scene/failed-layers.ts";
import { drawnChannels, imageLayers } from "../../scene/image-layers.ts";
import { stretchedRect } from "../../scene/pane-view.ts";
import { valueAt } from "../../scene/probe.ts";
import type { SliceView } from "../../scene/slice-place.ts";
import { SliceSet } from "../../scene/slice-set.ts";
import type { FailedTile, Tile } from "../../scene/tile.ts";
import type { View } from "../../state/view.ts";
import type { ChunkSource } from "../../zarr/chunk-source.ts";
import { type LabelScene, labelLayersOf, litIn, objectsAt } from "./label-drawing.ts";
import type { OpenLabel } from "./label-pictures.ts";
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
    return this.#slices.some(({ busy }) => busy);
  }

  /** How many chunks in view could not be read. */
  get failed(): number {
    return this.#slices.reduce((sum, { failed }) => sum + failed.length, 0);
  }

  /** Asks again for those. */
  retry(): void {
    for (const slice of this.#slices) slice.retry();
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
      ...this.#imageLayers(this.#image.tile, this.#image.failed, across, stretch, channels, id),
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

  /** The pixels at a point of the pane; none while they are on their way, or where they could not be read. */
  read(at: CanvasPoint): Reading {
    const found = valueAt(settled(this.#image, at), [at.x, at.y]);
    const labels = [...this.#labels].map(([{ name }, { slice }]) => {
      return { name, tiles: settled(slice, at) };
    });
    const objects = objectsAt(labels, at);
    return { level: found?.level, values: found?.values ?? NONE, objects };
  }

  close(): void {
    for (const slice of this.#slices) slice.close();
  }

  get #slices(): readonly SliceSet[] {
    return [this.#image, ...[...this.#labels.values()].map(({ slice }) => slice)];
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
  return tile ? [placed(tile, across, stretch)] : [];
}

function settled({ tile, busy, failed }: SliceSet, { x, y }: CanvasPoint): readonly Tile[] {
  const isUnread = failed.some(
    ({ bounds: [x0, y0, x1, y1] }) => x >= x0 && x < x1 && y >= y0 && y < y1,
  );
  return tile && !busy && !isUnread ? [tile] : [];
}

/** A tile where the pane draws it. */
function placed<T extends Tile | FailedTile>(tile: T, across: Pane["across"], stretch: number): T {
  return { ...tile, bounds: stretchedRect(tile.bounds, { across, stretch }) };
}

function layersOfImage(
  tile: Tile | undefined,
  failed: readonly FailedTile[],
  across: Pane["across"],
  stretch: number,
  channels: View["channels"],
  idPrefix: string,
): readonly Layer[] {
  if (!tile) return [];
  const unread = failed.map((one) => placed(one, across, stretch));
  return [
    ...imageLayers([placed(tile, across, stretch)], { channels, idPrefix }),
    ...failedLayers(unread, { idPrefix }),
  ];
}
