/** How an object's voxels lie about their centre: the lengths of its axes, and where it points. */
import { type Box, type Zyx, zyx } from "../../geometry/box.ts";
import type { ObjectRuns } from "./object-runs.ts";

/** Variances and covariances of the voxel centres, in world units squared. */
export interface Covariance {
  readonly zz: number;
  readonly yy: number;
  readonly xx: number;
  readonly zy: number;
  readonly zx: number;
  readonly yx: number;
}

/**
 * Sums whole numbers run by run and scales last, so that no rounding depends on where the object is.
 * @param box the object's, in pixels.
 * @param spacing world units per voxel.
 */
export function covariance(
  { shape, first, rows, starts, ends }: ObjectRuns,
  i: number,
  box: Box<"pixel">,
  spacing: Zyx,
): Covariance {
  const [originZ, originY, originX] = box.min;
  let [n, sz, sy, sx] = [0, 0, 0, 0];
  let [szz, syy, sxx, szy, szx, syx] = [0, 0, 0, 0, 0, 0];
  for (let run = first[i] ?? 0; run < (first[i + 1] ?? 0); run++) {
    const row = rows[run] ?? 0;
    const plane = Math.floor(row / shape[1]);
    const y = row - plane * shape[1] - originY;
    const z = plane - originZ;
    const start = (starts[run] ?? 0) - originX;
    const end = (ends[run] ?? 0) - originX;
    const length = end - start;
    const sum = (length * (start + end - 1)) / 2;
    n += length;
    sz += length * z;
    sy += length * y;
    sx += sum;
    szz += length * z * z;
    syy += length * y * y;
    sxx += squaresBelow(end) - squaresBelow(start);
    szy += length * z * y;
    szx += sum * z;
    syx += sum * y;
  }
  const [dz, dy, dx] = spacing;
  const scaled = (sum: number, a: number, b: number, scale: number) =>
    ((sum - (a * b) / n) / n) * scale;
  return {
    zz: scaled(szz, sz, sz, dz * dz),
    yy: scaled(syy, sy, sy, dy * dy),
    xx: scaled(sxx, sx, sx, dx * dx),
    zy: scaled(szy, sz, sy, dz * dy),
    zx: scaled(szx, sz, sx, dz * dx),
    yx: scaled(syx, sy, sx, dy * dx),
  };
}

/** 0² + 1² + … + (k − 1)². */
function squaresBelow(k: number): number {
  return ((k - 1) * k * (2 * k - 1)) / 6;
}

export interface Ellipse {
  readonly majorLength: number;
  readonly minorLength: number;
  /** 0 for a circle, near 1 for a line. */
  readonly eccentricity: number;
  /** Radians from the y axis to the major axis, counter-clockwise, −π/2 to π/2. */
  readonly orientation: number;
}

/** The ellipse with the same variances in y and x; equals the 2D axes, eccentricity and orientation of `skimage.measure.regionprops`. */
export function ellipseOf({ yy, xx, yx }: Covariance): Ellipse {
  const mean = (yy + xx) / 2;
  const spread = Math.hypot((yy - xx) / 2, yx);
  const large = mean + spread;
  const small = Math.max(0, mean - spread);
  return {
    majorLength: 4 * Math.sqrt(large),
    minorLength: 4 * Math.sqrt(small),
    eccentricity: large === 0 ? 0 : Math.sqrt(1 - small / large),
    orientation: orientationOf(yy - xx, yx),
  };
}

/** Where y and x vary alike there is no one axis, and scikit-image chooses by the covariance's sign. */
function orientationOf(difference: number, yx: number): number {
  if (difference === 0) return yx > 0 ? Math.PI / 4 : -Math.PI / 4;
  return Math.atan2(2 * yx, difference) / 2;
}

/** The longest and shortest axis of the ellipsoid with the same variances, as 3D `skimage.measure.regionprops` has them. */
export function ellipsoidAxes(of: Covariance): { majorLength: number; minorLength: number } {
  const variances = eigenvalues(of);
  const length = (variance: number) => Math.sqrt(20 * Math.max(0, variance));
  return {
    majorLength: length(Math.max(...variances)),
    minorLength: length(Math.min(...variances)),
  };
}

/** Rotations until nothing off the diagonal is left (Jacobi 1846): slower than the cubic's roots, and exact where two are alike. */
function eigenvalues({ zz, yy, xx, zy, zx, yx }: Covariance): Zyx {
  const diagonal = [zz, yy, xx];
  // off[k] couples the two axes other than k.
  const off = [yx, zx, zy];
  for (let sweep = 0; sweep < 30; sweep++) {
    if (off.every((value) => value === 0)) break;
    for (const k of [0, 1, 2]) rotate(diagonal, off, k);
  }
  return zyx((axis) => diagonal[axis] ?? 0);
}

/** Turns the plane of the two axes other than k so that their covariance is gone. */
function rotate(diagonal: number[], off: number[], k: number): void {
  const [p, q] = [(k + 1) % 3, (k + 2) % 3];
  const coupling = off[k] ?? 0;
  const [atP, atQ] = [diagonal[p] ?? 0, diagonal[q] ?? 0];
  // Below the diagonal's own rounding it changes nothing more.
  if (Math.abs(coupling) <= Number.EPSILON * 1e-4 * Math.sqrt(Math.abs(atP * atQ))) {
    off[k] = 0;
    return;
  }
  const theta = (atQ - atP) / (2 * coupling);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  diagonal[p] = atP - tangent * coupling;
  diagonal[q] = atQ + tangent * coupling;
  off[k] = 0;
  // The third axis is coupled to p through off[q] and to q through off[p].
  const [withP, withQ] = [off[q] ?? 0, off[p] ?? 0];
  off[q] = cosine * withP - sine * withQ;
  off[p] = sine * withP + cosine * withQ;
}
