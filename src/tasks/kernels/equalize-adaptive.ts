/** Contrast limited adaptive histogram equalisation (CLAHE), as scikit-image does it. */
import { Fault } from "../../base/fault.ts";
import type { Zyx } from "../../geometry/box.ts";
import { grayMapping } from "./gray-mapping.ts";
import { rangeOf } from "./histogram.ts";
import { mirrored, tiling } from "./tiling.ts";
import type { Voxels } from "./voxels.ts";

/** Gray levels that images are brought to first (scikit-image's constant). */
const GRAYS = 2 ** 14;

export interface Equalization {
  /** Of the tiles whose histograms are equalised, in voxels; undefined for an eighth of the shape along each axis. */
  readonly tile?: Zyx;
  /** How much of a tile one gray may hold before it is cut, 0 … 1; 0 cuts nothing. */
  readonly clipLimit: number;
  readonly bins: number;
}

/**
 * Values from 0 to 1. Equals `skimage.exposure.equalize_adapthist(v, kernel_size, clip_limit, nbins)` bit by bit, which
 * is Fractal's "Histogram Equalization" (its defaults: no tile, 0.01, 256). A plane is a shape with one z.
 * @throws Fault "input" where the image is not of unsigned 8 or 16 bits, whose range the first step needs to know, or is empty.
 */
export function equalizeAdaptive(
  voxels: Voxels,
  shape: Zyx,
  { tile, clipLimit, bins }: Equalization,
): Float64Array<ArrayBuffer> {
  if (!(voxels instanceof Uint8Array || voxels instanceof Uint16Array))
    throw new Fault(
      "input",
      "Histogram equalization needs an image of 8 or 16 bits without sign; put it before other filters",
    );
  const { low, high } = rangeOf(voxels, "Histogram equalization's");
  const size = (tile ?? shape.map((length) => Math.max(1, Math.floor(length / 8)))) as Zyx;
  const binOf = binsOf(low, high, bins);
  const maps = tileMaps(voxels, shape, size, binOf, { clipLimit, bins });
  return rescaled(blended(voxels, shape, size, binOf, maps, bins));
}

/** The bin of each value: grays from the lowest value to the highest, rounded to even, of which a bin holds several. */
function binsOf(low: number, high: number, bins: number): Uint16Array {
  const perBin = 1 + Math.floor(GRAYS / bins);
  return Uint16Array.from({ length: high + 1 }, (_, value) => {
    if (value < low) return 0;
    const gray =
      low === high
        ? Math.min(GRAYS - 1, value)
        : roundedToEven(((value - low) / (high - low)) * (GRAYS - 1));
    return Math.floor(gray / perBin);
  });
}

function roundedToEven(value: number): number {
  const down = Math.floor(value);
  if (value - down !== 0.5) return Math.round(value);
  return down % 2 === 0 ? down : down + 1;
}

/** The gray of each bin, tile after tile in z, y, x order; what is beyond the image is its mirror image. */
function tileMaps(
  voxels: Voxels,
  shape: Zyx,
  size: Zyx,
  binOf: Uint16Array,
  { clipLimit, bins }: Required<Omit<Equalization, "tile">>,
): Int32Array {
  const count = shape.map((length, axis) =>
    Math.ceil(length / (size[axis] ?? 1)),
  ) as unknown as Zyx;
  const [planes, rows, columns] = size;
  const elements = planes * rows * columns;
  const limit = clipLimit > 0 ? Math.max(1, Math.floor(clipLimit * elements)) : elements;
  const maps = new Int32Array(count[0] * count[1] * count[2] * bins);
  for (let tile = 0; tile * bins < maps.length; tile++) {
    const tz = Math.floor(tile / (count[1] * count[2]));
    const ty = Math.floor(tile / count[2]) % count[1];
    const tx = tile % count[2];
    const counts = new Int32Array(bins);
    for (let i = 0; i < planes * rows; i++) {
      const z = mirrored(tz * planes + Math.floor(i / rows), shape[0]);
      const y = mirrored(ty * rows + (i % rows), shape[1]);
      for (let x = tx * columns; x < (tx + 1) * columns; x++) {
        const value = voxels[(z * shape[1] + y) * shape[2] + mirrored(x, shape[2])] ?? 0;
        const bin = binOf[value] ?? 0;
        counts[bin] = (counts[bin] ?? 0) + 1;
      }
    }
    maps.set(grayMapping(counts, limit, GRAYS - 1, elements), tile * bins);
  }
  return maps;
}

/** Each voxel's gray, blended linearly from the maps of the tiles whose middles are around it. */
function blended(
  voxels: Voxels,
  shape: Zyx,
  size: Zyx,
  binOf: Uint16Array,
  maps: Int32Array,
  bins: number,
): Float64Array<ArrayBuffer> {
  const [inZ, inY, inX] = [0, 1, 2].map((axis) => tiling(shape[axis] ?? 1, size[axis] ?? 1)) as [
    ReturnType<typeof tiling>,
    ReturnType<typeof tiling>,
    ReturnType<typeof tiling>,
  ];
  const blend = new Float64Array(voxels.length);
  const [, height, width] = shape;
  for (let row = 0; row < shape[0] * height; row++) {
    const z = Math.floor(row / height);
    const y = row % height;
    // The four pairs of tiles along x, in scikit-image's order of adding: z, then y, then x.
    const corners = [0, 1, 2, 3].map((corner) => ({
      row:
        ((inZ.tiles[2 * z + (corner >> 1)] ?? 0) * inY.count +
          (inY.tiles[2 * y + (corner & 1)] ?? 0)) *
        inX.count,
      y: inY.shares[2 * y + (corner & 1)] ?? 0,
      z: inZ.shares[2 * z + (corner >> 1)] ?? 0,
    }));
    for (let x = 0; x < width; x++) {
      const bin = binOf[voxels[row * width + x] ?? 0] ?? 0;
      let sum = 0;
      for (const corner of corners)
        for (let side = 0; side < 2; side++) {
          const tile = corner.row + (inX.tiles[2 * x + side] ?? 0);
          const share = (inX.shares[2 * x + side] ?? 0) * corner.y * corner.z;
          // Products and sums are stored as float32.
          sum = Math.fround(sum + Math.fround((maps[tile * bins + bin] ?? 0) * share));
        }
      blend[row * width + x] = Math.trunc(sum);
    }
  }
  return blend;
}

/** To 0 … 1 in place; an even image is only cut to that range. */
function rescaled(values: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const { low, high } = rangeOf(values, "Histogram equalization's");
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    values[i] = low === high ? Math.min(1, value) : (value - low) / (high - low);
  }
  return values;
}
