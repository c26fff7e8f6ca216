/** Layers that draw the channels of an image, tile by tile, each in its colour and window. */
import type { Layer } from "@deck.gl/core";
import { ColorPaletteExtension } from "@hms-dbmi/viv";
import { CHANNELS_MAX } from "../ome/channels.ts";
import { ChannelsLayer, vivType } from "./channels-layer.ts";
import { lutOf } from "./luts.ts";
import { RampsExtension } from "./ramps-extension.ts";
import type { PacedTile } from "./uploads.ts";
import { WindowExtension } from "./window-extension.ts";

/** How a channel is drawn. */
export interface ChannelLook {
  readonly index: number;
  /** 24-bit RGB. */
  readonly color: readonly [r: number, g: number, b: number];
  readonly visible: boolean;
  /** Values drawn black and full; while undefined, the channel is fetched and not drawn. */
  readonly window: readonly [start: number, end: number] | undefined;
  /** The name of the lookup table drawn with in place of the colour. */
  readonly lut?: string | undefined;
  /** Light is (place in the window) ^ gamma; 1 unless said otherwise. */
  readonly gamma?: number | undefined;
}

/** The visible channels that are drawn, and those left out because there are too many; ask for no others. */
export function drawnChannels<C extends Pick<ChannelLook, "visible">>(
  channels: readonly C[],
): { readonly drawn: readonly C[]; readonly leftOut: readonly C[] } {
  const visible = channels.filter((channel) => channel.visible);
  return { drawn: visible.slice(0, CHANNELS_MAX), leftOut: visible.slice(CHANNELS_MAX) };
}

const contrast = new WindowExtension();
const palette = [contrast, new ColorPaletteExtension()];
const ramps = [contrast, new RampsExtension()];

/** Adds no light, whatever the pixels are. */
const UNSEEN = { color: [0, 0, 0], gamma: 1, ramp: undefined } as const;

export interface ImageLook {
  readonly channels: readonly ChannelLook[];
  readonly idPrefix: string;
  /** Whether the tiles are drawn, or only kept on the GPU until they are whole. */
  readonly visible?: boolean;
}

/**
 * One layer per tile, lowest first. Colour and window are uniforms; pixels are uploaded only where a tile's
 * planes are new. At most ten channels are added up.
 */
export function imageLayers(
  tiles: readonly PacedTile[],
  { channels, idPrefix, visible = true }: ImageLook,
): Layer[] {
  const { drawn } = drawnChannels(channels);
  return tiles.flatMap((tile) => tileLayer(tile, drawn, `${idPrefix}${tile.key}`, visible) ?? []);
}

function tileLayer(
  tile: PacedTile,
  channels: readonly ChannelLook[],
  id: string,
  visible: boolean,
): Layer | undefined {
  const drawing = drawingOf(tile, channels);
  return drawing && new ChannelsLayer({ id, ...drawing, visible });
}

/** Whether a channel is drawn in shades of its colour, for which a simpler program does. */
export function isPlain({ lut, gamma = 1 }: Pick<ChannelLook, "lut" | "gamma">): boolean {
  return lutOf(lut) === undefined && gamma === 1;
}

/**
 * What a `ChannelsLayer` needs to draw planes at a place; undefined while there is nothing to be seen. A channel whose
 * plane or window is not there yet is in it and not seen: another number of channels would be another program for the
 * GPU, and making one keeps a hand waiting.
 */
export function drawingOf(
  { planes, bounds, rows }: Pick<PacedTile, "planes" | "bounds" | "rows">,
  channels: readonly ChannelLook[],
) {
  const looks = channels.map(({ index, color, window, lut, gamma = 1 }) => {
    const plane = window && planes.get(index);
    return { plane, color, window, gamma, ramp: lutOf(lut) };
  });
  const first = looks.find(({ plane }) => plane !== undefined)?.plane;
  if (first === undefined) return undefined;
  const shown = looks.map((look) => (look.plane ? look : { ...look, ...UNSEEN }));
  const [minX, minY, maxX, maxY] = bounds;
  return {
    // Viv's order is left, bottom, right, top, with the first row of pixels at the top.
    bounds: [minX, maxY, maxX, minY],
    channelData: { data: shown.map(({ plane = first }) => plane), rows },
    selections: shown.map(() => ({})),
    channelsVisible: shown.map(({ plane }) => plane !== undefined),
    colors: shown.map(({ color }) => color),
    contrastLimits: shown.map(({ window }) => window ?? [0, 1]),
    dtype: vivType(first.data),
    ...(channels.every(isPlain) ? { extensions: palette } : { extensions: ramps, looks: shown }),
    interpolation: "nearest",
    pickable: false,
  };
}
