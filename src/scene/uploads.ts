/** Spreads what is sent to the GPU over frames, so that none keeps a hand waiting. */
import type { Plane } from "./plane.ts";
import { rectsOverlap } from "./rect.ts";
import type { Tile } from "./tile.ts";

/** What one frame draws. */
export interface Paced {
  /** The lowest first. */
  readonly drawn: readonly Tile[];
  /** Tiles with the planes sent so far: kept on the GPU, and not drawn before they are whole. */
  readonly underway: readonly Tile[];
}

/** In one frame, in bytes: with a plane that is begun below it, well under 50 ms even where the CPU draws. */
const FRAME_BYTES = 4 * 2 ** 20;

const NOTHING: Paced = { drawn: [], underway: [] };

/** For the tiles of one picture, asked once per frame. Until a tile is whole, what was drawn in its place stays. */
export class Uploads {
  readonly #sent = new WeakSet<Plane>();
  #tiles: readonly Tile[] = [];
  #paced = NOTHING;

  /** Whether there is more to send: another frame is needed. */
  get isBehind(): boolean {
    return this.#paced.drawn !== this.#tiles;
  }

  /** @returns the same object until there is something else to draw */
  pace(tiles: readonly Tile[]): Paced {
    if (tiles === this.#tiles && !this.isBehind) return this.#paced;
    this.#tiles = tiles;
    const before = new Map(this.#paced.drawn.map((tile) => [tile.key, tile]));
    const drawn: Tile[] = [];
    const waiting: Tile[] = [];
    this.#send(tiles);
    for (const tile of tiles) {
      const isSent = [...tile.planes.values()].every((plane) => this.#sent.has(plane));
      if (!isSent) waiting.push(tile);
      // What is on screen changes as a whole: its new planes are sent in the frame that draws the last of them.
      const seen = isSent ? tile : before.get(tile.key);
      if (seen) drawn.push(seen);
    }
    if (waiting.length === 0) this.#paced = { drawn: tiles, underway: [] };
    else this.#paced = this.#behind(drawn, waiting, before);
    return this.#paced;
  }

  #send(tiles: readonly Tile[]): void {
    let left = FRAME_BYTES;
    for (const plane of tiles.flatMap(({ planes }) => [...planes.values()])) {
      if (left <= 0) return;
      if (this.#sent.has(plane)) continue;
      this.#sent.add(plane);
      left -= plane.data.byteLength;
    }
  }

  #behind(
    drawn: readonly Tile[],
    waiting: readonly Tile[],
    before: ReadonlyMap<string, Tile>,
  ): Paced {
    const keys = new Set([...drawn, ...waiting].map(({ key }) => key));
    const stays = [...before.values()].filter(
      ({ key, bounds }) =>
        !keys.has(key) && waiting.some((tile) => rectsOverlap(tile.bounds, bounds)),
    );
    const underway = waiting
      .filter(({ key }) => !before.has(key))
      .map((tile) => ({
        ...tile,
        planes: new Map([...tile.planes].filter(([, plane]) => this.#sent.has(plane))),
      }));
    return { drawn: [...stays, ...drawn], underway };
  }
}
