/** A plane made smaller: each new pixel is the mean of those it stands for. */
import type { Pixels } from "../zarr/array.ts";
import { isBig } from "../zarr/pixels.ts";
import type { Plane } from "./plane.ts";

/** How many pixels along an edge are looked at for one; of more, evenly spread ones. */
const SAMPLES = 4;

/** A rectangle of pixels to be filled, in an array of so many pixels per row. */
export interface Target {
  readonly data: Float32Array | Pixels;
  readonly rowLength: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Fills a rectangle with a plane; whole numbers are rounded to the nearest. 64-bit numbers are taken as the nearest ones. */
export function shrinkInto({ data, rowLength, x, y, width, height }: Target, plane: Plane): void {
  const isWhole = !(data instanceof Float32Array || data instanceof Float64Array);
  const columns = samplesOf(width, plane.width);
  const rows = samplesOf(height, plane.height);
  const sums = new Float64Array(width);
  for (let row = 0; row < height; row++) {
    const [top = 0, bottom = 0] = [rows.starts[row], rows.starts[row + 1]];
    sums.fill(0);
    for (let i = top; i < bottom; i++) addRow(sums, plane, rows.at[i] ?? 0, columns);
    const to = (y + row) * rowLength + x;
    for (let column = 0; column < width; column++) {
      const count = (columns.starts[column + 1] ?? 0) - (columns.starts[column] ?? 0);
      const mean = (sums[column] ?? 0) / ((bottom - top) * count);
      data[to + column] = isWhole ? Math.round(mean) : mean;
    }
  }
}

/** The old pixels along one axis, new pixel by new pixel: those of the i-th begin at `starts[i]`. */
interface Samples {
  readonly at: Int32Array;
  readonly starts: Int32Array;
}

/** Adds the samples of one old row to the new pixels. */
function addRow(sums: Float64Array, plane: Plane, row: number, { at, starts }: Samples): void {
  const { data, width } = plane;
  const valueAt = isBig(data)
    ? (i: number): number => Number(data[i])
    : (i: number): number => data[i] ?? 0;
  const from = row * width;
  for (let column = 0, j = 0; column < sums.length; column++) {
    const end = starts[column + 1] ?? 0;
    let sum = 0;
    for (; j < end; j++) sum += valueAt(from + (at[j] ?? 0));
    sums[column] = (sums[column] ?? 0) + sum;
  }
}

/** For each new pixel, the old ones along one axis. */
function samplesOf(length: number, from: number): Samples {
  const at = new Int32Array(length * SAMPLES);
  const starts = new Int32Array(length + 1);
  let next = 0;
  for (let i = 0; i < length; i++) {
    starts[i] = next;
    const start = Math.floor((i * from) / length);
    const end = Math.max(start + 1, Math.floor(((i + 1) * from) / length));
    const count = Math.min(SAMPLES, end - start);
    for (let k = 0; k < count; k++)
      at[next++] = Math.min(from - 1, start + Math.floor(((k + 0.5) * (end - start)) / count));
  }
  starts[length] = next;
  return { at, starts };
}
