/** A slice as a picture that stands in space: its channels painted into pixels, its corners where they belong. */
import type { Pane } from "../editor/pane.ts";
import { colorsOfLight, lightOf } from "./channel-light.ts";
import type { ChannelLook } from "./image-layers.ts";
import { lutOf } from "./luts.ts";
import type { Rect } from "./rect.ts";
import type { Tile } from "./tile.ts";

/** Adds up the channels in their colours and windows: RGBA, the first row first. */
export function paintSlice(
  { planes, width, height }: Pick<Tile, "planes" | "width" | "height">,
  channels: readonly ChannelLook[],
): Uint8ClampedArray<ArrayBuffer> {
  const painted = new Uint8ClampedArray(4 * width * height);
  for (let i = 3; i < painted.length; i += 4) painted[i] = 255;
  for (const { index, visible, color, window, lut, gamma } of channels) {
    const pixels = visible ? planes.get(index)?.data : undefined;
    if (pixels === undefined || window === undefined) continue;
    const colors = colorsOfLight({ color, ramp: lutOf(lut) });
    for (let i = 0; i < pixels.length; i++) {
      const step = 3 * Math.round(255 * lightOf(Number(pixels[i]), window, gamma));
      for (let c = 0; c < 3; c++)
        painted[4 * i + c] = (painted[4 * i + c] ?? 0) + (colors[step + c] ?? 0);
    }
  }
  return painted;
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
