/** The tiles of the density picture: painted a few rows at a time, put in the place of others once all are there. */
import { isOver, type Search, searchOf, type Visit, visitOn } from "../roi/places.ts";
import type { Rois } from "../roi/rois.ts";
import type { Rect } from "./rect.ts";
import { DensityPainter, type DensityPicture, TILE_CELLS, TILE_MARGIN } from "./roi-density.ts";

export interface DensityTile {
  readonly rect: Rect;
  /** As DensityPainter gives it; undefined where nothing lies. */
  readonly picture: DensityPicture | undefined;
}

/** How fine a picture is, and what it shows: boxes whose longer side is below a length, in world units. */
export interface DensityScale {
  /** A cell is 2 ** −level world units wide. */
  readonly level: number;
  readonly below: number;
}

/** How rows are painted, as DensityPainter takes it; a weight of 0 paints nothing. */
export interface DensityLook {
  readonly color: (id: number) => number;
  readonly weight: (id: number, z0: number, z1: number) => number;
}

interface Slot {
  readonly rect: Rect;
  tile: DensityTile | undefined;
  stale: boolean;
}

interface Picture {
  readonly scale: DensityScale;
  readonly slots: Map<string, Slot>;
}

/** What turning sums into a picture takes, in rows. */
const ROWS_OF_PICTURE = 20_000;

export class DensityTiles {
  readonly #painter = new DensityPainter();
  #shown: Picture | undefined;
  /** What is to take its place. */
  #coming: Picture | undefined;
  #job: { readonly slot: Slot; readonly search: Search } | undefined;
  #rows = 0;
  #tiles: readonly DensityTile[] = [];

  /** What is to be seen now: the last whole picture, under what was painted of it since; the same list until it is another. */
  get tiles(): readonly DensityTile[] {
    const slots = [...(this.#shown?.slots.values() ?? [])];
    const tiles = slots.flatMap(({ tile }) => (tile?.picture ? [tile] : []));
    const before = this.#tiles;
    if (tiles.length !== before.length || tiles.some((tile, i) => tile !== before[i]))
      this.#tiles = tiles;
    return this.#tiles;
  }

  /** The scale of `tiles`; undefined before the first. */
  get scale(): DensityScale | undefined {
    return this.#shown?.scale;
  }

  get pending(): boolean {
    return this.#coming !== undefined || this.#todo() !== undefined;
  }

  /** Rows looked at so far. */
  get rowsVisited(): number {
    return this.#rows;
  }

  /** Asks for a region of the world at a scale. */
  look(scale: DensityScale, region: Rect): void {
    if (this.#shown && sameScale(this.#shown.scale, scale)) this.#coming = undefined;
    else if (!(this.#coming && sameScale(this.#coming.scale, scale)))
      this.#coming = { scale, slots: new Map() };
    const picture = this.#coming ?? this.#shown;
    if (picture === undefined) return;
    const wanted = rectsOf(region, TILE_CELLS * 2 ** -scale.level);
    for (const [key, rect] of wanted)
      if (!picture.slots.has(key)) picture.slots.set(key, { rect, tile: undefined, stale: true });
    for (const [key, slot] of picture.slots) {
      if (wanted.has(key)) continue;
      picture.slots.delete(key);
      if (this.#job?.slot === slot) this.#job = undefined;
    }
  }

  /** What lies in these rectangles has changed. */
  spoil(rects: readonly Rect[] | "all"): void {
    for (const picture of [this.#shown, this.#coming])
      for (const slot of picture?.slots.values() ?? []) {
        const wide = withMargin(slot.rect);
        if (rects !== "all" && !rects.some((rect) => touch(rect, wide))) continue;
        slot.stale = true;
        if (this.#job?.slot === slot) this.#job = undefined;
      }
  }

  /** Paints for about so many rows. */
  work(rows: number, rois: Rois, { color, weight }: DensityLook): void {
    const visit: Visit = (id, x0, y0, x1, y1, z0, z1) => {
      const part = weight(id, z0, z1);
      if (part > 0) this.#painter.add(x0, y0, x1, y1, color(id), part);
    };
    let left = rows;
    while (left > 0) {
      this.#job ??= this.#next(rois);
      if (this.#job === undefined) break;
      const { slot, search } = this.#job;
      const looked = visitOn(search, left, visit);
      this.#rows += looked;
      left -= looked;
      if (!isOver(search)) break;
      const picture = this.#painter.picture();
      if (picture) left -= ROWS_OF_PICTURE;
      slot.tile = { rect: slot.rect, picture };
      slot.stale = false;
      this.#job = undefined;
    }
    if (this.#coming && this.#todo() === undefined) {
      this.#shown = this.#coming;
      this.#coming = undefined;
    }
  }

  #next(rois: Rois): { readonly slot: Slot; readonly search: Search } | undefined {
    const slot = this.#todo();
    const below = (this.#coming ?? this.#shown)?.scale.below;
    if (slot === undefined || below === undefined) return undefined;
    this.#painter.begin(slot.rect);
    const rect = withMargin(slot.rect);
    return { slot, search: searchOf(rois, { rect, least: 0, below }) };
  }

  /** What is to be painted next: where nothing is yet before what is not as it was. */
  #todo(): Slot | undefined {
    let stale: Slot | undefined;
    for (const slot of (this.#coming ?? this.#shown)?.slots.values() ?? []) {
      if (slot.tile === undefined) return slot;
      if (slot.stale) stale ??= slot;
    }
    return stale;
  }
}

/** The squares of a grid that meet a region, by their place in it. */
function rectsOf(region: Rect, side: number): ReadonlyMap<string, Rect> {
  const rects = new Map<string, Rect>();
  for (let row = Math.floor(region[1] / side); row * side < region[3]; row++)
    for (let column = Math.floor(region[0] / side); column * side < region[2]; column++) {
      const [x, y] = [column * side, row * side];
      rects.set(`${column}/${row}`, [x, y, x + side, y + side]);
    }
  return rects;
}

function sameScale(a: DensityScale, b: DensityScale): boolean {
  return a.level === b.level && a.below === b.below;
}

/** What lies beyond a tile and has a part in its picture. */
function withMargin([x0, y0, x1, y1]: Rect): Rect {
  const margin = (TILE_MARGIN * (x1 - x0)) / TILE_CELLS;
  return [x0 - margin, y0 - margin, x1 + margin, y1 + margin];
}

/** Rectangles without a size touch as well. */
function touch(a: Rect, b: Rect): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}
