/** ROIs for tests, from plain boxes. */
import { type Box, worldBox } from "../geometry/box.ts";
import { type Rois, roisOf } from "../roi/rois.ts";

/** A world box given as x0, y0, x1, y1, through z0 … z1. */
export function flatBox(
  [x0, y0, x1, y1]: readonly [number, number, number, number],
  [z0, z1]: readonly [number, number] = [0, 1],
): Box<"world"> {
  return worldBox([z0, y0, x0], [z1, y1, x1]);
}

/** Loaded ROIs named roi_0, roi_1, … without labels. */
export function roisOfBoxes(boxes: readonly Box<"world">[]): Rois {
  const bounds = new Float64Array(6 * boxes.length);
  for (const [i, box] of boxes.entries()) bounds.set([...box.min, ...box.max], 6 * i);
  return roisOf({ names: boxes.map((_, i) => `roi_${i}`), bounds, labels: undefined });
}
