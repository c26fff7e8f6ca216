/** A channel's numbers and colours as the page writes them. */
import { lutOf, rampCss } from "../../scene/luts.ts";
import type { ChannelView } from "../../state/view.ts";

type Rgb = ChannelView["color"];

/** Said of a channel whose chunks are all missing. */
export const NOTHING_STORED = "Nothing of this channel is stored here";

/** A value in little room. */
export function shortNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}

/** A channel's window in the room that its row has. */
export function windowText(window: readonly [start: number, end: number]): string {
  return window
    .map((value) => (Math.abs(value) < 1e7 ? shortNumber(value) : value.toPrecision(3)))
    .join("–");
}

/** A pixel's value to its last digit; of a fraction the shortest text that is read back as the same number of its type. */
export function exactText(value: number | bigint): string {
  if (typeof value === "bigint" || Number.isInteger(value)) return String(value);
  // Nine digits tell any two 32-bit floats apart; a number that is none is a 64-bit one.
  for (let digits = 1; digits <= 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(value);
}

export function hexOf(color: Rgb): string {
  return `#${color.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

export function colorOf(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** From no light to full light, as a CSS background. */
export function lightCss({ color, lut }: Pick<ChannelView, "color" | "lut">): string {
  const ramp = lutOf(lut);
  return ramp ? rampCss(ramp) : hexOf(color);
}
