/** Colours for values, as data: for categories and for numbers, such that people who see colours differently tell them apart. */

/** Red, green and blue in one number, as in CSS: 0xrrggbb. */
export type Rgb = number;

/**
 * The palette of Okabe and Ito (https://jfly.uni-koeln.de/color/) in an order in which the first few also differ on dark
 * pixels; its black, which is nothing on a dark image, is left out, and its blue is a little lighter.
 */
const CATEGORY_COLORS: readonly Rgb[] = [
  0xe69f00, 0x56b4e9, 0x00b17d, 0xcc79a7, 0x4a83e0, 0xd55e00, 0xf0e442,
];

/** Words that mean a colour to most people, whatever else is there. */
const NAMED: ReadonlyMap<string, Rgb> = new Map([
  ["keep", 0x00b17d],
  ["discard", 0xd55e00],
  ["unsure", 0xcc79a7],
]);

/**
 * From least to most: viridis (https://bids.github.io/colormap/) without its darkest third, since boxes lie on dark
 * images.
 */
const NUMBER_COLORS: readonly Rgb[] = [
  0x355f8d, 0x2a788e, 0x21918c, 0x22a884, 0x44bf70, 0x7ad151, 0xbddf26, 0xfde725,
];

/** No value, and values beyond the palette. */
export const NO_VALUE_COLOR: Rgb = 0x9aa5ae;

/** An ROI like all others, and one with which something is wrong. */
export const PLAIN_COLOR: Rgb = 0xf0f4f8;
export const INVALID_COLOR: Rgb = 0xd55e00;

/** A crowd of ROIs that no column colours has a tone that is seen on white as on black. */
const PLAIN_CROWD_COLOR: Rgb = 0x2a8fc0;

/** The colour of an ROI, as it is in a crowd. */
export function crowdColor(color: Rgb): Rgb {
  return color === PLAIN_COLOR ? PLAIN_CROWD_COLOR : color;
}

/** The colour of a text at a place of the palette, from 0; those beyond its end share one. */
export function categoryColor(text: string, place: number): Rgb {
  return NAMED.get(text) ?? CATEGORY_COLORS[place] ?? NO_VALUE_COLOR;
}

/** The scale in steps that no eye tells apart: very many ROIs are painted by it. */
const RAMP = Uint32Array.from({ length: 256 }, (_, i) => between(i / 255));

/** The colour at a place of the scale from 0 to 1; places outside have the colour of the end they are beyond. */
export function rampColor(place: number): Rgb {
  return RAMP[Math.round(255 * Math.min(1, Math.max(0, place)))] ?? NO_VALUE_COLOR;
}

/** Places of a palette, the colours of a scale, and the number of either. */
const PLACES = 256;

/** The scale of numbers as bytes for `LabelColors.palette`. */
export function numberPalette(): Uint8Array<ArrayBuffer> {
  return paletteOf((place) => rampColor(place / (PLACES - 1)));
}

/** Texts at their places as bytes for `LabelColors.palette`. */
export function categoryPalette(places: ReadonlyMap<string, number>): Uint8Array<ArrayBuffer> {
  const colors = new Map([...places].map(([text, place]) => [place, categoryColor(text, place)]));
  return paletteOf((place) => colors.get(place) ?? NO_VALUE_COLOR);
}

/** Behind all places comes the colour of no value. */
function paletteOf(colorAt: (place: number) => Rgb): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 * (PLACES + 1));
  for (let place = 0; place <= PLACES; place++) {
    const color = place < PLACES ? colorAt(place) : NO_VALUE_COLOR;
    bytes.set([color >> 16, (color >> 8) & 255, color & 255, 255], 4 * place);
  }
  return bytes;
}

function between(place: number): Rgb {
  const last = NUMBER_COLORS.length - 1;
  const along = place * last;
  const from = Math.min(last - 1, Math.floor(along));
  return mixed(NUMBER_COLORS[from] ?? 0, NUMBER_COLORS[from + 1] ?? 0, along - from);
}

/** "#rrggbb" */
export function cssColor(color: Rgb): string {
  return `#${color.toString(16).padStart(6, "0")}`;
}

/** The scale of numbers as a CSS background, from left to right. */
export const RAMP_CSS = `linear-gradient(90deg, ${NUMBER_COLORS.map(cssColor).join(", ")})`;

function mixed(a: Rgb, b: Rgb, part: number): Rgb {
  const channel = (shift: number): number => {
    const [from, to] = [(a >> shift) & 255, (b >> shift) & 255];
    return Math.round(from + (to - from) * part) << shift;
  };
  return channel(16) + channel(8) + channel(0);
}
