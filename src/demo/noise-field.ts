/** Smooth noise that tiles: the texture of chromatin, of filaments and of a tissue's unevenness. */
import { randomOf } from "./random.ts";

/** The edge of a field in cells; a power of two, so that positions wrap by masking. */
export const PERIOD = 128;
const MASK = PERIOD - 1;

/** Random values on a grid of PERIOD × PERIOD that repeats. */
export type NoiseField = Float32Array<ArrayBuffer>;

/** Uniform in [0, 1), the same values for the same seed. */
export function noiseField(seed: number): NoiseField {
  const random = randomOf(seed);
  return Float32Array.from({ length: PERIOD * PERIOD }, () => random.next());
}

/** The field between its grid points, in [0, 1]; smooth, and the same every PERIOD in v and in u. */
export function noiseAt(field: NoiseField, v: number, u: number): number {
  const row = Math.floor(v);
  const column = Math.floor(u);
  const fy = v - row;
  const fx = u - column;
  const sy = fy * fy * (3 - 2 * fy);
  const sx = fx * fx * (3 - 2 * fx);
  const y0 = (row & MASK) * PERIOD;
  const y1 = ((row + 1) & MASK) * PERIOD;
  const x0 = column & MASK;
  const x1 = (column + 1) & MASK;
  const top = (field[y0 + x0] ?? 0) * (1 - sx) + (field[y0 + x1] ?? 0) * sx;
  const bottom = (field[y1 + x0] ?? 0) * (1 - sx) + (field[y1 + x1] ?? 0) * sx;
  return top * (1 - sy) + bottom * sy;
}

/** 0 below low, 1 above high, smooth between. */
export function smoothstep(low: number, high: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return t * t * (3 - 2 * t);
}
