/** Reads any box of an array as dense pixels, whatever chunks it lies in. */
import { breaks } from "../base/steps.ts";
import type { Pixels, ZarrArray } from "./array.ts";
import { chunksInBox, placeOf } from "./chunk-grid.ts";
import type { ChunkSource } from "./chunk-source.ts";
import type { Placed } from "./overlap.ts";
import { mergePatch } from "./patch.ts";
import { filled, sizeOf } from "./pixels.ts";
import type { Options } from "./store.ts";

/** How long chunks that are all at hand may keep a thread busy at a time, in milliseconds. */
const SLICE_MS = 12;

/**
 * The pixels of the half-open box [min, max), one number per axis of the array; fill where nothing is stored.
 * If one chunk cannot be read, the other reads stop. All else has its turn while chunks are put together.
 * @throws Fault as the source does
 */
export async function readRegion(
  source: ChunkSource,
  array: ZarrArray,
  min: readonly number[],
  max: readonly number[],
  { signal }: Options = {},
): Promise<Pixels> {
  const box: Placed = { min, shape: max.map((end, axis) => Math.max(0, end - (min[axis] ?? 0))) };
  const pixels = filled(array, sizeOf(box.shape));
  const failed = new AbortController();
  const either = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  const pause = breaks(SLICE_MS, either);
  const paste = async (coords: readonly number[]): Promise<void> => {
    const chunk = await source.read(array, coords, { signal: either });
    if (chunk === undefined) return;
    await pause();
    const { min: at, shape } = placeOf(array, coords);
    mergePatch(pixels, box, { min: at, shape, data: chunk.data }, "overwrite");
  };
  try {
    await Promise.all(chunksInBox(array.chunks, min, max).map(paste));
  } catch (error) {
    failed.abort();
    throw error;
  }
  return pixels;
}
