/** Projection of a volume along z onto one plane. */
import { Fault } from "../../base/fault.ts";
import type { Zyx } from "../../geometry/box.ts";
import type { Voxels } from "./voxels.ts";

export type Projection = "max" | "min" | "mean" | "sum";

/**
 * One plane of the volume's own type, as fractal-tasks-core 2.0 "Project Image" makes it: a mean is truncated, a sum of
 * integers is clipped to 0 … the type's largest value; NaN wins over numbers.
 * @throws Fault "input" for the sum of a float image, which Fractal has not either.
 */
export function projectZ(voxels: Voxels, [planes, height, width]: Zyx, by: Projection): Voxels {
  const size = height * width;
  if (by === "max" || by === "min") return extreme(voxels, planes, size, by);
  const isFloat = voxels instanceof Float32Array || voxels instanceof Float64Array;
  if (by === "sum" && isFloat)
    throw new Fault(
      "input",
      "The sum over z is made of integer images only; project this image by mean, max or min",
    );
  const sums = new Float64Array(size);
  for (let z = 0; z < planes; z++)
    for (let i = 0, at = z * size; i < size; i++, at++)
      sums[i] = (sums[i] ?? 0) + (voxels[at] ?? 0);
  const plane = voxels.slice(0, size);
  const highest = by === "sum" ? highestOf(voxels) : Number.POSITIVE_INFINITY;
  // A typed array of integers truncates what it stores.
  for (let i = 0; i < size; i++) {
    const sum = sums[i] ?? 0;
    plane[i] = by === "mean" ? sum / planes : Math.min(highest, Math.max(0, sum));
  }
  return plane;
}

function extreme(voxels: Voxels, planes: number, size: number, by: "max" | "min"): Voxels {
  const pick = by === "max" ? Math.max : Math.min;
  const plane = voxels.slice(0, size);
  for (let z = 1; z < planes; z++)
    for (let i = 0, at = z * size; i < size; i++, at++)
      plane[i] = pick(plane[i] ?? 0, voxels[at] ?? 0);
  return plane;
}

/** The largest value of the array's integer type. */
function highestOf(voxels: Voxels): number {
  const isSigned =
    voxels instanceof Int8Array || voxels instanceof Int16Array || voxels instanceof Int32Array;
  return 2 ** (8 * voxels.BYTES_PER_ELEMENT - (isSigned ? 1 : 0)) - 1;
}
