/** Which wells of a plate are where: under a point, in view, in the middle of it. */
import type { Plate } from "../../ome/multiscale.ts";
import {
  cellRect,
  type PlatePlace,
  type WellPlace,
  wellPlaceAt,
  wellsRect,
} from "../../scene/plate-place.ts";
import { middleOf, type Rect, rectsOverlap } from "../../scene/rect.ts";

/** A well is looked at when it fills this part of the canvas along one side. */
const LOOKED_AT = 1 / 3;

export class WellFinder {
  readonly #place: PlatePlace;
  readonly #wells: Plate["wells"];
  readonly #byPlace: ReadonlyMap<string, number>;

  constructor(place: PlatePlace, wells: Plate["wells"]) {
    this.#place = place;
    this.#wells = wells;
    this.#byPlace = new Map(wells.map((well, i) => [keyOf(well), i]));
  }

  /** The index of the well at a world place. */
  at(world: { readonly x: number; readonly y: number }): number | undefined {
    const well = wellPlaceAt(this.#place, world);
    return well && this.#byPlace.get(keyOf(well));
  }

  /** The well in the middle of a view, where it is large enough to be looked at. */
  lookedAt(bounds: Rect): number | undefined {
    const index = this.at(middleOf(bounds));
    if (index === undefined || this.#wells.length === 1) return undefined;
    const [x0, y0, x1, y1] = bounds;
    const [left, top, right, bottom] = this.rectOf(index);
    const isLarge = right - left > LOOKED_AT * (x1 - x0) || bottom - top > LOOKED_AT * (y1 - y0);
    return isLarge ? index : undefined;
  }

  /** The wells in view, those nearest to its middle first. */
  inView(bounds: Rect): readonly number[] {
    const { x, y } = middleOf(bounds);
    const found = this.#wells.flatMap((well, index) => {
      const rect = cellRect(this.#place, well);
      if (!rectsOverlap(rect, bounds)) return [];
      const middle = middleOf(rect);
      return [{ index, distance: Math.hypot(middle.x - x, middle.y - y) }];
    });
    return found.sort((a, b) => a.distance - b.distance).map(({ index }) => index);
  }

  /** In the world; of all wells where there is none of that index. */
  rectOf(index: number): Rect {
    const well = this.#wells[index];
    return well ? cellRect(this.#place, well) : wellsRect(this.#place, this.#wells);
  }
}

const keyOf = ({ rowIndex, columnIndex }: WellPlace): string => `${rowIndex}/${columnIndex}`;
