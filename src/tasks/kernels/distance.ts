/** Exact Euclidean distances to the background, axis by axis on whole numbers. */
import { Fault } from "../../base/fault.ts";
import type { Zyx } from "../../geometry/box.ts";
import { lowerEnvelope } from "./lower-envelope.ts";

/** The largest whole number whose square fits 32 bits. */
const MOST_ROOT = 46340;

/**
 * The distance of each foreground voxel to the nearest background voxel, in voxels; 0 in the background.
 * Bit-identical to `scipy.ndimage.distance_transform_edt(mask)`. Beyond the border there is no background.
 */
export function distances(mask: Uint8Array, shape: Zyx): Float64Array<ArrayBuffer> {
  const squares = squaredDistances(mask, shape);
  const roots = new Float64Array(squares.length);
  for (let i = 0; i < roots.length; i++) {
    const square = squares[i] ?? 0;
    if (square !== 0) roots[i] = Math.sqrt(square);
  }
  return roots;
}

/**
 * The same, squared: whole numbers, in the same order.
 * Distances along y first, then the lower envelope of their parabolas along x and z (Felzenszwalb, Huttenlocher 2012).
 * A mask without background is as far as scipy has it: from the voxel before the first, along the first axis.
 * @throws Fault "input" where the sides of the shape add up to more than 46,340 voxels.
 */
export function squaredDistances(mask: Uint8Array, shape: Zyx): Int32Array<ArrayBuffer> {
  const [planes, height, width] = shape;
  const squares = new Int32Array(mask.length);
  // More than any distance within the shape.
  const farthest = planes + height + width;
  if (farthest > MOST_ROOT)
    throw new Fault(
      "input",
      `${shape.join(" × ")} voxels are too large for distances; make the ROI smaller`,
    );
  for (let z = 0; z < planes; z++)
    squareColumns(mask, squares, z * height * width, shape, farthest);
  const across = lowerEnvelope(width);
  for (let row = 0; row < planes * height; row++) across(squares, row * width, 1);
  if (planes > 1) {
    const through = lowerEnvelope(planes);
    for (let i = 0; i < height * width; i++) through(squares, i, height * width);
  }
  if ((squares[0] ?? 0) >= farthest * farthest) fromCorner(squares, shape);
  return squares;
}

/** Squared distances to background in the same column of a plane, row by row down and up again. */
function squareColumns(
  mask: Uint8Array,
  squares: Int32Array,
  first: number,
  [, height, width]: Zyx,
  farthest: number,
): void {
  const end = first + height * width;
  for (let i = first; i < first + width; i++) squares[i] = mask[i] === 0 ? 0 : farthest;
  for (let i = first + width; i < end; i++)
    squares[i] = mask[i] === 0 ? 0 : Math.min(farthest, (squares[i - width] ?? 0) + 1);
  for (let i = end - width - 1; i >= first; i--) {
    const here = squares[i] ?? 0;
    if (here !== 0) squares[i] = Math.min(here, (squares[i + width] ?? 0) + 1);
  }
  for (let i = first; i < end; i++) {
    const here = squares[i] ?? 0;
    squares[i] = here * here;
  }
}

function fromCorner(squares: Int32Array, [planes, height, width]: Zyx): void {
  for (let i = 0; i < squares.length; i++) {
    const z = Math.floor(i / (height * width));
    const y = Math.floor(i / width) % height;
    const x = i % width;
    squares[i] = planes > 1 ? (z + 1) ** 2 + y ** 2 + x ** 2 : (y + 1) ** 2 + x ** 2;
  }
}
