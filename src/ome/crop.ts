/** A part of a level of an image, with all its channels and time points, as an image of its own. */
import { throwIfStopped } from "../base/abort.ts";
import type { JsonObject } from "../base/json.ts";
import type { Box } from "../geometry/box.ts";
import { chunksInBox } from "../zarr/chunk-grid.ts";
import type { ChunkSource } from "../zarr/chunk-source.ts";
import type { Patch } from "../zarr/patch.ts";
import { readRegion } from "../zarr/region.ts";
import type { WritableStore } from "../zarr/store.ts";
import { blockLevels } from "./block-levels.ts";
import { createImage, type ImageSpec } from "./create-image.ts";
import type { LevelSpec } from "./create-multiscale.ts";
import type { Image, Level } from "./multiscale.ts";
import { newPyramidWriter, type PyramidWriter } from "./pyramid-writer.ts";

export interface Crop {
  readonly image: Image;
  readonly level: Level;
  /** In voxels of the level, inside it, with a volume. */
  readonly box: Box<"pixel">;
}

/** Called with how many of so many parts are done. */
export type Progress = (done: number, of: number) => void;

export interface CropOptions {
  readonly signal: AbortSignal;
  readonly onProgress: Progress;
}

/** The half-open range of a crop, per axis of the image. */
export function rangeOf({ image, level, box }: Crop): {
  readonly min: readonly number[];
  readonly max: readonly number[];
} {
  const at = { t: undefined, c: undefined, z: 0, y: 1, x: 2 } as const;
  const end = (axis: number): number => level.array.shape[axis] ?? 1;
  const places = image.axes.map(({ name }) => at[name]);
  return {
    min: places.map((place) => (place === undefined ? 0 : box.min[place])),
    max: places.map((place, axis) => (place === undefined ? end(axis) : box.max[place])),
  };
}

/** Images are halved until they fit into this, in voxels. */
const SMALL = 512;

/** What writes a copy, given its pixels a chunk of the finest level at a time; it may take them away. */
export interface CopyWriter {
  put(patch: Patch): Promise<void>;
  finish(): Promise<void>;
}

/** Begins an image with a writer for its pixels. */
export type BeginCopy = (spec: ImageSpec) => Promise<CopyWriter>;

/** Begins it at the root of a store, on this thread. */
export function writeInto(store: WritableStore): (spec: ImageSpec) => Promise<PyramidWriter> {
  return async (spec) => newPyramidWriter(await createImage(store, "", spec));
}

/**
 * Copies a crop: its pixels as they are, a pyramid of means above them, the channels as the image has them.
 * @param attributes what the new image says beside OME-Zarr's own
 * @throws Fault as the source and the writer do, and "aborted"; what was written so far is left
 */
export async function copyCrop(
  source: ChunkSource,
  crop: Crop,
  begin: BeginCopy,
  {
    name,
    attributes,
    signal,
    onProgress,
  }: CropOptions & { readonly name: string; readonly attributes: JsonObject },
): Promise<void> {
  const { image, level } = crop;
  const { min, max } = rangeOf(crop);
  const levels = levelsOf(crop);
  const writer = await begin({
    format: image.zarrFormat,
    name,
    axes: image.axes,
    levels,
    dtype: level.array.dtype,
    compressor: "blosc-zstd",
    channels: image.channels,
    attributes,
  });
  const [{ shape, chunks }] = levels;
  const parts = chunksInBox(
    chunks,
    shape.map(() => 0),
    shape,
  );
  for (const [done, coords] of parts.entries()) {
    onProgress(done, parts.length);
    throwIfStopped(signal);
    const from = coords.map((at, axis) => at * (chunks[axis] ?? 1));
    const size = from.map((at, axis) =>
      Math.min(chunks[axis] ?? 1, (max[axis] ?? 0) - (min[axis] ?? 0) - at),
    );
    const first = from.map((at, axis) => at + (min[axis] ?? 0));
    const end = first.map((at, axis) => at + (size[axis] ?? 0));
    const data = await readRegion(source, level.array, first, end, { signal });
    await writer.put({ min: from, shape: size, data });
  }
  await writer.finish();
  onProgress(parts.length, parts.length);
}

/** The crop, and halves of halves of it in y and x; what remains of an odd number of voxels is left out. */
function levelsOf(crop: Crop): [LevelSpec, ...LevelSpec[]] {
  const { min, max } = rangeOf(crop);
  const { scale, array } = crop.level;
  const isPlane = crop.image.axes.map(({ name }) => name === "y" || name === "x");
  const level = (shape: readonly number[], scale: readonly number[]): LevelSpec => {
    const chunks = array.chunks.map((chunk, axis) => Math.min(chunk, shape[axis] ?? chunk));
    return { shape, scale, chunks };
  };
  const finest = level(
    max.map((end, axis) => end - (min[axis] ?? 0)),
    scale,
  );
  const coarser: LevelSpec[] = [];
  for (let { shape, scale } = finest; shape.some((n, axis) => isPlane[axis] && n > SMALL); ) {
    const halves = shape.map((n, axis) => (isPlane[axis] ? Math.max(1, Math.floor(n / 2)) : n));
    scale = scale.map((s, axis) => s * Math.floor((shape[axis] ?? 1) / (halves[axis] ?? 1)));
    shape = halves;
    coarser.push(level(shape, scale));
  }
  return blockLevels([finest, ...coarser]);
}
