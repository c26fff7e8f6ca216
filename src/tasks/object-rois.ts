/** The objects of a label as ROIs, for masking by a label that has no table of them. */
import { Limiter } from "../base/limiter.ts";
import { pixelBox } from "../geometry/box.ts";
import { worldFromPixel, worldOf } from "../geometry/pixel-grid.ts";
import { zyxOf } from "../ome/axes.ts";
import type { Image, Level } from "../ome/multiscale.ts";
import { type Extents, extentsOf, joinedExtents, type LabelPart } from "../roi/object-extents.ts";
import type { Pixels } from "../zarr/array.ts";
import { chunksInBox, placeOf } from "../zarr/chunk-grid.ts";
import type { ChunkSource } from "../zarr/chunk-source.ts";
import { readRegion } from "../zarr/region.ts";
import type { Options } from "../zarr/store.ts";
import { openLabelInput } from "./label-input.ts";
import type { RecipeRoi } from "./recipe.ts";

/** Finds the extents of the objects in a part of a label, off this thread where it can; the pixels are given away. */
export type FoldLabels = (
  part: LabelPart & { readonly labels: Pixels },
  options: Options,
) => Promise<Extents>;

/** Chunks in memory at one time, beside those that the source keeps. */
const CHUNKS_AT_ONCE = 4;

/**
 * The box of each object at a time point, by growing label: those of ngio's `build_masking_roi_table` for the level of
 * the label that is nearest to the image's, which is the one that masks. Where the label has one plane and the image
 * has several, the boxes hold all planes.
 * @param level of the image, that is to be processed
 * @throws Fault as `openLabelInput`, and as the source does
 */
export async function objectRois(
  image: Image,
  level: Level,
  label: string,
  t: number,
  source: ChunkSource,
  options: Options & {
    readonly onProgress?: (done: number, of: number) => void;
    readonly fold?: FoldLabels;
  } = {},
): Promise<readonly RecipeRoi[]> {
  const { array, axes, grid, at } = await openLabelInput(image, level, label, options);
  const { min, max } = at(worldOf(grid), t);
  const limiter = new Limiter(CHUNKS_AT_ONCE);
  const { fold = foldHere } = options;
  const extentsIn = async (coords: readonly number[]): Promise<Extents> => {
    const place = placeOf(array, coords);
    const from = place.min.map((begin, axis) => Math.max(begin, min[axis] ?? 0));
    const to = place.min.map((begin, axis) =>
      Math.min(begin + (place.shape[axis] ?? 1), max[axis] ?? 1),
    );
    const labels = await readRegion(source, array, from, to, options);
    const shape = to.map((end, axis) => end - (from[axis] ?? 0));
    return fold({ labels, min: from, shape }, options);
  };
  const chunks = [...chunksInBox(array.chunks, min, max)];
  let done = 0;
  const parts = await Promise.all(
    chunks.map(async (coords) => {
      const extents = await limiter.run(() => extentsIn(coords), options);
      options.onProgress?.(++done, chunks.length);
      return extents;
    }),
  );
  const planes = worldOf(level.grid);
  const isFlat = grid.shape[0] === 1;
  return Array.from(joinedExtents(parts), ([id, extent], i) => {
    const box = pixelBox(zyxOf(axes, extent.min, 0), zyxOf(axes, extent.max, 1));
    const { min: lower, max: upper, space } = worldFromPixel(grid, box);
    const world = isFlat
      ? {
          space,
          min: [planes.min[0], lower[1], lower[2]] as const,
          max: [planes.max[0], upper[1], upper[2]] as const,
        }
      : { space, min: lower, max: upper };
    return { id: i, name: String(id), label: id, box: world };
  });
}

async function foldHere(part: LabelPart): Promise<Extents> {
  return extentsOf(part.labels, part);
}
