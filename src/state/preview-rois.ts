/** Which ROIs a preview is made of, and which part of one that is too large for it. */
import { type Box, lengthsOf, volumeOf, type Zyx, zyx } from "../geometry/box.ts";
import { type PixelGrid, pixelFromWorld, worldFromPixel } from "../geometry/pixel-grid.ts";
import type { RecipeRoi } from "../tasks/recipe.ts";

/** More than these take longer than is pleasant. */
const MOST_ROIS = 3;

/** An FOV of 2160 × 2560 goes in whole, and what does not is computed within a second or so. */
const MOST_VOXELS = 2 ** 23;

/** The ROIs to try: of those that are selected the first, else the one at the place looked at, or nearest to it. */
export function previewRois(
  rois: readonly RecipeRoi[],
  selection: ReadonlySet<number>,
  at: Zyx,
): readonly RecipeRoi[] {
  const selected = rois.filter(({ id }) => selection.has(id));
  if (selected.length > 0) return selected.slice(0, MOST_ROIS);
  const [first, ...others] = rois.filter(({ box }) => box.min.every(Number.isFinite));
  if (first === undefined) return [];
  let best = { roi: first, from: distance(first.box, at) };
  for (const roi of others) {
    const from = distance(roi.box, at);
    // Of several around the place the smallest, as a click takes it.
    if (from < best.from || (from === best.from && areaOf(roi.box) < areaOf(best.roi.box)))
      best = { roi, from };
  }
  return [best.roi];
}

/**
 * The ROI, or the part of it around a place that is small enough: as many planes as can be, else a square of one.
 * @param keepsZ whether all its planes are needed
 */
export function previewPart(
  roi: RecipeRoi,
  grid: PixelGrid,
  at: Zyx,
  keepsZ: boolean,
): RecipeRoi & { readonly isPart: boolean } {
  const box = pixelFromWorld(grid, roi.box);
  if (!(volumeOf(box) > MOST_VOXELS)) return { ...roi, isPart: false };
  const [planes, height, width] = lengthsOf(box);
  const kept = keepsZ
    ? planes
    : Math.max(1, Math.min(planes, Math.floor(MOST_VOXELS / (height * width))));
  const side = Math.max(1, Math.floor(Math.sqrt(MOST_VOXELS / kept)));
  const isWide = height * width * kept > MOST_VOXELS;
  const size: Zyx = isWide
    ? [kept, Math.min(height, side), Math.min(width, side)]
    : [kept, height, width];
  const min = zyx((i) => {
    const middle = Math.floor(at[i] / grid.scale[i]);
    return Math.min(box.max[i] - size[i], Math.max(box.min[i], middle - Math.floor(size[i] / 2)));
  });
  const part = { ...box, min, max: zyx((i) => min[i] + size[i]) };
  return { ...roi, box: worldFromPixel(grid, part), isPart: true };
}

/** From a place to a box, in the plane; 0 inside. */
function distance({ min, max }: Box<"world">, [, y, x]: Zyx): number {
  return Math.hypot(Math.max(min[1] - y, 0, y - max[1]), Math.max(min[2] - x, 0, x - max[2]));
}

function areaOf(box: Box<"world">): number {
  const [, height, width] = lengthsOf(box);
  return height * width;
}
