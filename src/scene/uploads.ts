/** Spreads what is sent to the GPU over frames, so that none keeps a hand waiting. */
import type { Plane } from "./plane.ts";
import { rectsOverlap } from "./rect.ts";
import type { Tile } from "./tile.ts";

/** A tile as one frame has it on the GPU. */
export interface PacedTile extends Tile {
  /** How many rows are sent by now, of planes that are not whole yet; they are not drawn, or not instead of others. */
  readonly rows?: ReadonlyMap<Plane, number>;
}

/** What one frame draws. */
export interface Paced {
  /** The lowest first. */
  readonly drawn: readonly PacedTile[];
  /** Tiles with the planes begun so far: kept on the GPU, and not drawn before they are whole. */
  readonly underway: readonly PacedTile[];
}

/** In one frame, in bytes: well under 50 ms even where the CPU draws. */
const FRAME_BYTES = 4 * 2 ** 20;

const NOTHING: Paced = { drawn: [], underway: [] };

/** For the tiles of one picture, asked once per frame. Until a tile is whole, what was drawn in its place stays. */
export class Uploads {
  readonly #frameBytes: number;
  /** Rows sent, by plane. */
  readonly #sent = new WeakMap<Plane, number>();
  #tiles: readonly Tile[] = [];
  #paced = NOTHING;
  #sentBytes = 0;

  constructor(frameBytes: number = FRAME_BYTES) {
    this.#frameBytes = frameBytes;
  }

  /** Whether there is more to send: another frame is needed. */
  get isBehind(): boolean {
    return this.#paced.drawn !== this.#tiles;
  }

  /** What the last frame sent, in bytes. */
  get sentBytes(): number {
    return this.#sentBytes;
  }

  /**
   * @param taken bytes that others send in the same frame; it sends so many less
   * @returns the same object until there is something else to draw
   */
  pace(tiles: readonly Tile[], taken = 0): Paced {
    this.#sentBytes = 0;
    if (tiles === this.#tiles && !this.isBehind) return this.#paced;
    this.#tiles = tiles;
    const before = new Map(this.#paced.drawn.map((tile) => [tile.key, tile]));
    const drawn: PacedTile[] = [];
    const waiting: Tile[] = [];
    this.#send(tiles, taken);
    for (const tile of tiles) {
      const isSent = [...tile.planes.values()].every(
        (plane) => this.#rowsOf(plane) === plane.height,
      );
      if (!isSent) waiting.push(tile);
      // What is on screen changes as a whole: its new planes are sent beside the old ones.
      const seen = before.get(tile.key);
      if (isSent) drawn.push(tile);
      else if (seen) drawn.push({ ...seen, rows: this.#begun(tile) });
    }
    if (waiting.length === 0) this.#paced = { drawn: tiles, underway: [] };
    else this.#paced = this.#behind(drawn, waiting, before);
    return this.#paced;
  }

  /** At least a row where nobody else sends, so that it comes to an end. */
  #send(tiles: readonly Tile[], taken: number): void {
    let left = this.#frameBytes - taken;
    for (const plane of tiles.flatMap(({ planes }) => [...planes.values()])) {
      const { data, height } = plane;
      const sent = this.#rowsOf(plane);
      if (sent === height) continue;
      const rowBytes = data.byteLength / height;
      const least = left === this.#frameBytes ? 1 : 0;
      const rows = Math.max(least, Math.min(height - sent, Math.floor(left / rowBytes)));
      if (rows <= 0) return;
      this.#sent.set(plane, sent + rows);
      left -= rows * rowBytes;
      this.#sentBytes += rows * rowBytes;
    }
  }

  #rowsOf(plane: Plane): number {
    return this.#sent.get(plane) ?? 0;
  }

  /** The planes of a tile that are sent in part or whole. */
  #begun({ planes }: Tile): ReadonlyMap<Plane, number> {
    return new Map(
      [...planes.values()].flatMap((plane) => {
        const rows = this.#rowsOf(plane);
        return rows > 0 ? [[plane, rows] as const] : [];
      }),
    );
  }

  #behind(
    drawn: readonly PacedTile[],
    waiting: readonly Tile[],
    before: ReadonlyMap<string, PacedTile>,
  ): Paced {
    const keys = new Set([...drawn, ...waiting].map(({ key }) => key));
    const stays = [...before.values()].filter(
      ({ key, bounds }) =>
        !keys.has(key) && waiting.some((tile) => rectsOverlap(tile.bounds, bounds)),
    );
    const underway = waiting
      .filter(({ key }) => !before.has(key))
      .map((tile): PacedTile => {
        const rows = this.#begun(tile);
        return {
          ...tile,
          rows,
          planes: new Map([...tile.planes].filter(([, one]) => rows.has(one))),
        };
      });
    return { drawn: [...stays, ...drawn], underway };
  }
}
