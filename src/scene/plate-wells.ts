/** Wells looked at from near: each has its own pyramid, of its image or of a label, drawn at its place on the plate. */
import type { Multiscale } from "../ome/multiscale.ts";
import type { ChunkSource } from "../zarr/chunk-source.ts";
import { cutTile } from "./cut-tile.ts";
import type { Plane } from "./plane.ts";
import { cellRect, originOf, type PlatePlace, type WellPlace } from "./plate-place.ts";
import { overlapOf, type Rect, rectsOverlap } from "./rect.ts";
import type { FailedTile, Tile } from "./tile.ts";
import type { TileView } from "./tile-grid.ts";
import { TileSet } from "./tile-set.ts";
import { type Paced, Uploads } from "./uploads.ts";

export interface PlateWellsOptions {
  readonly place: PlatePlace;
  readonly wells: readonly WellPlace[];
  /**
   * By the well's index: its image, or one of its labels, the same object until it is another one; undefined where there is
   * none, or it is not known yet.
   */
  readonly imageOf: (well: number) => Multiscale | undefined;
  /** Whether a well is not as the picture of all wells takes it to be; it is cut where its cell ends. */
  readonly isUnlike: (well: number) => boolean;
  readonly source: ChunkSource;
  /** World units per pixel of the screen below which wells are looked at from near. */
  readonly nearBelow: number;
  /** Whether wells that are unlike the others are drawn from far away too. */
  readonly seesUnlike?: boolean;
  readonly onChange: () => void;
  /** As `Uploads`. */
  readonly frameBytes?: number;
}

/** What is drawn for a well comes and goes with the view; the wells out of view hold and ask for nothing. */
export class PlateWells {
  readonly #options: PlateWellsOptions;
  readonly #open = new Map<number, TileSet>();
  /** A tile at its place on the plate, the same object for the same tile. */
  readonly #moved = new WeakMap<Tile, Tile>();
  readonly #cut = new WeakMap<Plane, Plane>();
  readonly #uploads: Uploads;
  #tiles: readonly Tile[] = [];

  constructor(options: PlateWellsOptions) {
    this.#options = options;
    this.#uploads = new Uploads(options.frameBytes);
  }

  get busy(): boolean {
    return this.isBehind || [...this.#open.values()].some(({ busy }) => busy);
  }

  /** Whether there is more to send to the GPU: another frame is needed. */
  get isBehind(): boolean {
    return this.#uploads.isBehind;
  }

  /** What the last frame sent to the GPU, in bytes. */
  get sentBytes(): number {
    return this.#uploads.sentBytes;
  }

  /** The wells looked at from near, by index. */
  get near(): Iterable<number> {
    return this.#open.keys();
  }

  /** Says what is looked at; from further away that is nothing of these. */
  update(view: TileView): void {
    const { place, wells, imageOf, nearBelow, isUnlike, seesUnlike = false } = this.#options;
    const isNear = view.worldPerPixel < nearBelow;
    for (const [index, well] of wells.entries()) {
      const cell = cellRect(place, well);
      const isSeen = isNear || (seesUnlike && isUnlike(index));
      const image = isSeen && rectsOverlap(cell, view.bounds) ? imageOf(index) : undefined;
      if (image) {
        const [x, y] = originOf(place, well);
        const bounds = isUnlike(index) ? overlapOf(view.bounds, cell) : view.bounds;
        this.#tilesOf(index, image).update({ ...view, bounds: shifted(bounds, [-x, -y]) });
      } else this.forget(index);
    }
  }

  /** Gives up what a well shows, so that it is begun anew: its image is another one, or nobody looks at it. */
  forget(index: number): void {
    this.#open.get(index)?.close();
    this.#open.delete(index);
  }

  /**
   * What one frame draws, and the chunks that could not be read, in the plate's world.
   * @param taken bytes that others send to the GPU in the same frame
   */
  frame(taken = 0): Paced & { readonly failed: readonly FailedTile[] } {
    const tiles: Tile[] = [];
    const failed: FailedTile[] = [];
    for (const [index, set] of this.#open) {
      const origin = this.#originOf(index);
      const well = this.#options.isUnlike(index) ? this.#size : undefined;
      for (const tile of set.tiles()) tiles.push(this.#onPlate(tile, index, origin));
      for (const one of set.failed) {
        const bounds = well ? overlapOf(one.bounds, well) : one.bounds;
        failed.push({ ...one, bounds: shifted(bounds, origin) });
      }
    }
    const isSame =
      tiles.length === this.#tiles.length && tiles.every((one, i) => one === this.#tiles[i]);
    if (!isSame) this.#tiles = tiles;
    return { ...this.#uploads.pace(this.#tiles, taken), failed };
  }

  /** Whether a chunk of a well could not be read. */
  hasFailed(index: number): boolean {
    return (this.#open.get(index)?.failed.length ?? 0) > 0;
  }

  close(): void {
    for (const index of [...this.#open.keys()]) this.forget(index);
  }

  #tilesOf(index: number, multiscale: Multiscale): TileSet {
    const there = this.#open.get(index);
    if (there?.multiscale === multiscale) return there;
    this.forget(index);
    const { source, onChange } = this.#options;
    const made = new TileSet({ multiscale, source });
    made.subscribe(onChange);
    this.#open.set(index, made);
    return made;
  }

  #onPlate(tile: Tile, index: number, origin: readonly [x: number, y: number]): Tile {
    const there = this.#moved.get(tile);
    if (there) return there;
    const whole = this.#options.isUnlike(index) ? cutTile(tile, this.#size, this.#cut) : tile;
    const bounds = shifted(whole.bounds, origin);
    const moved = { ...whole, key: `${index} ${tile.key}`, bounds };
    this.#moved.set(tile, moved);
    return moved;
  }

  /** Of a cell, in its well's world. */
  get #size(): Rect {
    const { width, height, scale } = this.#options.place;
    return [0, 0, width * scale, height * scale];
  }

  #originOf(index: number): readonly [x: number, y: number] {
    const well = this.#options.wells[index];
    return well ? originOf(this.#options.place, well) : [0, 0];
  }
}

function shifted([x0, y0, x1, y1]: Rect, [x, y]: readonly [x: number, y: number]): Rect {
  return [x0 + x, y0 + y, x1 + x, y1 + y];
}
