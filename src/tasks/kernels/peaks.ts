/** Peaks of a distance map inside objects: where touching objects are to be parted. */
import type { Zyx } from "../../geometry/box.ts";
import { type Components, labelComponents } from "./label-components.ts";

/**
 * Numbers the peaks of each object: voxels that no voxel of the same object exceeds within `minDistance` along every
 * axis; of equal ones nearer than that to each other the first in raster order stays, and peaks that touch are one.
 * Equals `skimage.measure.label(peaks)` of
 * `skimage.feature.peak_local_max(heights, min_distance=minDistance, labels=labels, exclude_border=False)`.
 * @param heights above 0 inside objects: distances, or their squares.
 * @param labels of the same shape, 0 outside of objects; each object gets at least one peak.
 * @param minDistance in voxels, a whole number of at least 1.
 */
export function peaksOf(
  heights: Int32Array | Float64Array,
  labels: Uint32Array,
  shape: Zyx,
  minDistance: number,
): Components {
  const peaks = new Uint8Array(labels.length);
  const maps = { heights, labels, peaks };
  for (let i = 0; i < labels.length; i++)
    if (labels[i] !== 0 && isPeak(maps, i, shape, minDistance)) peaks[i] = 1;
  return labelComponents(peaks, shape);
}

interface Maps {
  readonly heights: Int32Array | Float64Array;
  readonly labels: Uint32Array;
  /** Those found so far. */
  readonly peaks: Uint8Array;
}

function isPeak(maps: Maps, i: number, [planes, height, width]: Zyx, reach: number): boolean {
  const x = i % width;
  const left = i - Math.min(x, reach);
  const right = i + Math.min(width - 1 - x, reach);
  // Most voxels have a higher one in their own row.
  if (isTopped(maps, i, left, right, i, reach)) return false;
  const z = Math.floor(i / (height * width));
  const y = Math.floor(i / width) % height;
  for (let dz = -Math.min(z, reach); dz <= Math.min(planes - 1 - z, reach); dz++)
    for (let dy = -Math.min(y, reach); dy <= Math.min(height - 1 - y, reach); dy++) {
      const step = (dz * height + dy) * width;
      const near = Math.max(Math.abs(dz), Math.abs(dy)) < reach ? reach : 0;
      if (isTopped(maps, i, left + step, right + step, i + step, near)) return false;
    }
  return true;
}

/**
 * Whether voxel i is no peak because of one of the same object among left … right: a higher one, or a peak nearer to
 * `middle` than `near`, which stands for i too.
 */
function isTopped(
  { heights, labels, peaks }: Maps,
  i: number,
  left: number,
  right: number,
  middle: number,
  near: number,
): boolean {
  const own = heights[i] ?? 0;
  for (let k = left; k <= right; k++) {
    if (labels[k] !== labels[i]) continue;
    if ((heights[k] ?? 0) > own) return true;
    if (peaks[k] === 1 && Math.abs(k - middle) < near) return true;
  }
  return false;
}
