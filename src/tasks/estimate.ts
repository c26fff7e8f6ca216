/** Estimates a channel's flat field from the recipe's own fields of view, read one after the other. */
import { throwIfStopped } from "../base/abort.ts";
import { Fault } from "../base/fault.ts";
import { isEmpty, pixelBox } from "../geometry/box.ts";
import { pixelFromWorld } from "../geometry/pixel-grid.ts";
import { countOf, selection } from "../ome/axes.ts";
import type { Channel, Image } from "../ome/multiscale.ts";
import type { ChunkSource } from "../zarr/chunk-source.ts";
import { isBig } from "../zarr/pixels.ts";
import { readRegion } from "../zarr/region.ts";
import type { Options } from "../zarr/store.ts";
import { flatFrom, tileMedians } from "./kernels/estimate-flat.ts";
import type { Voxels } from "./kernels/voxels.ts";
import type { Profile } from "./profiles.ts";
import { levelOf, type Recipe } from "./recipe.ts";

/** More planes than these make the median no better that could be seen. */
const PLANES = 256;

/**
 * Reads the middle plane of each field at each time point, or as many of them, evenly spread, as are enough; keeps of
 * each no more than its tiles.
 * @param taken what is subtracted before, as the correction itself does.
 * @throws Fault "input" where the channel is too dark everywhere; as reading does
 */
export async function estimateFlat(
  source: ChunkSource,
  image: Image,
  recipe: Recipe,
  { index: c, label }: Channel,
  [height, width]: readonly [height: number, width: number],
  taken: { readonly dark?: Voxels; readonly background: number },
  options: Options,
): Promise<Profile> {
  const { array, grid } = levelOf(recipe, image);
  const fields = recipe.rois.flatMap(({ box }) => {
    const voxels = pixelFromWorld(grid, box);
    return isEmpty(voxels) ? [] : voxels;
  });
  const times = countOf(image.axes, array.shape, "t");
  const all = fields.length * times;
  const step = Math.max(1, all / PLANES);
  const found: Float64Array[] = [];
  for (let k = 0; k < all; k += step) {
    throwIfStopped(options.signal);
    const i = Math.floor(k);
    const field = fields[i % fields.length];
    if (field === undefined) break;
    const z = (field.min[0] + field.max[0]) >> 1;
    const plane = pixelBox([z, field.min[1], field.min[2]], [z + 1, field.max[1], field.max[2]]);
    const { min, max } = selection(image.axes, { t: Math.floor(i / fields.length), c }, plane);
    const pixels = await readRegion(source, array, min, max, options);
    if (isBig(pixels)) continue;
    const tiles = tileMedians(pixels, [height, width], taken);
    if (tiles) found.push(tiles);
  }
  const flat = found.length > 0 ? flatFrom(found, [height, width]) : undefined;
  if (flat?.every((value) => value > 0)) return { height, width, pixels: flat };
  throw new Fault(
    "input",
    `The flat field of channel "${label}" cannot be estimated: its fields of view are ${flat ? "dark in places" : "too dark"}; give a profile`,
  );
}
