/** Values in any axis order, brought into the one Fovea uses: last axis fastest. */
import type { Pixels } from "./array.ts";
import { sizeOf } from "./pixels.ts";

/** @param stride the distance, in elements, between neighbours along each axis */
export function rowMajor<V extends Pixels | string[]>(
  values: V,
  shape: readonly number[],
  stride: readonly number[],
): V {
  if (isRowMajor(shape, stride) || values.length !== sizeOf(shape)) return values;
  const from: Values = values;
  const out = values.slice() as V & Values;
  let to = 0;
  const gather = (axis: number, at: number): void => {
    const step = stride[axis] ?? 1;
    const end = at + (shape[axis] ?? 1) * step;
    if (axis < shape.length - 1) for (; at < end; at += step) gather(axis + 1, at);
    else for (; at < end; at += step) out[to++] = from[at] ?? 0;
  };
  gather(0, 0);
  return out;
}

function isRowMajor(shape: readonly number[], stride: readonly number[]): boolean {
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && stride[axis] !== step) return false;
    step *= shape[axis] ?? 1;
  }
  return true;
}

interface Values {
  [index: number]: number | bigint | string;
}
