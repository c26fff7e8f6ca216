/** What lies over a plate's picture beside its pixels, as on the screen: the wells' frames and marks, and the names of rows and columns. */
import type { Plate } from "../../ome/multiscale.ts";
import { cellRect, type PlatePlace } from "../../scene/plate-place.ts";
import { type Rect, rectsOverlap } from "../../scene/rect.ts";
import type { WellMark } from "../plate/plate-status.ts";
import type { PaintedWell, WellPaint } from "../plate/well-paint.ts";

/** Plain data, in pixels of the screen from the picture's upper left corner. */
export interface PlateSheet {
  readonly wells: readonly {
    readonly rect: Rect;
    readonly mark: WellMark["kind"] | undefined;
    readonly paint: PaintedWell | undefined;
  }[];
  /** Undefined where they are left out. */
  readonly names:
    | {
        readonly columns: readonly PlacedName[];
        readonly rows: readonly PlacedName[];
        readonly size: number;
      }
    | undefined;
}

/** A name in the middle of what is seen of its column or row, from one edge of it to the other. */
export interface PlacedName {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** How high the names of columns are, which those of rows begin below. */
export const NAMES_HEIGHT = 20;

/** Rows closer than this have small names. */
const TIGHT = 20;

export function plateSheet({
  place,
  plate,
  rect: [left, top, right, bottom],
  unit,
  marks,
  paint,
  names,
}: {
  readonly place: PlatePlace;
  readonly plate: Plate;
  /** What of the plate's world is shown. */
  readonly rect: Rect;
  /** World units per pixel of the screen. */
  readonly unit: number;
  readonly marks: ReadonlyMap<number, WellMark>;
  readonly paint: WellPaint | undefined;
  readonly names: boolean;
}): PlateSheet {
  const view: Rect = [0, 0, (right - left) / unit, (bottom - top) / unit];
  const onSheet = (rowIndex: number, columnIndex: number): Rect => {
    const [x0, y0, x1, y1] = cellRect(place, { rowIndex, columnIndex });
    return [(x0 - left) / unit, (y0 - top) / unit, (x1 - left) / unit, (y1 - top) / unit];
  };
  const wells = plate.wells.flatMap(({ rowIndex, columnIndex }, i) => {
    const rect = onSheet(rowIndex, columnIndex);
    if (!rectsOverlap(rect, view)) return [];
    return [{ rect, mark: marks.get(i)?.kind, paint: paint?.wells[i] }];
  });
  const seen = (text: string, [low, high]: readonly [number, number], most: Ends): PlacedName[] => {
    const [from, to] = [Math.max(low, most[0]), Math.min(high, most[1])];
    return to > from ? [{ text, from, to }] : [];
  };
  const pitch = ((Math.min(place.width, place.height) + place.gap) * place.scale) / unit;
  const placed = {
    columns: plate.columns.flatMap((name, i) => {
      const [x0, , x1] = onSheet(0, i);
      return seen(name, [x0, x1], [0, view[2]]);
    }),
    rows: plate.rows.flatMap((name, i) => {
      const [, y0, , y1] = onSheet(i, 0);
      return seen(name, [y0, y1], [NAMES_HEIGHT, view[3]]);
    }),
    size: pitch < TIGHT ? 9 : 12,
  };
  return { wells, names: names ? placed : undefined };
}

type Ends = readonly [from: number, to: number];
