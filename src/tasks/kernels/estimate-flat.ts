/**
 * Estimates how a field of view is lit from many images of it. As in BaSiC (Peng et al., Nature Communications 8, 14836,
 * 2017) images are made small first, so that thousands fit in memory; as in CIDRE and CellProfiler (Singh et al., Journal
 * of Microscopy 256, 231, 2014) the profile is then a statistic over all images, smoothed, as light changes slowly in
 * space. Here it is the median: of each tile's pixels, then over the images, so that objects count for nothing where
 * each tile is without them more often than not.
 */
import { gaussian } from "./gaussian.ts";
import { median } from "./median.ts";
import type { Voxels } from "./voxels.ts";

/** Tiles along y and x, and pixels of one side of a tile that are looked at, at most. */
const [TILES, LOOKS] = [64, 8];
/** Of the smoothing, as a part of the plane's height and width. */
const SIGMA = 1 / 16;
/** The window that spots are told by, as a part of the plane, and how much brighter than its median they are. */
const [AROUND, SPOT] = [1 / 4, 1.25];

type Plane = readonly [height: number, width: number];

/** How many tiles the estimate of a plane has along y and x: of 8 pixels or more each. */
function tilesOf([height, width]: Plane): Plane {
  const of = (length: number): number => Math.min(TILES, Math.max(1, Math.floor(length / LOOKS)));
  return [of(height), of(width)];
}

/**
 * The median of each tile of an image, in the order of rows, divided by the median of them all.
 * @param taken what is subtracted from each pixel before, at least 0 remains.
 * @returns undefined where half of the tiles are dark, which says nothing of the light.
 */
export function tileMedians(
  pixels: Voxels,
  shape: Plane,
  { dark, background }: { readonly dark?: Voxels; readonly background: number },
): Float64Array<ArrayBuffer> | undefined {
  const [height, width] = shape;
  const [rows, columns] = tilesOf(shape);
  const medians = new Float64Array(rows * columns);
  const looked = new Float64Array(LOOKS * LOOKS);
  for (let row = 0; row < rows; row++) {
    const ys = spread((row * height) / rows, ((row + 1) * height) / rows);
    for (let column = 0; column < columns; column++) {
      const xs = spread((column * width) / columns, ((column + 1) * width) / columns);
      let count = 0;
      for (const y of ys)
        for (const x of xs) {
          const i = y * width + x;
          looked[count++] = Math.max(0, (pixels[i] ?? 0) - (dark?.[i] ?? 0) - background);
        }
      medians[row * columns + column] = middle(looked.subarray(0, count));
    }
  }
  const level = middle(medians.slice());
  return level > 0 ? medians.map((value) => value / level) : undefined;
}

/**
 * The flat field of a plane from the tiles of its images, at least one: the median of each over the images, smoothed by
 * a Gaussian, interpolated between the tiles' middles. Its largest value is 1.
 */
export function flatFrom(images: readonly Float64Array[], shape: Plane): Float32Array<ArrayBuffer> {
  const tiles = tilesOf(shape);
  const overImages = new Float64Array(images.length);
  const light = Float64Array.from({ length: tiles[0] * tiles[1] }, (_, i) => {
    for (const [k, image] of images.entries()) overImages[k] = image[i] ?? 0;
    return middle(overImages.slice());
  });
  const flat = enlarged(smoothed(withoutSpots(light, tiles), tiles), tiles, shape);
  const most = flat.reduce((a, b) => Math.max(a, b), 0);
  return flat.map((value) => value / most);
}

/** Up to LOOKS pixels, evenly spread over a range. */
function spread(from: number, to: number): number[] {
  const [first, end] = [Math.floor(from), Math.floor(to)];
  const count = Math.min(LOOKS, end - first);
  return Array.from(
    { length: count },
    (_, i) => first + Math.floor(((i + 0.5) * (end - first)) / count),
  );
}

/** The median of numbers that are sorted on the way; the lower of two, as objects are brighter than what is around. */
function middle(values: Float64Array): number {
  return values.sort()[(values.length - 1) >> 1] ?? 0;
}

/** With few images, some tiles are brighter than those around as most of the images have an object there. */
function withoutSpots(light: Float64Array<ArrayBuffer>, tiles: Plane): Float64Array<ArrayBuffer> {
  const size = 1 + 2 * Math.round((AROUND * Math.min(...tiles)) / 2);
  const around = median(light, [1, ...tiles], [1, size, size]);
  return light.map((value, i) => (value > SPOT * (around[i] ?? 0) ? (around[i] ?? 0) : value));
}

/** Beyond the edge a line goes on as it came, turned about the edge, or light that falls towards it would be flattened. */
function smoothed(light: Float64Array, [rows, columns]: Plane): Float64Array {
  const [up, left] = [margin(rows), margin(columns)];
  const [tall, wide] = [rows + 2 * up, columns + 2 * left];
  const grown = Float64Array.from({ length: tall * wide }, (_, i) => {
    const [y, x] = [Math.floor(i / wide) - up, (i % wide) - left];
    const value = (row: number, column: number) => light[row * columns + column] ?? 0;
    const alongX = (row: number) => turned(x, columns, (column) => value(row, column));
    return turned(y, rows, alongX);
  });
  const inY = gaussian(grown, [1, tall, wide], SIGMA * Math.min(rows, columns));
  return Float64Array.from(
    { length: rows * columns },
    (_, i) => inY[(Math.floor(i / columns) + up) * wide + left + (i % columns)] ?? 0,
  );
}

const margin = (tiles: number): number => Math.min(tiles - 1, Math.ceil(4 * SIGMA * tiles));

/** What a line holds at a place that may lie outside it. */
function turned(place: number, length: number, value: (place: number) => number): number {
  if (place < 0) return 2 * value(0) - value(-place);
  if (place >= length) return 2 * value(length - 1) - value(2 * (length - 1) - place);
  return value(place);
}

/** Interpolates between the middles of tiles, and goes on beyond the outermost. */
function enlarged(
  values: Float64Array,
  [rows, columns]: Plane,
  [height, width]: Plane,
): Float32Array<ArrayBuffer> {
  const [ys, xs] = [betweenMiddles(height, rows), betweenMiddles(width, columns)];
  const flat = new Float32Array(height * width);
  const line = new Float64Array(columns + 1);
  for (let y = 0, i = 0; y < height; y++) {
    const upper = (ys.tiles[y] ?? 0) * columns;
    const lower = rows > 1 ? upper + columns : upper;
    for (let column = 0; column < columns; column++) {
      const value = values[upper + column] ?? 0;
      line[column] = value + (ys.parts[y] ?? 0) * ((values[lower + column] ?? 0) - value);
    }
    for (let x = 0; x < width; x++, i++) {
      const tile = xs.tiles[x] ?? 0;
      const value = line[tile] ?? 0;
      flat[i] = value + (xs.parts[x] ?? 0) * ((line[tile + 1] ?? 0) - value);
    }
  }
  return flat;
}

/** For each pixel a tile, and which part of the way to the middle of the next it lies; below 0 or above 1 at the ends. */
function betweenMiddles(length: number, tiles: number) {
  const places = Float64Array.from({ length }, (_, i) => ((i + 0.5) * tiles) / length - 0.5);
  const first = Int32Array.from(places, (place) =>
    Math.max(0, Math.min(tiles - 2, Math.floor(place))),
  );
  const parts = places.map((place, i) => (tiles > 1 ? place - (first[i] ?? 0) : 0));
  return { tiles: first, parts };
}
