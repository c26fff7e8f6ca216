/** The voxels that fractal-tasks-core reads for a world box, which where edges lie between voxels are others than ngio's. */
import { type Box, pixelBox, zyx } from "./box.ts";
import type { PixelGrid } from "./pixel-grid.ts";

/**
 * Start and end are each divided by the voxel's size and rounded, halves to the even number; nothing is snapped, and
 * past the grid's end numpy cuts off (fractal-tasks-core 1.x, `roi/v1.py: convert_ROI_table_to_indices`).
 *
 * @returns undefined where it refuses the box, since an index would be negative
 */
export function taskCoreVoxels(
  { shape, scale }: PixelGrid,
  { min, max }: Box<"world">,
): Box<"pixel"> | undefined {
  const start = zyx((i) => halfToEven(min[i] / scale[i]));
  const end = zyx((i) => halfToEven(max[i] / scale[i]));
  if ([...start, ...end].some((index) => !(index >= 0))) return undefined;
  return pixelBox(
    zyx((i) => Math.min(start[i], shape[i])),
    zyx((i) => Math.min(end[i], shape[i])),
  );
}

/** Python's `round`. */
function halfToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}
