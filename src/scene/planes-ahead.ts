/** What a playback or a hand comes to next, fetched before it is looked at; the source keeps it. */
import type { Multiscale } from "../ome/multiscale.ts";
import type { ChunkSource } from "../zarr/chunk-source.ts";
import { urgencyOf } from "../zarr/urgency.ts";
import { type ChunkPlace, ChunkRequests } from "./chunk-requests.ts";
import { chunkOf, type TileView, tilesFor } from "./tile-grid.ts";

export class PlanesAhead {
  readonly #multiscale: Multiscale;
  readonly #source: ChunkSource;
  readonly #requests: ChunkRequests;

  constructor(multiscale: Multiscale, source: ChunkSource) {
    this.#multiscale = multiscale;
    this.#source = source;
    // What was read is found at hand when it is looked at, and what failed is asked for again and told then.
    this.#requests = new ChunkRequests(source, () => undefined);
  }

  /** Says what will be looked at, the next first; what was asked for and will not be any more is given up. */
  update(views: readonly TileView[]): void {
    this.#requests.want(this.#chunksOf(views));
  }

  /** Asks for nothing: of what is on its way, what will not be looked at is given up. */
  keep(views: readonly TileView[]): void {
    const kept = [...this.#chunksOf(views)].filter(([key]) => this.#requests.isUnderway(key));
    this.#requests.want(new Map(kept));
  }

  #chunksOf(views: readonly TileView[]): ReadonlyMap<string, ChunkPlace> {
    const wanted = new Map<string, ChunkPlace>();
    for (const [ahead, view] of views.entries())
      for (const place of tilesFor(this.#multiscale, view).places)
        for (const channel of view.channels) {
          const { array, coords } = chunkOf(this.#multiscale, place, channel);
          const key = `${place.level}/${coords.join()}`;
          if (!wanted.has(key) && this.#source.peek(array, coords) === undefined)
            wanted.set(key, { array, coords, urgency: urgencyOf("next-plane", ahead) });
        }
    return wanted;
  }

  /** Gives up what is on its way. */
  close(): void {
    this.update([]);
  }
}
