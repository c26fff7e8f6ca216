/** The median of a window around each voxel, as scipy and scikit-image take it. */
import { Fault } from "../../base/fault.ts";
import type { Zyx } from "../../geometry/box.ts";
import { median3x3 } from "./median-3x3.ts";
import { windowMedian } from "./median-window.ts";
import type { Voxels } from "./voxels.ts";

/**
 * Equals `skimage.filters.median(v, footprint=numpy.ones(size))`, which is Fractal's "Median Filter" and repeats the
 * edge. Of an even number of values it is the upper one of the two in the middle; an even window reaches one further
 * back than forward.
 * @param size of the window along z, y and x, in voxels; 1 leaves an axis out.
 * @returns a new array of the same type.
 * @throws Fault "input" where a size is not a whole number of at least 1.
 */
export function median<V extends Voxels>(voxels: V, shape: Zyx, size: Zyx): V {
  if (!size.every((length) => Number.isInteger(length) && length >= 1))
    throw new Fault("input", `A median window of ${size.join(" × ")} voxels cannot be used`);
  const filtered = voxels.slice() as V;
  if (voxels.length === 0 || size.every((length) => length === 1)) return filtered;
  const isSmall = size[0] === 1 && size[1] === 3 && size[2] === 3 && voxels.BYTES_PER_ELEMENT <= 2;
  if (isSmall) median3x3(voxels, filtered, shape);
  else windowMedian(voxels, filtered, shape, size);
  return filtered;
}
