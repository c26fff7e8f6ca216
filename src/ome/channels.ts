/** Channels: what `omero` says of them, and what is assumed where it says nothing. */
import { counted } from "../base/counted.ts";
import { type Json, type JsonObject, listAt, numberAt, objectAt, textAt } from "../base/json.ts";
import type { NumberType } from "../zarr/array.ts";
import type { Channel } from "./multiscale.ts";
import { type RgbPart, rgbParts } from "./rgb.ts";
import { isWholeRange } from "./whole-range.ts";

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

/** The most channels drawn at once: the most that Viv's layer adds up (its MAX_CHANNELS). */
export const CHANNELS_MAX = 10;

/** The channels, with those hidden that would be shown beside more than can be. */
export function withFewVisible<C extends { readonly visible: boolean }>(
  channels: readonly C[],
): readonly C[] {
  const late = new Set(channels.filter(({ visible }) => visible).slice(CHANNELS_MAX));
  return channels.map((channel) => (late.has(channel) ? { ...channel, visible: false } : channel));
}

/**
 * One channel per entry of the c axis. `omero.channels` may be missing, shorter or longer: what is missing is
 * filled in, what is too much is left out, and `problems` is told.
 * @param array the length of the c axis, 1 without one; and what its numbers are
 */
export function parseChannels(
  ome: JsonObject,
  { count, dtype }: { readonly count: number; readonly dtype: NumberType },
  problems: string[],
): Channel[] {
  const stored = listAt(objectAt(ome, "omero"), "channels");
  if (stored.length > 0 && stored.length !== count)
    problems.push(
      `The attribute "omero.channels" describes ${counted(stored.length, "channel")}, and the image has ${count}`,
    );
  const parts = Array.from({ length: count }, (_, index) => partsOf(stored[index], dtype));
  const rgb = rgbParts(parts, dtype);
  return parts.map((part, index) => channelOf(part, { index, count, rgb: rgb?.[index] }));
}

/** What is stored of a channel. */
function partsOf(stored: Json | undefined, dtype: NumberType) {
  const wavelengthId = textAt(stored, "wavelength_id");
  return {
    label: textAt(stored, "label")?.trim() || wavelengthId || undefined,
    wavelengthId,
    color: parseColor(textAt(stored, "color")),
    active: objectAt({ stored: stored ?? null }, "stored")?.["active"],
    window: parseWindow(stored, dtype),
  };
}

/** With what is assumed where nothing is stored. */
function channelOf(
  { label, wavelengthId, color, active, window }: ReturnType<typeof partsOf>,
  {
    index,
    count,
    rgb,
  }: { readonly index: number; readonly count: number; readonly rgb: RgbPart | undefined },
): Channel {
  return {
    index,
    label: label ?? rgb?.label ?? `channel ${index}`,
    wavelengthId,
    color: color ?? rgb?.color ?? defaultColor(index, count),
    active: active === undefined ? (rgb?.active ?? true) : active !== false,
    window: window ?? rgb?.window,
  };
}

/** The display range; undefined unless it has both ends and is not empty, and where it is one that stands for none. */
function parseWindow(stored: Json | undefined, dtype: NumberType): Channel["window"] {
  const window = objectAt(stored, "window");
  const start = numberAt(window, "start");
  const end = numberAt(window, "end");
  if (start === undefined || end === undefined || start >= end) return undefined;
  return isWholeRange({ start, end }, dtype) ? undefined : { start, end };
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
