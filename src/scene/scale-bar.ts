/** The scale bar: a round length that fits, and how it is written. */
import { metresOf } from "../ome/units.ts";

export interface ScaleBar {
  /** Its length on the screen, in CSS pixels. */
  readonly pixels: number;
  /** "50 µm"; a unit that is no length is named as it is stored. */
  readonly text: string;
}

/** The units that lengths are written in, the largest first. */
const WRITTEN = [
  { symbol: "m", metres: 1 },
  { symbol: "mm", metres: 1e-3 },
  { symbol: "µm", metres: 1e-6 },
  { symbol: "nm", metres: 1e-9 },
  { symbol: "pm", metres: 1e-12 },
] as const;

/** Room for rounding where a length is 1, 2 or 5 times a power of ten already. */
const SLACK = 1 + 1e-9;

/**
 * The longest bar of 1, 2 or 5 times a power of ten that is no wider than `pixelsMax`.
 * @param worldPerPixel world units per CSS pixel
 * @param unit the axis's unit as stored
 */
export function scaleBar(
  worldPerPixel: number,
  unit: string | undefined,
  pixelsMax: number,
): ScaleBar {
  const metres = metresOf(unit);
  if (metres === undefined) {
    const length = roundLength(worldPerPixel * pixelsMax);
    return { pixels: length / worldPerPixel, text: `${written(length)} ${unit ?? "units"}` };
  }
  const perPixel = worldPerPixel * metres;
  const longest = perPixel * pixelsMax;
  const scale = WRITTEN.find((one) => longest * SLACK >= one.metres) ?? WRITTEN[4];
  const length = roundLength(longest / scale.metres);
  return {
    pixels: (length * scale.metres) / perPixel,
    text: `${written(length)} ${scale.symbol}`,
  };
}

/** The largest of 1, 2 and 5 times a power of ten that is no larger. */
function roundLength(longest: number): number {
  const power = 10 ** Math.floor(Math.log10(longest * SLACK));
  const times = [5, 2, 1].find((step) => step * power <= longest * SLACK) ?? 1;
  return times * power;
}

/** Without the digits that rounding leaves, and without an exponent where the length is an everyday one. */
function written(length: number): string {
  return String(Number(length.toPrecision(1)));
}
