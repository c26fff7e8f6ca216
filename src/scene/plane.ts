/** One channel of a tile: the pixels cut out of a decoded chunk. */
import type { ArrayMeta, Chunk, Pixels } from "../zarr/array.ts";
import { filled } from "../zarr/pixels.ts";

/** Pixels of one channel, y before x. Where nothing is stored, one pixel of the fill value stands for all of them. */
export interface Plane {
  readonly data: Pixels;
  readonly width: number;
  readonly height: number;
}

/** Where in a chunk a plane lies: the index of its first pixel per axis (y, x last), and its size in pixels. */
export interface Cut {
  readonly from: readonly number[];
  readonly width: number;
  readonly height: number;
}

/** The plane of a chunk; a view of the chunk's pixels where its rows are taken whole, else a copy. */
export function cutPlane(chunk: Chunk, cut: Cut): Plane {
  return { data: cutPixels(chunk, cut), width: cut.width, height: cut.height };
}

/** The plane of a chunk that was never stored. */
export function emptyPlane(array: ArrayMeta): Plane {
  return { data: filled(array, 1), width: 1, height: 1 };
}

/** The value at a place in the tile, from 0 to 1 on each axis, as it is stored. */
export function pixelAt(
  { data, width, height }: Plane,
  u: number,
  v: number,
): number | bigint | undefined {
  const x = Math.min(width - 1, Math.floor(u * width));
  const y = Math.min(height - 1, Math.floor(v * height));
  return data[y * width + x];
}

function cutPixels({ data, shape }: Chunk, { from, width, height }: Cut): Pixels {
  const rowLength = shape.at(-1) ?? 1;
  const start = shape.reduce((offset, length, axis) => offset * length + (from[axis] ?? 0), 0);
  if (width === rowLength) return data.subarray(start, start + width * height);
  const cut = data.slice(0, width * height);
  const size = data.BYTES_PER_ELEMENT;
  const source = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const target = new Uint8Array(cut.buffer);
  for (let row = 0; row < height; row++) {
    const at = (start + row * rowLength) * size;
    target.set(source.subarray(at, at + width * size), row * width * size);
  }
  return cut;
}
