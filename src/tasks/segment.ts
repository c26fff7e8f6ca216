/** The task "Threshold segmentation" on the pixels of one ROI: smooth, threshold, fill, split, number, drop what is small. */
import type { Zyx } from "../geometry/box.ts";
import type { Threshold } from "./fields.ts";
import { fillHoles } from "./kernels/fill-holes.ts";
import { gaussian } from "./kernels/gaussian.ts";
import { labelComponents } from "./kernels/label-components.ts";
import { li } from "./kernels/li.ts";
import { otsu } from "./kernels/otsu.ts";
import { removeSmall } from "./kernels/remove-small.ts";
import { splitTouching } from "./kernels/split-touching.ts";
import { triangle } from "./kernels/triangle.ts";
import type { Voxels } from "./kernels/voxels.ts";
import type { ThresholdSegmentationParams } from "./kinds/threshold-segmentation.ts";

export interface Labelled {
  /** Of the pixels' shape; 0 is background, objects are 1 … count in raster order. */
  readonly labels: Uint32Array<ArrayBuffer>;
  readonly count: number;
  /** The value that foreground is above, after smoothing. */
  readonly threshold: number;
}

/**
 * Labels one ROI; what Fractal's "Threshold Segmentation" computes with a Gaussian before and a size filter after.
 * @param voxels of the shape z, y, x; smoothing is within each plane, objects connect across planes.
 * @throws Fault "input" where no threshold is found (NaN, infinite, or unsmoothed integers of too wide a range).
 */
export function segment(voxels: Voxels, shape: Zyx, params: ThresholdSegmentationParams): Labelled {
  const smooth = params.sigma > 0 ? gaussian(voxels, shape, params.sigma) : voxels;
  const threshold = thresholdOf(smooth, params.threshold);
  const bright = above(smooth, threshold);
  const mask = params.fillHoles ? fillHoles(bright, shape) : bright;
  const { labels, count } =
    params.splitDistance > 0
      ? splitTouching(mask, shape, params.splitDistance)
      : labelComponents(mask, shape);
  return { labels, count: removeSmall(labels, count, params.minimumSize), threshold };
}

function thresholdOf(voxels: Voxels, threshold: Threshold): number {
  switch (threshold.kind) {
    case "fixed":
      return threshold.value;
    case "otsu":
      return otsu(voxels);
    case "triangle":
      return triangle(voxels);
    case "li":
      return li(voxels);
  }
}

function above(voxels: Voxels, threshold: number): Uint8Array<ArrayBuffer> {
  const mask = new Uint8Array(voxels.length);
  for (let i = 0; i < mask.length; i++) mask[i] = (voxels[i] ?? 0) > threshold ? 1 : 0;
  return mask;
}
