/** A plane made smaller: each new pixel is the mean of those it stands for. */
import type { Pixels } from "../zarr/array.ts";
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
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const mean = meanOf(plane, rows[row] ?? [], columns[column] ?? []);
      data[(y + row) * rowLength + x + column] = isWhole ? Math.round(mean) : mean;
    }
}

function meanOf(
  { data, width }: Plane,
  rows: readonly number[],
  columns: readonly number[],
): number {
  let sum = 0;
  for (const row of rows) for (const column of columns) sum += Number(data[row * width + column]);
  return sum / (rows.length * columns.length);
}

/** For each new pixel, the old ones along one axis. */
function samplesOf(length: number, from: number): readonly (readonly number[])[] {
  return Array.from({ length }, (_, i) => {
    const start = Math.floor((i * from) / length);
    const end = Math.max(start + 1, Math.floor(((i + 1) * from) / length));
    const count = Math.min(SAMPLES, end - start);
    return Array.from({ length: count }, (_, k) =>
      Math.min(from - 1, start + Math.floor(((k + 0.5) * (end - start)) / count)),
    );
  });
}
