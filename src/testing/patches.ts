/** Arrays of small chunks, and patches over them: for tests of the chunk accumulator. */
import type { ZarrArray } from "../zarr/array.ts";
import { chunksInBox, coordsKey } from "../zarr/chunk-grid.ts";
import { createArray } from "../zarr/hierarchy.ts";
import type { Patch } from "../zarr/patch.ts";
import type { WatchedStore } from "./watched-store.ts";

const SPEC = {
  format: 2,
  dtype: "uint16",
  fill: 0,
  separator: "/",
  compressor: "none",
} as const;

/** The array "a", of uint16. */
export function arrayIn(
  store: WatchedStore,
  shape: number[],
  chunks: number[],
  fill = 0,
): Promise<ZarrArray> {
  return createArray(store, "a", { ...SPEC, shape, chunks, fill });
}

/** How many of the patches touch each chunk, as a run's plan would say. */
export function touchesOf(
  array: ZarrArray,
  patches: readonly Patch[],
): (coords: readonly number[]) => number {
  const counts = new Map<string, number>();
  for (const { min, shape } of patches) {
    const max = min.map((at, axis) => at + (shape[axis] ?? 0));
    for (const coords of chunksInBox(array.chunks, min, max))
      counts.set(coordsKey(coords), (counts.get(coordsKey(coords)) ?? 0) + 1);
  }
  return (coords) => counts.get(coordsKey(coords)) ?? 0;
}

/** A patch of one value. */
export const square = (at: number, size: number, value: number): Patch => ({
  min: [at, at],
  shape: [size, size],
  data: new Uint16Array(size * size).fill(value),
});
