/** What the outline of a plane object says: two estimates of its length, and its Euler number. */
import type { Mask } from "./object-runs.ts";

export interface Outline {
  /** In pixels. */
  readonly perimeter: number;
  /** In pixels. */
  readonly perimeterCrofton: number;
  /** Objects less holes, where corners join object pixels and do not join background. */
  readonly eulerNumber: number;
}

/** Measures an object that was drawn with a margin of one pixel; equals `regionprops` of scikit-image 0.26. */
export function outlineOf(mask: Mask): Outline {
  const squares = countSquares(mask);
  return { perimeter: perimeterOf(mask), ...ofSquares(squares) };
}

/** How often each arrangement of 2 × 2 pixels occurs: bit 0 is the pixel, 1 the one above, 2 left of it, 3 above that. */
function countSquares({ voxels, shape: [, height, width] }: Mask): Uint32Array {
  const counts = new Uint32Array(16);
  for (let y = 1; y < height; y++) {
    const row = y * width;
    let left = 0;
    for (let x = 1; x < width; x++) {
      const here = (voxels[row + x] ?? 0) | ((voxels[row - width + x] ?? 0) << 1);
      const square = here | (left << 2);
      counts[square] = (counts[square] ?? 0) + 1;
      left = here;
    }
  }
  return counts;
}

/** Crofton's formula over four directions, and the Euler number from corners (Gray 1971). */
function ofSquares(counts: Uint32Array): Pick<Outline, "perimeterCrofton" | "eulerNumber"> {
  let [straight, diagonal, corners] = [0, 0, 0];
  for (let square = 0; square < 16; square++) {
    const count = counts[square] ?? 0;
    const [here, above, left, aboveLeft] = [square & 1, square & 2, square & 4, square & 8];
    // How often a line along x, y or a diagonal enters the object here.
    if (here && !above) straight += count;
    if (aboveLeft && !above) straight += count;
    if (here && !aboveLeft) diagonal += count;
    if (above && !left) diagonal += count;
    corners += count * (CORNERS[square] ?? 0);
  }
  return {
    perimeterCrofton: (Math.PI / 4) * (straight + diagonal / Math.SQRT2),
    eulerNumber: corners / 4,
  };
}

/** Convex corners less concave ones of each arrangement; pixels that meet at a corner count as one object. */
const CORNERS = [0, 1, 1, 0, 1, 0, -2, -1, 1, -2, 0, -1, 0, -1, -1, 0];

/**
 * The length of the chain of border pixels: each adds by how its border neighbours lie (Benkrid, Crookes).
 */
function perimeterOf(mask: Mask): number {
  const counts = countSteps(borderOf(mask), mask.shape[2]);
  let length = 0;
  for (const [codes, each] of STEPS) for (const code of codes) length += each * (counts[code] ?? 0);
  return length;
}

/** The object's pixels that have background beside them. */
function borderOf({ voxels, shape: [, , width] }: Mask): Uint8Array {
  const border = new Uint8Array(voxels.length);
  for (let i = width + 1; i < voxels.length - width; i++) {
    const along = (voxels[i - 1] ?? 0) & (voxels[i + 1] ?? 0);
    const inside = along & (voxels[i - width] ?? 0) & (voxels[i + width] ?? 0);
    border[i] = (voxels[i] ?? 0) & (inside ^ 1);
  }
  return border;
}

/** How many border pixels there are of each code: 1 + 2 · border pixels beside it + 10 · border pixels across from it. */
function countSteps(border: Uint8Array, width: number): Uint32Array {
  const counts = new Uint32Array(50);
  // The margin is never border: no neighbour is beyond a row's end.
  for (let i = 0; i < border.length; i++) {
    if (border[i] === 0) continue;
    const above = i - width;
    const below = i + width;
    const code =
      1 +
      2 *
        ((border[i - 1] ?? 0) +
          (border[i + 1] ?? 0) +
          (border[above] ?? 0) +
          (border[below] ?? 0)) +
      10 * (border[above - 1] ?? 0) +
      10 * (border[above + 1] ?? 0) +
      10 * (border[below - 1] ?? 0) +
      10 * (border[below + 1] ?? 0);
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

/** What a border pixel of a code adds; one of any other code adds nothing. */
const STEPS: readonly (readonly [codes: readonly number[], each: number])[] = [
  [[5, 7, 15, 17, 25, 27], 1],
  [[21, 33], Math.SQRT2],
  [[13, 23], (1 + Math.SQRT2) / 2],
];
