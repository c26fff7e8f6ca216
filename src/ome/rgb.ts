/** Images of one picture in colour: three channels of bytes that are its red, green and blue parts. */
import type { NumberType } from "../zarr/array.ts";
import type { Channel } from "./multiscale.ts";

type Rgb = Channel["color"];

/** What writers call the parts, and how each is drawn. */
const PARTS: readonly { readonly name: string; readonly color: Rgb }[] = [
  { name: "red", color: [255, 0, 0] },
  { name: "green", color: [0, 255, 0] },
  { name: "blue", color: [0, 0, 255] },
];

/** What is known of a channel before anything is assumed. */
export interface StoredChannel {
  readonly label: string | undefined;
  readonly color: Rgb | undefined;
  readonly window: Channel["window"];
}

export interface RgbPart {
  readonly label: string;
  readonly color: Rgb;
  readonly window: NonNullable<Channel["window"]> | undefined;
  /** Opacity is kept as a channel, and not drawn as light. */
  readonly active: boolean;
}

/**
 * What to assume of each channel where they make one picture in colour; undefined where they do not. Three channels of
 * bytes do whose colours or names say so, or say nothing; four only by colours or names, the last being opacity.
 * Vizarr colours any three channels so; those of other types are as likely three stains.
 */
export function rgbParts(
  channels: readonly StoredChannel[],
  dtype: NumberType,
): readonly RgbPart[] | undefined {
  const parts = channels.slice(0, PARTS.length);
  if (dtype !== "uint8" || parts.length < PARTS.length || channels.length > PARTS.length + 1)
    return undefined;
  const isSaid = parts.every(({ label, color }, i) => saysPart(label, color, i));
  const isSilent = channels.every(({ label, color }) => label === undefined && color === undefined);
  if (!isSaid && !(isSilent && channels.length === PARTS.length)) return undefined;
  const window = { start: 0, end: 255 };
  return channels.map((_, i) => {
    const part = PARTS[i];
    return part
      ? { label: part.name, color: part.color, window, active: true }
      : { label: "opacity", color: [255, 255, 255], window, active: false };
  });
}

/** Whether its colour is the part's; where it has none, whether its name is. */
function saysPart(label: string | undefined, color: Rgb | undefined, index: number): boolean {
  const part = PARTS[index];
  if (part === undefined) return false;
  if (color !== undefined) return color.join() === part.color.join();
  const name = label?.toLowerCase();
  return name === part.name || name === part.name.slice(0, 1);
}
