/** The window that stands for none: OME-Zarr asks for one, and ngio opens no image without. */
import type { NumberType } from "../zarr/array.ts";
import type { Channel } from "./multiscale.ts";

type Window = NonNullable<Channel["window"]>;

/** All that a type of whole numbers holds, of 64 bits what is exact in JSON; of fractions, which have no end, 16 bits. */
export function wholeRange(dtype: NumberType): Window {
  const [, kind, size] = /^(u?int)(8|16|32|64)$/.exec(dtype) ?? [];
  const bits = Math.min(53, Number(size ?? 16));
  return kind === "int"
    ? { start: -(2 ** (bits - 1)), end: 2 ** (bits - 1) - 1 }
    : { start: 0, end: 2 ** bits - 1 };
}

/** Whether a window says nothing of how bright an image is: all of a range that no image fills, as all of a byte's may be. */
export function isWholeRange({ start, end }: Window, dtype: NumberType): boolean {
  const whole = wholeRange(dtype);
  return whole.end > 255 && start === whole.start && end === whole.end;
}
