/** How a pixel's value becomes light, and light becomes colour: the one formula that the GPU and the CPU both follow. */
import type { Ramp } from "./luts.ts";

/** How a channel's values are drawn. */
export interface LightLook {
  /** 24-bit RGB of full light, where there is no table. */
  readonly color: readonly [r: number, g: number, b: number];
  /** The colours from no light to full light. */
  readonly ramp?: Ramp | undefined;
  /** Light is (place in the window) ^ gamma: below 1 dim structures are lifted; 1 unless said otherwise. */
  readonly gamma?: number | undefined;
}

/** The light of a value in a window, from 0 to 1. */
export function lightOf(
  value: number,
  [start, end]: readonly [start: number, end: number],
  gamma = 1,
): number {
  const place = Math.min(1, Math.max(0, (value - start) / (end - start)));
  return gamma === 1 ? place : place ** gamma;
}

/** The colours of 256 steps of light, as RGB from 0 to 255, three numbers each. */
export function colorsOfLight({ color, ramp }: LightLook): Float32Array<ArrayBuffer> {
  const colors = new Float32Array(3 * 256);
  for (let step = 0; step < 256; step++)
    for (let part = 0; part < 3; part++)
      colors[3 * step + part] = ramp
        ? partAt(ramp, step / 255, part)
        : ((color[part] ?? 0) * step) / 255;
  return colors;
}

function partAt(ramp: Ramp, light: number, part: number): number {
  const along = light * (ramp.length - 1);
  const before = Math.min(ramp.length - 2, Math.floor(along));
  const [from, to] = [partOf(ramp[before] ?? 0, part), partOf(ramp[before + 1] ?? 0, part)];
  return from + (to - from) * (along - before);
}

/** Red, green or blue (0, 1, 2) of a colour, from 0 to 255. */
export function partOf(color: number, part: number): number {
  return (color >> (16 - 8 * part)) & 255;
}
