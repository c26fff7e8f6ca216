/** Gaussian smoothing of a volume or of its planes, as scipy and scikit-image do it. */
import type { Zyx } from "../../geometry/box.ts";
import { gaussianWeights } from "./gaussian-weights.ts";
import type { Voxels } from "./voxels.ts";

export type Smoothed = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/**
 * Smooths z, then y, then x; intensities keep their range.
 * Equals `skimage.filters.gaussian(v, (sigmaZ, sigma, sigma), mode="nearest", preserve_range=True)` bit by bit, which
 * is Fractal's "Gaussian Blur Filter": float32 stays float32, all else becomes float64, and sums are in double precision.
 * @param sigma along y and x, in pixels; zero or less leaves them as they are.
 * @param sigmaZ along z, in planes.
 */
export function gaussian(voxels: Voxels, shape: Zyx, sigma: number, sigmaZ = 0): Smoothed {
  const smoothed =
    voxels instanceof Float32Array
      ? new Float32Array(voxels.length)
      : new Float64Array(voxels.length);
  const inZ = gaussianWeights(sigmaZ);
  const inPlane = gaussianWeights(sigma);
  if (inZ.length > 1) smoothZ(voxels, smoothed, shape, inZ);
  if (inPlane.length > 1)
    smoothPlanes(inZ.length > 1 ? smoothed : voxels, smoothed, shape, inPlane);
  else if (inZ.length === 1) smoothed.set(voxels);
  return smoothed;
}

/** Along z, one y after the other: the lines of all planes there, weighed into those of the target. */
function smoothZ(
  source: Voxels,
  target: Smoothed,
  [planes, height, width]: Zyx,
  weights: Float64Array,
): void {
  const lines = new Float64Array(planes * width);
  const sums = new Float64Array(width);
  const at = new Int32Array(2 * weights.length);
  for (let y = 0; y < height; y++) {
    for (let z = 0; z < planes; z++) {
      const from = (z * height + y) * width;
      lines.set(source.subarray(from, from + width), z * width);
    }
    for (let z = 0; z < planes; z++) {
      for (let i = 0; i < weights.length; i++) {
        at[2 * i] = Math.max(0, z - i) * width;
        at[2 * i + 1] = Math.min(planes - 1, z + i) * width;
      }
      weigh(lines, at, weights, sums);
      target.set(sums, (z * height + y) * width);
    }
  }
}

/**
 * Along y and x, plane by plane; source and target may be one. The lines that a line needs are kept in a ring, so that
 * each is read once, and is smoothed along x while it is at hand.
 */
function smoothPlanes(
  source: Voxels,
  target: Smoothed,
  [planes, height, width]: Zyx,
  weights: Float64Array,
): void {
  const radius = weights.length - 1;
  const slots = 2 * radius + 1;
  const ring = new Float64Array(slots * width);
  const down = new Int32Array(2 * weights.length);
  const across = Int32Array.from(down, (_, i) => radius + (i & 1 ? i >> 1 : -(i >> 1)));
  const sums = new Float64Array(width);
  const line = new Float64Array(width + 2 * radius);
  // Each pass is stored in the target's precision, as scipy stores it.
  const stored = target instanceof Float32Array ? new Float32Array(width) : sums;
  for (let z = 0; z < planes; z++) {
    const first = z * height * width;
    for (let y = 0, read = 0; y < height; y++) {
      for (; read < Math.min(height, y + radius + 1); read++) {
        const from = first + read * width;
        ring.set(source.subarray(from, from + width), (read % slots) * width);
      }
      for (let i = 0; i <= radius; i++) {
        down[2 * i] = (Math.max(0, y - i) % slots) * width;
        down[2 * i + 1] = (Math.min(height - 1, y + i) % slots) * width;
      }
      weigh(ring, down, weights, sums);
      if (stored !== sums) stored.set(sums);
      repeatEdges(stored, line, radius);
      weigh(line, across, weights, sums);
      target.set(sums, first + y * width);
    }
  }
}

/** A line between copies of its first and its last value. */
function repeatEdges(stored: Smoothed, line: Float64Array, radius: number): void {
  line.fill(stored[0] ?? 0, 0, radius);
  line.set(stored, radius);
  line.fill(stored.at(-1) ?? 0, radius + stored.length);
}

/**
 * Weighs lines into one: the middle, then pairs at equal distance from the farthest inwards (scipy's order of adding).
 * Four pairs at a time, so that sums are loaded and stored a quarter as often.
 * @param at where the two lines of each distance begin in `lines`.
 * @param weights at least that of the middle and of one pair.
 */
function weigh(
  lines: Float64Array,
  at: Int32Array,
  weights: Float64Array,
  sums: Float64Array,
): void {
  // What is added to: first the weighed middle, then the sums so far.
  let base: Base = { values: lines, from: at[0] ?? 0, weight: weights[0] ?? 0 };
  for (let i = weights.length - 1; i >= 1; base = { values: sums, from: 0, weight: 1 })
    if (i >= 4) {
      addFourPairs(
        base,
        lines,
        [i, i - 1, i - 2, i - 3].map((k) => pairOf(at, weights, k)),
        sums,
      );
      i -= 4;
    } else addPair(base, lines, pairOf(at, weights, i--), sums);
}

interface Base {
  readonly values: Float64Array;
  readonly from: number;
  readonly weight: number;
}

/** Where two lines begin, and the weight of both. */
interface Pair {
  readonly a: number;
  readonly b: number;
  readonly weight: number;
}

function pairOf(at: Int32Array, weights: Float64Array, i: number): Pair {
  return { a: at[2 * i] ?? 0, b: at[2 * i + 1] ?? 0, weight: weights[i] ?? 0 };
}

const NO_PAIR: Pair = { a: 0, b: 0, weight: 0 };

function addPair(
  { values, from, weight }: Base,
  lines: Float64Array,
  { a, b, weight: w }: Pair,
  sums: Float64Array,
): void {
  for (let x = 0; x < sums.length; x++)
    sums[x] = v(values, from, x) * weight + (v(lines, a, x) + v(lines, b, x)) * w;
}

function addFourPairs(
  { values, from, weight }: Base,
  lines: Float64Array,
  [p = NO_PAIR, q = NO_PAIR, r = NO_PAIR, s = NO_PAIR]: readonly Pair[],
  sums: Float64Array,
): void {
  const { a: a0, b: b0, weight: w0 } = p;
  const { a: a1, b: b1, weight: w1 } = q;
  const { a: a2, b: b2, weight: w2 } = r;
  const { a: a3, b: b3, weight: w3 } = s;
  for (let x = 0; x < sums.length; x++)
    sums[x] =
      v(values, from, x) * weight +
      (v(lines, a0, x) + v(lines, b0, x)) * w0 +
      (v(lines, a1, x) + v(lines, b1, x)) * w1 +
      (v(lines, a2, x) + v(lines, b2, x)) * w2 +
      (v(lines, a3, x) + v(lines, b3, x)) * w3;
}

/** A value that is known to be there; that the sum is a whole number of 32 bits spares a check of it. */
function v(values: Float64Array, first: number, x: number): number {
  return values[(first + x) | 0] ?? 0;
}
