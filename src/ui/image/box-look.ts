/** How ROIs look in space: which are boxes and which points, in which colours, and which step back. */
import type { Steps } from "../../base/steps.ts";
import type { RoiId } from "../../roi/rois.ts";
import type { BoxColumns } from "../../scene/box-layers.ts";
import { coloredEdges, edgesOf, middlesOf, type RowLook } from "../../scene/box-lines.ts";
import { type BoxRows, chooseBoxes } from "../../scene/box-rows.ts";
import { crowdColor, INVALID_COLOR, PLAIN_COLOR } from "../../scene/palette.ts";
import type { RoiScene } from "../../scene/roi-layers.ts";

/** More boxes than this are a blur, and take time to draw. */
export const MOST_BOXES = 2000;

/** Whether a world place is in view. */
export type InView = (z: number, y: number, x: number) => boolean;

/** A box that is shorter than this on the screen is no more than a point, in CSS pixels. */
const LEAST_SIDE = 6;

/** A camera that rests. */
export interface Seen {
  readonly isSeen: InView;
  /** World units along x per CSS pixel. */
  readonly worldPerPixel: number;
}

interface DrawnBoxes extends BoxColumns {
  /** How many rows there are, and how many of them are boxes. */
  readonly count: number;
  readonly boxes: number;
}

/** @param seen undefined where all are drawn as boxes */
export function* drawnAs(
  rows: BoxRows,
  seen: Seen | undefined,
  colors: RoiScene["colors"],
  invalid: RoiScene["invalid"],
  discarded: RoiScene["discarded"],
): Steps<DrawnBoxes> {
  const { boxes, others } = yield* chooseBoxes(
    rows,
    MOST_BOXES,
    seen?.isSeen ?? (() => true),
    LEAST_SIDE * (seen?.worldPerPixel ?? 0),
  );
  const idOf = (row: number): RoiId => rows.ids[row] ?? -1;
  const colorOf = (id: RoiId) =>
    invalid.has(id) ? INVALID_COLOR : (colors?.at(id) ?? PLAIN_COLOR);
  const isPlain = !colors && invalid.size === 0 && !discarded?.size;
  const look: RowLook = isPlain
    ? undefined
    : {
        colorOf: (row: number) => colorOf(idOf(row)),
        isFaint: (row: number) => discarded?.has(idOf(row)) ?? false,
      };
  const rims = yield* edgesOf(rows.bounds, boxes);
  const edges = yield* coloredEdges(rims, boxes, look);
  const points = yield* middlesOf(rows.bounds, others, look && inCrowd(look));
  return { rims, edges, points, count: rows.ids.length, boxes: boxes.length };
}

function inCrowd({ colorOf, isFaint }: NonNullable<RowLook>): RowLook {
  return { colorOf: (row) => crowdColor(colorOf(row)), isFaint };
}
