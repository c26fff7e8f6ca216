/** The chunks of an array of any number of axes: which there are, and which a box of elements touches. */
import type { ArrayMeta } from "./array.ts";
import type { Placed } from "./overlap.ts";

/** The coordinates of the chunks that the half-open box touches, in raster order. */
export function chunksInBox(
  chunks: readonly number[],
  min: readonly number[],
  max: readonly number[],
): number[][] {
  let found: number[][] = [[]];
  chunks.forEach((size, axis) => {
    const from = min[axis] ?? 0;
    const to = max[axis] ?? 0;
    const along: number[] = [];
    if (to > from) for (let c = Math.floor(from / size); c * size < to; c++) along.push(c);
    found = found.flatMap((coords) => along.map((c) => [...coords, c]));
  });
  return found;
}

/** Where a chunk lies in its array, in full chunk shape also at the array's end. */
export function placeOf(meta: ArrayMeta, coords: readonly number[]): Placed {
  return { min: coords.map((c, axis) => c * (meta.chunks[axis] ?? 1)), shape: meta.chunks };
}

/** A chunk's coordinates as a name. */
export function coordsKey(coords: readonly number[]): string {
  return coords.join(",");
}
