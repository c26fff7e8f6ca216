/** Typed arrays of pixels: which one holds a number type, and what it holds where nothing was stored. */
import type { ArrayMeta, NumberType, Pixels } from "./array.ts";

const constructors = {
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  float16: Float32Array,
  float32: Float32Array,
  float64: Float64Array,
  bool: Uint8Array,
} as const;

/** How many elements a shape has; 1 for no axes. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}

/** Zeros of the type that holds a number type. */
export function zeros(dtype: NumberType, length: number): Pixels {
  return new constructors[dtype](length);
}

/** How many bytes a pixel takes in the array that holds its number type. */
export function bytesPerPixel(dtype: NumberType): number {
  return constructors[dtype].BYTES_PER_ELEMENT;
}

/** Whether they are 64-bit integers: BigInts, and no numbers. */
export function isBig(
  pixels: Pixels,
): pixels is BigInt64Array<ArrayBuffer> | BigUint64Array<ArrayBuffer> {
  return pixels instanceof BigInt64Array || pixels instanceof BigUint64Array;
}

/** The value of an element that was never stored, as its typed array holds it; 0 where the array names none. */
export function fillOf(meta: Pick<ArrayMeta, "dtype" | "fill">): number | bigint {
  const { dtype, fill } = meta;
  if (dtype === "int64" || dtype === "uint64")
    return typeof fill === "bigint" ? fill : BigInt(Math.trunc(Number(fill ?? 0)));
  return typeof fill === "string" ? 0 : Number(fill ?? 0);
}

/** Pixels that all have the array's fill value. @throws TypeError for an array of text */
export function filled(meta: Pick<ArrayMeta, "dtype" | "fill">, length: number): Pixels {
  if (meta.dtype === "string") throw new TypeError("an array of text has no pixels");
  const pixels = zeros(meta.dtype, length);
  const fill = fillOf(meta);
  if (fill !== 0 && fill !== 0n) (pixels as Fillable).fill(fill);
  return pixels;
}

/** Whether every pixel has the value; NaN counts as itself. */
export function isFilledWith(pixels: Pixels, value: number | bigint): boolean {
  if (Number.isNaN(value)) return (pixels as Float64Array).every(Number.isNaN);
  for (let i = 0; i < pixels.length; i++) if (pixels[i] !== value) return false;
  return true;
}

/** Number and BigInt arrays under one call; the caller's value is of the array's kind. */
interface Fillable {
  fill(value: number | bigint): unknown;
}
