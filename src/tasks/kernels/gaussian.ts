/** Gaussian smoothing of every plane of a volume, as scipy and scikit-image do it. */
import type { Zyx } from "../../geometry/box.ts";
import type { Voxels } from "./voxels.ts";

/** How far the kernel reaches, in sigmas (scipy's default). */
const TRUNCATE = 4;

/**
 * Smooths y, then x, of each z plane; intensities keep their range.
 * Equals `skimage.filters.gaussian(v.astype("float32"), (0, sigma, sigma), mode="nearest", preserve_range=True)`,
 * that is `scipy.ndimage.gaussian_filter`: sums in double precision, each pass stored as float32.
 * @param sigma in pixels; zero or less only converts to float32.
 */
export function gaussian(voxels: Voxels, shape: Zyx, sigma: number): Float32Array<ArrayBuffer> {
  const smoothed = Float32Array.from(voxels);
  const weights = halfKernel(sigma);
  if (weights.length === 1) return smoothed;
  const [planes, height, width] = shape;
  const plane = new Float32Array(height * width);
  for (let z = 0; z < planes; z++) {
    const target = smoothed.subarray(z * height * width, (z + 1) * height * width);
    plane.set(target);
    smoothDown(plane, target, width, weights);
    smoothAcross(target, width, weights);
  }
  return smoothed;
}

/** The kernel from its middle outwards; its mirror image is the other half. */
function halfKernel(sigma: number): Float64Array<ArrayBuffer> {
  const radius = sigma > 0 ? Math.floor(TRUNCATE * sigma + 0.5) : 0;
  const weights = new Float64Array(radius + 1);
  let sum = 0;
  for (let i = 0; i <= radius; i++) {
    const weight = radius === 0 ? 1 : Math.exp((-0.5 / (sigma * sigma)) * i * i);
    weights[i] = weight;
    sum += i === 0 ? weight : 2 * weight;
  }
  return weights.map((weight) => weight / sum);
}

/** Along y, whole rows at a time, so that memory is read in order. */
function smoothDown(
  source: Float32Array,
  target: Float32Array,
  width: number,
  weights: Float64Array,
): void {
  const height = source.length / width;
  const sums = new Float64Array(width);
  const rowAt = (y: number) => Math.min(height - 1, Math.max(0, y)) * width;
  for (let y = 0; y < height; y++) {
    addScaled(sums, source, y * width, weights);
    for (let i = weights.length - 1; i > 0; i--)
      addPair(sums, source, rowAt(y - i), rowAt(y + i), weights[i] ?? 0);
    target.set(sums, y * width);
  }
}

function addScaled(
  sums: Float64Array,
  source: Float32Array,
  row: number,
  weights: Float64Array,
): void {
  const weight = weights[0] ?? 0;
  for (let x = 0; x < sums.length; x++) sums[x] = (source[row + x] ?? 0) * weight;
}

function addPair(
  sums: Float64Array,
  source: Float32Array,
  above: number,
  below: number,
  weight: number,
): void {
  for (let x = 0; x < sums.length; x++)
    sums[x] = (sums[x] ?? 0) + ((source[above + x] ?? 0) + (source[below + x] ?? 0)) * weight;
}

/** Along x, in place, each row from a copy that repeats its edge values. */
function smoothAcross(image: Float32Array, width: number, weights: Float64Array): void {
  const radius = weights.length - 1;
  const line = new Float64Array(width + 2 * radius);
  for (let row = 0; row < image.length; row += width) {
    line.fill(image[row] ?? 0, 0, radius);
    line.set(image.subarray(row, row + width), radius);
    line.fill(image[row + width - 1] ?? 0, radius + width);
    for (let x = 0; x < width; x++) {
      const middle = x + radius;
      let sum = (line[middle] ?? 0) * (weights[0] ?? 0);
      for (let i = radius; i > 0; i--)
        sum += ((line[middle - i] ?? 0) + (line[middle + i] ?? 0)) * (weights[i] ?? 0);
      image[row + x] = sum;
    }
  }
}
