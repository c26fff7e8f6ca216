/** Whether ROIs that lie beside an image are in it once they are counted from its corner. */
import { isEmpty } from "../geometry/box.ts";
import type { PixelGrid } from "../geometry/pixel-grid.ts";
import { type RoiId, type Rois, roiAt } from "./rois.ts";

/**
 * Where the ROIs begin, as a sentence, where all of them together would fit in the image: tables of fractal-tasks-core up
 * to 0.11 count from where the stage was. Along z nothing is looked at.
 */
export function otherOrigin(
  rois: Rois,
  ids: readonly RoiId[],
  { shape, scale }: PixelGrid,
): string | undefined {
  const starts = ([2, 1] as const).map((i) => {
    let [start, end] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const id of ids) {
      const box = roiAt(rois, id)?.box;
      if (!box || isEmpty(box)) continue;
      start = Math.min(start, box.min[i]);
      end = Math.max(end, box.max[i]);
    }
    // Sums of float32 numbers come out a little wider than the image.
    return end - start <= (shape[i] + 0.5) * scale[i] ? Number(start.toPrecision(6)) : undefined;
  });
  const [x, y] = starts;
  if (x === undefined || y === undefined) return undefined;
  return `All together would fit in the image; they begin at x ${x}, y ${y}`;
}
