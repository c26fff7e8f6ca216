/** One slice through a stack, kept loaded for what a side pane shows; chunks nobody looks at any more are given up. */
import { Fault } from "../base/fault.ts";
import type { Multiscale } from "../ome/multiscale.ts";
import type { Pixels } from "../zarr/array.ts";
import type { ChunkSource } from "../zarr/chunk-source.ts";
import { filled } from "../zarr/pixels.ts";
import { ChunkRequests, type Found } from "./chunk-requests.ts";
import type { Plane } from "./plane.ts";
import type { Rect } from "./rect.ts";
import {
  boundsOf,
  lengthOf,
  pasteChunk,
  rectOf,
  type SliceChunk,
  type SlicePlace,
  type SliceView,
  sliceChunks,
  sliceIn,
} from "./slice-place.ts";
import type { FailedTile, Tile } from "./tile.ts";
import { levelAt } from "./tile-grid.ts";

type Need = SliceChunk & { readonly channels: Set<number> };

export class SliceSet {
  readonly #multiscale: Multiscale;
  readonly #source: ChunkSource;
  readonly #requests: ChunkRequests;
  readonly #unsubscribe: () => void;
  readonly #onChange: () => void;
  #view: SliceView | undefined;
  #place: SlicePlace | undefined;
  readonly #pixels = new Map<number, Pixels>();
  #planes: ReadonlyMap<number, Plane> = new Map();
  #needs = new Map<string, Need>();
  #tile: Tile | undefined;
  /** Where any channel has come, by the first voxel of its chunks. */
  readonly #come = new Set<string>();
  #unread: readonly Rect[] = [];
  #failed: readonly FailedTile[] = [];

