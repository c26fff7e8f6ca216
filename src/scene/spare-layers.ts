/** Layers of which nothing is seen: each makes a program for the GPU ready before a hand comes to need it, and would wait for it. */
import type { Layer } from "@deck.gl/core";
import { TextLayer } from "@deck.gl/layers";
import { CHANNELS_MAX } from "../ome/channels.ts";
import { type ChannelLook, drawnChannels, imageLayers, isPlain } from "./image-layers.ts";
import { NAME_LOOK } from "./name-look.ts";
import { DENSITY_PARAMETERS, RoiDensityLayer } from "./roi-density-layer.ts";
import type { Tile } from "./tile.ts";

/** A program that may be needed next. */
export interface Spare {
  /** Tells programs of one image apart. */
  readonly key: string;
  readonly layers: () => readonly Layer[];
}

/** The program that channels are drawn with: one per number of them, plain or with gamma and lookup tables. */
export function programOf(channels: readonly ChannelLook[]): string {
  const { drawn } = drawnChannels(channels);
  return `${drawn.length} ${drawn.every(isPlain) ? "plain" : "ramps"}`;
}

/**
 * What a press may change in an image: one channel less, one more, one alone, and another gamma.
 *
 * @param nothing a tile of no size with every channel
 */
export function spareChannels(nothing: Tile, channels: readonly ChannelLook[]): readonly Spare[] {
  const { drawn } = drawnChannels(channels);
  const hidden = channels.filter(({ visible }) => !visible).slice(0, 1);
  const more = [...drawn, ...hidden.map((one) => ({ ...one, visible: true }))];
  const bent = drawn.map((one) => ({ ...one, gamma: 2 }));
  const looks = [drawn.slice(1), more.slice(0, CHANNELS_MAX), drawn.slice(0, 1), bent];
  return looks
    .filter(({ length }) => length > 0)
    .map((look) => {
      const key = programOf(look);
      return { key, layers: () => unseenLayers(nothing, look, `spare ${key}`) };
    });
}

/** Draws nothing, with the program that draws these channels. @param nothing a tile of no size with every channel */
export function unseenLayers(
  nothing: Tile,
  channels: readonly ChannelLook[],
  idPrefix: string,
): readonly Layer[] {
  // What has no window yet would be left out.
  const seen = channels.map(({ window = [0, 1], ...rest }) => ({ ...rest, window }));
  return imageLayers([nothing], { channels: seen, idPrefix });
}

/** What ROIs that are too small to be told apart are drawn with. */
const density: Spare = {
  key: "density",
  layers: () => [
    new RoiDensityLayer({
      id: "spare density",
      tiles: [],
      parameters: DENSITY_PARAMETERS,
      visible: false,
    }),
  ],
};

/** What names of ROIs are written with. */
const names: Spare = {
  key: "names",
  layers: () => [
    new TextLayer({
      id: "spare names",
      data: [" "],
      getText: (text: string) => text,
      getPosition: () => [0, 0],
      ...NAME_LOOK,
      visible: false,
    }),
  ],
};

/** What zooming in or out may come to need where there are ROIs. */
export const SPARE_ROIS: readonly Spare[] = [names, density];
