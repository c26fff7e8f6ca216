/** The whole of an image as ROIs, for tasks that are not about ROIs that somebody chose. */
import { pixelBox } from "../geometry/box.ts";
import { worldFromPixel } from "../geometry/pixel-grid.ts";
import { chunkZyx } from "../ome/axes.ts";
import type { Image, Level } from "../ome/multiscale.ts";
import type { RecipeRoi } from "./recipe.ts";

/** An ROI of fewer pixels than this along y and x costs more to hand out than to compute. */
const SMALLEST = 512;

/**
 * Every voxel of a level once, in columns of whole chunks that hold all planes: no two touch a chunk of an output with
 * the level's chunks, and each chunk that is read is decoded for one of them.
 */
export function wholeImage({ axes }: Image, { grid, array }: Level): readonly RecipeRoi[] {
  const [, ...chunk] = chunkZyx(array, axes);
  const [height = 1, width = 1] = chunk.map((side) => side * Math.ceil(SMALLEST / side));
  const [planes, rows, columns] = grid.shape;
  const rois: RecipeRoi[] = [];
  for (let y = 0; y < rows; y += height)
    for (let x = 0; x < columns; x += width) {
      const [bottom, right] = [Math.min(rows, y + height), Math.min(columns, x + width)];
      const box = worldFromPixel(grid, pixelBox([0, y, x], [planes, bottom, right]));
      rois.push({ id: rois.length, name: `y ${y}–${bottom}, x ${x}–${right}`, box });
    }
  return rois;
}
