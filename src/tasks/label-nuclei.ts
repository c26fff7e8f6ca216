/** The task "Label nuclei" on the pixels of one ROI: smooth, threshold, number, drop what is small. */
import type { Zyx } from "../geometry/box.ts";
import type { LabelNucleiParams } from "./catalogue.ts";
import { gaussian } from "./kernels/gaussian.ts";
import { labelComponents } from "./kernels/label-components.ts";
import { otsu } from "./kernels/otsu.ts";
import { removeSmall } from "./kernels/remove-small.ts";
import type { Voxels } from "./kernels/voxels.ts";

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
 * @throws Fault "input" where Otsu finds no threshold (NaN, infinite, or unsmoothed integers of too wide a range).
 */
export function labelNuclei(voxels: Voxels, shape: Zyx, params: LabelNucleiParams): Labelled {
  const smooth = params.sigma > 0 ? gaussian(voxels, shape, params.sigma) : voxels;
  const threshold = params.threshold.kind === "fixed" ? params.threshold.value : otsu(smooth);
  const { labels, count } = labelComponents(above(smooth, threshold), shape);
  return { labels, count: removeSmall(labels, count, params.minimumSize), threshold };
}

function above(voxels: Voxels, threshold: number): Uint8Array<ArrayBuffer> {
  const mask = new Uint8Array(voxels.length);
  for (let i = 0; i < mask.length; i++) mask[i] = (voxels[i] ?? 0) > threshold ? 1 : 0;
  return mask;
}
