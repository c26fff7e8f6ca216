/** How ROIs look in space: which are boxes and which points, in which colours, and which step back. */
import type { RoiId } from "../../roi/rois.ts";
import {
  coloredEdges,
  edgesOf,
  type Lines,
  middlesOf,
  type Points,
} from "../../scene/box-lines.ts";
import { type BoxRows, chooseBoxes } from "../../scene/box-rows.ts";
import { INVALID_COLOR, PLAIN_COLOR } from "../../scene/palette.ts";
import type { RoiScene } from "../../scene/roi-layers.ts";

/** More boxes than this are a blur, and take time to draw. */
export const MOST_BOXES = 5000;

/** Whether a world place is in view. */
export type InView = (z: number, y: number, x: number) => boolean;

/** What the GPU gets of boxes; `isSeen` is undefined where all are drawn. */
export function drawnAs(
  rows: BoxRows,
  isSeen: InView | undefined,
  colors: RoiScene["colors"],
  invalid: RoiScene["invalid"],
  discarded: RoiScene["discarded"],
): {
  readonly rims: Lines;
  readonly edges: Lines;
  readonly points: Points;
  /** How many rows are boxes. */
  readonly boxes: number;
} {
  const { boxes, others } = chooseBoxes(rows, MOST_BOXES, isSeen ?? (() => true));
  const idOf = (row: number): RoiId => rows.ids[row] ?? -1;
  const colorOf = (id: RoiId) =>
    invalid.has(id) ? INVALID_COLOR : (colors?.at(id) ?? PLAIN_COLOR);
  const isPlain = !colors && invalid.size === 0 && !discarded?.size;
  const look = isPlain
    ? undefined
    : {
        colorOf: (row: number) => colorOf(idOf(row)),
        isFaint: (row: number) => discarded?.has(idOf(row)) ?? false,
      };
  const rims = edgesOf(rows.bounds, boxes);
  const edges = coloredEdges(rims, boxes, look);
  return { rims, edges, points: middlesOf(rows.bounds, others, look), boxes: boxes.length };
}
