/** The median of any box-shaped window: a sliding histogram for 8 and 16 bits, selection for all other types. */
import type { Zyx } from "../../geometry/box.ts";
import type { Voxels } from "./voxels.ts";

/** Writes the value of rank ⌊n / 2⌋ of each window of n voxels into `target`; the edge is repeated. */
export function windowMedian(source: Voxels, target: Voxels, shape: Zyx, size: Zyx): void {
  const rank = (size[0] * size[1] * size[2]) >> 1;
  const isCounted = source.BYTES_PER_ELEMENT <= 2;
  const row = isCounted
    ? countingRow(source, target, shape[2], size[2], rank)
    : selectingRow(source, target, shape[2], size[2], rank);
  const [planes, height, width] = shape;
  const rows = new Int32Array(size[0] * size[1]);
  for (let z = 0; z < planes; z++)
    for (let y = 0; y < height; y++) {
      for (let i = 0; i < rows.length; i++) {
        const zz = clamped(z - (size[0] >> 1) + Math.floor(i / size[1]), planes);
        const yy = clamped(y - (size[1] >> 1) + (i % size[1]), height);
        rows[i] = (zz * height + yy) * width;
      }
      row(rows, (z * height + y) * width);
    }
}

function clamped(i: number, length: number): number {
  return Math.min(length - 1, Math.max(0, i));
}

/** Filters the row that begins at `to`, from the rows of its windows. */
type FilterRow = (rows: Int32Array, to: number) => void;

/** Voxels that enter and leave the window are counted by value, and by the upper byte of it (Huang 1979, two tiers). */
function countingRow(
  source: Voxels,
  target: Voxels,
  width: number,
  reach: number,
  rank: number,
): FilterRow {
  const coarse = new Int32Array(256);
  const fine = new Int32Array(65536);
  // Signed values become unsigned ones of the same order.
  const lowest = source instanceof Int8Array ? -128 : source instanceof Int16Array ? -32768 : 0;
  const count = (rows: Int32Array, x: number, step: 1 | -1): void => {
    const column = clamped(x, width);
    for (let i = 0; i < rows.length; i++) {
      const value = (source[(rows[i] ?? 0) + column] ?? 0) - lowest;
      fine[value] = (fine[value] ?? 0) + step;
      coarse[value >> 8] = (coarse[value >> 8] ?? 0) + step;
    }
  };
  const before = reach >> 1;
  return (rows, to) => {
    for (let x = -before; x < reach - before; x++) count(rows, x, 1);
    for (let x = 0; x < width; x++) {
      target[to + x] = ranked(coarse, fine, rank) + lowest;
      count(rows, x - before, -1);
      count(rows, x - before + reach, 1);
    }
    for (let x = width - before; x < width - before + reach; x++) count(rows, x, -1);
  };
}

/** The value that `rank` counted values come before. */
function ranked(coarse: Int32Array, fine: Int32Array, rank: number): number {
  let left = rank;
  let upper = 0;
  for (let here = coarse[0] ?? 0; left >= here; here = coarse[++upper] ?? 0) left -= here;
  let value = upper << 8;
  for (let here = fine[value] ?? 0; left >= here; here = fine[++value] ?? 0) left -= here;
  return value;
}

/** All voxels of the window are gathered and the one of the rank is selected (Hoare 1961). */
function selectingRow(
  source: Voxels,
  target: Voxels,
  width: number,
  reach: number,
  rank: number,
): FilterRow {
  let values = new Float64Array(0);
  return (rows, to) => {
    if (values.length === 0) values = new Float64Array(rows.length * reach);
    for (let x = 0; x < width; x++) {
      let n = 0;
      for (let i = x - (reach >> 1); n < values.length; i++) {
        const column = clamped(i, width);
        for (let k = 0; k < rows.length; k++) values[n++] = source[(rows[k] ?? 0) + column] ?? 0;
      }
      target[to + x] = selected(values, rank);
    }
  };
}

/** The value of a rank; reorders the values. */
function selected(values: Float64Array, rank: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const [from, to] = partition(values, low, high, at(values, rank));
    if (to < rank) low = from;
    if (from > rank) high = to;
  }
  return at(values, rank);
}

/** Moves values below a pivot before those above; returns where the upper ones begin and the lower ones end. */
function partition(
  values: Float64Array,
  low: number,
  high: number,
  pivot: number,
): [number, number] {
  let i = low;
  let j = high;
  while (i <= j) {
    while (at(values, i) < pivot) i++;
    while (at(values, j) > pivot) j--;
    if (i > j) break;
    const swapped = at(values, i);
    values[i++] = at(values, j);
    values[j--] = swapped;
  }
  return [i, j];
}

/** An element that is known to be there. */
function at(array: Float64Array, i: number): number {
  return array[i] ?? 0;
}
