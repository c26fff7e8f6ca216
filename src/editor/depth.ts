/** Through which planes a new ROI goes: all of them, unless one of the other ways is chosen. */
import type { PixelGrid } from "../geometry/pixel-grid.ts";
import { type Plane, wholePlanes } from "./plane.ts";

export type Depth = "stack" | "plane" | "last";

/** The z range of a new ROI in world units; where none was drawn yet, "last" means the whole stack. */
export function depthOfNew(
  depth: Depth,
  { grid, plane, last }: { grid: PixelGrid; plane: Plane; last: Plane | undefined },
): Plane {
  const stack = { min: 0, max: grid.shape[0] * grid.scale[0] };
  switch (depth) {
    case "stack":
      return stack;
    case "plane":
      return wholePlanes(plane, grid);
    case "last":
      return last ?? stack;
  }
}
