/** Numbers in the type they are stored as. */
import type { NumberType, Pixels } from "../zarr/array.ts";
import { isBig, zeros } from "../zarr/pixels.ts";
import type { NumberColumn } from "./table.ts";

/** The type the columns share, if all their values fit it; else float64. Floats are rounded to their type. */
export function fittingType(columns: readonly NumberColumn[]): NumberType {
  const dtype = columns[0]?.dtype ?? "float64";
  return columns.every((c) => c.dtype === dtype && fits(c.values, dtype)) ? dtype : "float64";
}

/** Whether each value can be stored as the type; a missing one only as a float. */
export function fits(values: Float64Array, dtype: NumberType): boolean {
  if (dtype.startsWith("float")) return true;
  const [low, high] = rangeOf(dtype);
  return values.every((value) => Number.isInteger(value) && value >= low && value <= high);
}

function rangeOf(dtype: NumberType): readonly [low: number, high: number] {
  if (dtype === "bool") return [0, 1];
  const bits = Number(/\d+$/.exec(dtype)?.[0]);
  // Above 2^53 doubles are sparse: the last one below 2^63 or 2^64 is the greatest that fits.
  const end = (power: number): number =>
    power > 53 ? 2 ** power - 2 ** (power - 53) : 2 ** power - 1;
  return dtype.startsWith("u") ? [0, end(bits)] : [-(2 ** (bits - 1)), end(bits - 1)];
}

/** The values as the typed array that holds the type. */
export function pixelsOf(values: ArrayLike<number>, dtype: NumberType): Pixels {
  const pixels = zeros(dtype, values.length);
  if (isBig(pixels)) for (let i = 0; i < pixels.length; i++) pixels[i] = BigInt(values[i] ?? 0);
  else pixels.set(values);
  return pixels;
}
