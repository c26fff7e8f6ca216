/** The task "Threshold segmentation" on the pixels of one ROI. */
import { Fault } from "../base/fault.ts";
import type { Zyx } from "../geometry/box.ts";
import type { Threshold } from "./fields.ts";
import { clearBorder } from "./kernels/clear-border.ts";
import { equalizeAdaptive } from "./kernels/equalize-adaptive.ts";
import { fillHoles } from "./kernels/fill-holes.ts";
import { gaussian } from "./kernels/gaussian.ts";
import { labelComponents } from "./kernels/label-components.ts";
import { li } from "./kernels/li.ts";
import { median } from "./kernels/median.ts";
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
 * Labels one ROI: median, equalisation, Gaussian, threshold, holes, split or connected objects, border, size. What
 * Fractal's "Threshold Segmentation" computes with these of its filters, in this order, before, and a size filter after.
 * @param voxels of the shape z, y, x; filters work within each plane (equalisation in the volume), objects connect
 * across planes.
 * @param mask of the same shape: where it is 0 the filtered pixels count as 0 (ngio `MaskedSegmentationIterator`, so
 * they count for the threshold too) and objects end.
 * @throws Fault "input" where no threshold is found (NaN, infinite, or unsmoothed integers of too wide a range), or
 * where the pixels are of a type that cannot be equalised.
 */
export function segment(
  voxels: Voxels,
  shape: Zyx,
  params: ThresholdSegmentationParams,
  mask?: Uint8Array,
): Labelled {
  const filtered = filteredBy(voxels, shape, params);
  const seen = mask ? within(filtered, mask) : filtered;
  const threshold = thresholdOf(seen, params.threshold);
  const bright = above(seen, threshold);
  const filled = params.fillHoles ? fillHoles(bright, shape) : bright;
  const { labels, count } =
    params.splitDistance > 0
      ? splitTouching(filled, shape, params.splitDistance)
      : labelComponents(filled, shape);
  if (mask) for (let i = 0; i < labels.length; i++) if (mask[i] === 0) labels[i] = 0;
  const inside = params.clearBorder ? clearBorder(labels, count, shape) : count;
  // What lies outside the mask alone is no object.
  const minimumSize = Math.max(mask ? 1 : 0, params.minimumSize);
  return { labels, count: removeSmall(labels, inside, minimumSize), threshold };
}

function filteredBy(voxels: Voxels, shape: Zyx, params: ThresholdSegmentationParams): Voxels {
  const { medianSize, equalize, sigma } = params;
  const smooth = medianSize > 1 ? median(voxels, shape, [1, medianSize, medianSize]) : voxels;
  const even = equalize ? equalizeAdaptive(smooth, shape, CLAHE) : smooth;
  return sigma > 0 ? gaussian(even, shape, sigma) : even;
}

/** The defaults of scikit-image, and so of Fractal. */
const CLAHE = { clipLimit: 0.01, bins: 256 };

function within<V extends Voxels>(voxels: V, mask: Uint8Array): V {
  if (mask.length !== voxels.length)
    throw new Fault(
      "input",
      `The mask has ${mask.length} voxels where the ROI has ${voxels.length}`,
    );
  const seen = voxels.slice() as V;
  for (let i = 0; i < seen.length; i++) if (mask[i] === 0) seen[i] = 0;
  return seen;
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
