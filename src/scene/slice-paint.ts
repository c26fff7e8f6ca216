/** A slice as a picture that stands in space: its channels painted into pixels, its corners where they belong. */
import type { Steps } from "../base/steps.ts";
import type { Pane } from "../editor/pane.ts";
import type { Pixels } from "../zarr/array.ts";
import { colorsOfLight, lightOf } from "./channel-light.ts";
import type { ChannelLook } from "./image-layers.ts";
import { lutOf } from "./luts.ts";
import type { Rect } from "./rect.ts";
import type { Tile } from "./tile.ts";

/** How many pixels are painted at a time. */
const PIXELS = 1 << 16;

/**
 * Adds up the channels in their colours and windows: RGBA, the first row first.
 *
 * @param unread left, top, right and bottom pixel, half-open: nothing is known of these, and they are left clear
 */
export function* paintSlice(
  { planes, width, height }: Pick<Tile, "planes" | "width" | "height">,
  channels: readonly ChannelLook[],
  unread: readonly Rect[] = [],
): Steps<Uint8ClampedArray<ArrayBuffer>> {
  const painted = new Uint8ClampedArray(4 * width * height);
  for (let i = 3; i < painted.length; i += 4) painted[i] = 255;
  for (const rect of unread) clear(painted, width, rect);
  for (const { index, visible, color, window, lut, gamma } of channels) {
    const pixels = visible ? planes.get(index)?.data : undefined;
    if (pixels === undefined || window === undefined) continue;
    const colors = colorsOfLight({ color, ramp: lutOf(lut) });
    const light = (value: number): number => lightOf(value, window, gamma);
    for (let from = 0; from < pixels.length; from += PIXELS) {
      addLight(painted, from, pixels.subarray(from, from + PIXELS), light, colors);
      yield;
    }
  }
  return painted;
}

/** Adds the light of pixels, in its colours, to RGBA from a pixel on. */
function addLight(
  rgba: Uint8ClampedArray,
  from: number,
  pixels: Pixels,
  lightOfValue: (value: number) => number,
  colors: Float32Array,
): void {
  for (let i = 0, at = 4 * from; i < pixels.length; i++, at += 4) {
    const step = 3 * Math.round(255 * lightOfValue(Number(pixels[i])));
    for (let c = 0; c < 3; c++) rgba[at + c] = (rgba[at + c] ?? 0) + (colors[step + c] ?? 0);
  }
}

function clear(rgba: Uint8ClampedArray, width: number, [left, top, right, bottom]: Rect): void {
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) rgba[4 * (y * width + x) + 3] = 0;
}

type Corner = [x: number, y: number, z: number];

/**
 * The slice's corners, as deck.gl's BitmapLayer wants them: the last row's start, the first row's, and on round.
 * @param at where it is along the axis looked along, and `bounds` along those of the pane; world units
 */
export function sliceCorners(
  { across, down, through }: Pane,
  at: number,
  [minX, minY, maxX, maxY]: Rect,
): [Corner, Corner, Corner, Corner] {
  const corner = (x: number, y: number): Corner => {
    const place: [number, number, number] = [0, 0, 0];
    place[through] = at;
    place[across] = x;
    place[down] = y;
    return [place[2], place[1], place[0]];
  };
  return [corner(minX, maxY), corner(minX, minY), corner(maxX, minY), corner(maxX, maxY)];
}
