/** The weights of a Gaussian kernel, to the last bit those of scipy on numpy. */

/** How far the kernel reaches, in sigmas (scipy's default). */
const TRUNCATE = 4;
/** Binary digits after the point in which exponentials are summed. */
const DIGITS = 140n;

/**
 * The kernel from its middle outwards; its mirror image is the other half.
 * @param sigma in voxels; 1e-15 or less gives the one weight 1.
 */
export function gaussianWeights(sigma: number): Float64Array<ArrayBuffer> {
  if (!(sigma > 1e-15)) return Float64Array.of(1);
  const radius = Math.floor(TRUNCATE * sigma + 0.5);
  const half = Float64Array.from({ length: radius + 1 }, (_, i) =>
    exponential((-0.5 / (sigma * sigma)) * (i * i)),
  );
  const whole = Float64Array.from(
    { length: 2 * radius + 1 },
    (_, i) => half[Math.abs(i - radius)] ?? 0,
  );
  const sum = pairwiseSum(whole);
  return half.map((weight) => weight / sum);
}

/**
 * e to the power of x ≤ 0, correctly rounded, which `Math.exp` is not in every eleventh case: with it the weights, and
 * then every pixel, differ from numpy's in the last bit.
 */
function exponential(x: number): number {
  const one = 1n << DIGITS;
  const power = BigInt(x * 2 ** 100) << (DIGITS - 100n);
  let term = one;
  let sum = one;
  for (let i = 1n; term !== 0n && term !== -1n; i++) {
    term = (term * power) >> DIGITS;
    term /= i;
    sum += term;
  }
  return Number(sum) / 2 ** Number(DIGITS);
}

/** The sum in the order in which numpy adds: eight strands up to 128 values, halves above. */
function pairwiseSum(values: Float64Array): number {
  const { length } = values;
  if (length < 8) return values.reduce((sum, value) => sum + value, 0);
  if (length > 128) {
    const half = (length >> 1) - ((length >> 1) % 8);
    return pairwiseSum(values.subarray(0, half)) + pairwiseSum(values.subarray(half));
  }
  const strands = values.slice(0, 8);
  const strand = (i: number): number => strands[i] ?? 0;
  const whole = length - (length % 8);
  for (let i = 8; i < whole; i++) strands[i % 8] = strand(i % 8) + (values[i] ?? 0);
  const pairs = strand(0) + strand(1) + (strand(2) + strand(3));
  const others = strand(4) + strand(5) + (strand(6) + strand(7));
  return values.subarray(whole).reduce((sum, value) => sum + value, pairs + others);
}
