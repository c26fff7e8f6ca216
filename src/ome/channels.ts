/** Channels: what `omero` says of them, and what is assumed where it says nothing. */
import { type Json, type JsonObject, listAt, numberAt, objectAt, textAt } from "../base/json.ts";
import type { Channel } from "./multiscale.ts";

type Rgb = Channel["color"];

/** Told apart on black by most eyes, also with red-green blindness when overlaid in this order. */
const PALETTE: readonly [Rgb, ...Rgb[]] = [
  [0x30, 0xa5, 0xff],
  [0xff, 0x3d, 0x9a],
  [0xff, 0xd2, 0x3f],
  [0x4d, 0xe0, 0x7a],
  [0xff, 0x7a, 0x33],
  [0xb0, 0x7c, 0xff],
  [0x3d, 0xe8, 0xe0],
  [0xff, 0xff, 0xff],
];
const WHITE: Rgb = [255, 255, 255];

/**
 * One channel per entry of the c axis. `omero.channels` may be missing, shorter or longer: what is missing is
 * filled in, what is too much is left out, and `problems` is told.
 * @param count the length of the c axis, 1 without one.
 */
export function parseChannels(ome: JsonObject, count: number, problems: string[]): Channel[] {
  const stored = listAt(objectAt(ome, "omero"), "channels");
  if (stored.length > 0 && stored.length !== count)
    problems.push(
      `The attribute "omero.channels" describes ${stored.length} channels, and the image has ${count}`,
    );
  return Array.from({ length: count }, (_, index) => parseChannel(stored[index], index, count));
}

function parseChannel(stored: Json | undefined, index: number, count: number): Channel {
  const wavelengthId = textAt(stored, "wavelength_id");
  const given = textAt(stored, "label")?.trim();
  return {
    index,
    label: given || wavelengthId || `channel ${index}`,
    wavelengthId,
    color: parseColor(textAt(stored, "color")) ?? defaultColor(index, count),
    active: objectAt({ stored: stored ?? null }, "stored")?.["active"] !== false,
    window: parseWindow(stored),
  };
}

/** The display range; undefined unless it has both ends and is not empty. */
function parseWindow(stored: Json | undefined): Channel["window"] {
  const window = objectAt(stored, "window");
  const start = numberAt(window, "start");
  const end = numberAt(window, "end");
  return start !== undefined && end !== undefined && start < end ? { start, end } : undefined;
}

/** "00FFFF", "#00ffff", or with two digits of opacity behind. */
function parseColor(text: string | undefined): Rgb | undefined {
  const hex = /^#?([0-9a-f]{6})(?:[0-9a-f]{2})?$/i.exec(text?.trim() ?? "")?.[1];
  if (hex === undefined) return undefined;
  const rgb = Number.parseInt(hex, 16);
  return [rgb >> 16, (rgb >> 8) & 255, rgb & 255];
}

function defaultColor(index: number, count: number): Rgb {
  return count === 1 ? WHITE : (PALETTE[index % PALETTE.length] ?? WHITE);
}

/** The color as `omero` stores it: six hex digits. */
export function hexOf([r, g, b]: Rgb): string {
  return ((r << 16) | (g << 8) | b).toString(16).padStart(6, "0").toUpperCase();
}