  /** @param onChange told when there is something else to draw */
  constructor(multiscale: Multiscale, source: ChunkSource, onChange: () => void) {
    this.#multiscale = multiscale;
    this.#source = source;
    this.#onChange = onChange;
    this.#requests = new ChunkRequests(source, (key, found) => this.#answer(key, found));
    const paths = new Set(multiscale.levels.map(({ array }) => array.path));
    this.#unsubscribe = source.subscribe((path) => {
      if (!paths.has(path) || !this.#view) return;
      this.#load(this.#view);
      this.#onChange();
    });
  }

  /** Whether chunks are on their way. */
  get busy(): boolean {
    return this.#requests.count > 0;
  }

  /** What to draw, its bounds in the pane's world coordinates; the same object until it changes. */
  get tile(): Tile | undefined {
    return this.#tile;
  }

  /** Where nothing of the tile is known yet, or some could not be read, in its pixels, half-open; the same as long as the tile is. */
  get unread(): readonly Rect[] {
    return this.#unread;
  }

  /** The chunks that could not be read, their bounds in the pane's world coordinates; the same as long as the tile is. */
  get failed(): readonly FailedTile[] {
    return this.#failed;
  }

  /** Where that is. */
  get place(): SlicePlace | undefined {
    return this.#place;
  }

  /** Says what is looked at now. Pixels of the slice before stay until those of this one are there. */
  update(view: SliceView): void {
    const before = this.#view;
    const place = sliceIn(this.#multiscale, view);
    this.#view = view;
    const same =
      before !== undefined &&
      samePlace(place, this.#place) &&
      before.channels.join() === view.channels.join();
    if (!same) this.#load(view);
  }

  /** Asks again for what could not be read. */
  retry(): void {
    if (this.#failed.length === 0 || !this.#view) return;
    for (const key of [...this.#requests.failed.keys()]) this.#requests.forget(key);
    this.#load(this.#view);
    this.#onChange();
  }

  /** Gives up what is on its way, and listens no more. */
  close(): void {
    this.#unsubscribe();
    this.#requests.want(new Map());
  }

  #load(view: SliceView): void {
    const place = sliceIn(this.#multiscale, view);
    const keeps = place !== undefined && sameFrame(place, this.#place);
    this.#place = place;
    this.#needs = new Map();
    if (!keeps) {
      this.#pixels.clear();
      this.#come.clear();
    }
    for (const channel of [...this.#pixels.keys()])
      if (!view.channels.includes(channel)) this.#pixels.delete(channel);
    if (place) for (const channel of view.channels) this.#cut(place, channel);
    this.#requests.want(this.#needs);
    this.#settle(view.channels);
  }

  #cut(place: SlicePlace, channel: number): void {
    const { array } = levelAt(this.#multiscale, place.level);
    const size = lengthOf(place.across) * lengthOf(place.down);
    const pixels = this.#pixels.get(channel) ?? filled(array, size);
    this.#pixels.set(channel, pixels);
    for (const part of sliceChunks(this.#multiscale, place, channel)) {
      const found = this.#source.peek(part.array, part.coords);
      const need = this.#needs.get(part.key);
      if (found !== undefined) this.#paste(part, channel, found);
      else if (need) need.channels.add(channel);
      else this.#needs.set(part.key, { ...part, channels: new Set([channel]) });
    }
  }

  #answer(key: string, found: Found | Fault): void {
    const need = this.#needs.get(key);
    if (need) {
      const isRead = !(found instanceof Fault);
      for (const channel of need.channels) this.#paste(need, channel, isRead ? found : "missing");
      // What is there of a slice before is not this one's.
      if (!isRead) this.#come.delete(cornerOf(need));
      this.#settle([...need.channels]);
    }
    this.#onChange();
  }

  #paste(part: SliceChunk, channel: number, found: Found): void {
    const pixels = this.#pixels.get(channel);
    const place = this.#place;
    if (!pixels || !place) return;
    const size = part.array.chunks.reduce((a, b) => a * b, 1);
    const chunk =
      found === "missing" ? { data: filled(part.array, size), shape: part.array.chunks } : found;
    pasteChunk(pixels, chunk, { multiscale: this.#multiscale, place, part }, channel);
    this.#come.add(cornerOf(part));
  }

  /** Makes planes anew of what has changed, so that they are sent to the GPU. */
  #settle(changed: readonly number[]): void {
    const place = this.#place;
    if (!place) {
      this.#tile = undefined;
      this.#unread = [];
      this.#failed = [];
      return;
    }
    const [width, height] = [lengthOf(place.across), lengthOf(place.down)];
    this.#planes = new Map(
      [...this.#pixels].map(([channel, data]) => {
        const before = this.#planes.get(channel);
        const keeps = before?.data === data && !changed.includes(channel);
        return [channel, keeps ? before : { data, width, height }];
      }),
    );
    this.#mark(place);
    const key = `slice ${place.level}`;
    const { level, t, bounds } = place;
    const at = { z: 0, t, y: place.down[0], x: place.across[0] };
    this.#tile = {
      key,
      place: key,
      level,
      ...at,
      width,
      height,
      bounds,
      planes: this.#planes,
      current: true,
    };
  }

  #mark(place: SlicePlace): void {
    const { failed } = this.#requests;
    const unread = [...this.#needs.values()]
      .filter((need) => failed.has(need.key) || !this.#come.has(cornerOf(need)))
      .map((need) => ({ ...need, rect: rectOf(this.#multiscale, place, need) }));
    this.#unread = unread.map(({ rect }) => rect);
    this.#failed = unread.flatMap(({ key, coords, rect }) => {
      const fault = failed.get(key);
      return fault ? [{ level: place.level, coords, bounds: boundsOf(place, rect), fault }] : [];
    });
  }
}

function cornerOf({ across, down }: SliceChunk): string {
  return `${across},${down}`;
}

function sameFrame(a: SlicePlace, b: SlicePlace | undefined): boolean {
  return (
    a.level === b?.level &&
    a.t === b.t &&
    a.across.join() === b.across.join() &&
    a.down.join() === b.down.join()
  );
}

function samePlace(a: SlicePlace | undefined, b: SlicePlace | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return sameFrame(a, b) && a.index === b.index;
}
