/** The tiles of an image or label at a plane, or of its maximum along z; what was drawn before stays until the other is there. */
import { remembered } from "../base/remembered.ts";
import type { PlaneRange } from "../ome/maximum.ts";
import { type Maxima, MaximumSource } from "../ome/maximum-source.ts";
import type { Multiscale } from "../ome/multiscale.ts";
import type { ChunkSource } from "../zarr/chunk-source.ts";
import type { Plane } from "./plane.ts";
import { PlanesAhead } from "./planes-ahead.ts";
import type { FailedTile, Tile } from "./tile.ts";
import type { TileView } from "./tile-grid.ts";
import { TileSet } from "./tile-set.ts";

/** A multiscale and where its chunks come from. */
export interface Pixelled {
  readonly multiscale: Multiscale;
  readonly source: ChunkSource;
}

/** What is looked at along z. */
interface Along extends Pixelled {
  readonly range: PlaneRange | undefined;
  readonly tiles: TileSet;
  readonly ahead: PlanesAhead;
  /** Their tiles under keys that no other's have. */
  readonly keyed: (tiles: readonly Tile[]) => readonly Tile[];
  close(): void;
}

const NO_TILES: readonly Tile[] = [];

export class ImageTiles {
  readonly #image: Multiscale;
  readonly #source: ChunkSource;
  readonly #maxima: Maxima;
  readonly #onChange: () => void;
  readonly #both = remembered((before: readonly Tile[], now: readonly Tile[]) => [
    ...before,
    ...now,
  ]);
  #along: Along;
  /** What was looked at before; it stays open until the other has asked, which then shares what is on its way. */
  #left: Along | undefined;
  /** Drawn beneath until all in view is there. */
  #before = NO_TILES;

  /** @param onChange told when there is something else to draw */
  constructor(image: Multiscale, source: ChunkSource, maxima: Maxima, onChange: () => void) {
    this.#image = image;
    this.#source = source;
    this.#maxima = maxima;
    this.#onChange = onChange;
    this.#along = this.#open(undefined);
  }

  /** Looks at one plane, or at the maximum of a range of them. @returns what that is made of */
  look(range: PlaneRange | undefined): Pixelled {
    const now = this.#along;
    if (range?.from === now.range?.from && range?.to === now.range?.to) return now;
    this.#before = this.tiles().map((tile) => ({ ...tile, current: false }));
    this.#left?.close();
    this.#left = now;
    this.#along = this.#open(range);
    return this.#along;
  }

  get busy(): boolean {
    return this.#along.tiles.busy;
  }

  /** Whether the view shows more than can be drawn at once, so that only its middle is. */
  get isCut(): boolean {
    return this.#along.tiles.isCut;
  }

  /** The chunks in view that could not be read. */
  get failed(): readonly FailedTile[] {
    return this.#along.tiles.failed;
  }

  retry(): void {
    this.#along.tiles.retry();
  }

  /** What to draw, the lowest first; the same array until something changes. */
  tiles(): readonly Tile[] {
    const now = this.#along.keyed(this.#along.tiles.tiles());
    return this.#before.length === 0 ? now : this.#both(this.#before, now);
  }

  /** What is there of a channel at the plane or maximum looked at, but for what was never stored. */
  planesOf(channel: number): readonly Plane[] {
    return this.#along.tiles.tiles().flatMap(({ planes, current, width }) => {
      const plane = planes.get(channel);
      return current && plane?.width === width ? [plane] : [];
    });
  }

  /** Says what is looked at now. */
  update(view: TileView): void {
    const { tiles } = this.#along;
    tiles.update(view);
    this.#left?.close();
    this.#left = undefined;
    if (!tiles.busy) this.#before = NO_TILES;
  }

  /** Says what will be looked at next; what was said before and is not among it is given up. */
  lookAhead(next: readonly TileView[]): void {
    this.#along.ahead.update(next);
  }

  /** As `lookAhead`, and asks for nothing. */
  keepAhead(next: readonly TileView[]): void {
    this.#along.ahead.keep(next);
  }

  close(): void {
    this.#left?.close();
    this.#along.close();
  }

  #open(range: PlaneRange | undefined): Along {
    if (range === undefined)
      return this.#opened(range, { multiscale: this.#image, source: this.#source });
    const maximum = new MaximumSource(this.#image, range, this.#source, this.#maxima);
    return this.#opened(range, { multiscale: maximum.multiscale, source: maximum }, () =>
      maximum.close(),
    );
  }

  #opened(range: PlaneRange | undefined, pixels: Pixelled, closeSource = () => {}): Along {
    const tiles = new TileSet(pixels);
    const ahead = new PlanesAhead(pixels.multiscale, pixels.source);
    tiles.subscribe(() => {
      if (tiles !== this.#along.tiles) return;
      if (!tiles.busy) this.#before = NO_TILES;
      this.#onChange();
    });
    const prefix = `maximum ${range?.from}-${range?.to} `;
    return {
      ...pixels,
      range,
      tiles,
      ahead,
      keyed: range === undefined ? (drawn) => drawn : remembered(withPrefix(prefix)),
      close: () => {
        tiles.close();
        ahead.close();
        closeSource();
      },
    };
  }
}

function withPrefix(prefix: string): (tiles: readonly Tile[]) => readonly Tile[] {
  return (tiles) => tiles.map((tile) => ({ ...tile, key: `${prefix}${tile.key}` }));
}
