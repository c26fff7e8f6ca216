/** The wells of a plate on their way: visible and central ones first, one channel before the others, each told apart. */
import { Fault } from "../base/fault.ts";
import type { Image } from "../ome/multiscale.ts";
import type { ChunkSource } from "../zarr/chunk-source.ts";
import { urgencyOf } from "../zarr/urgency.ts";
import { type ChunkPlace, ChunkRequests, type Found } from "./chunk-requests.ts";
import { cutPlane, emptyPlane, type Plane } from "./plane.ts";
import type { PlatePicture } from "./plate-picture.ts";
import { cellRect, pitchOf, type WellPlace } from "./plate-place.ts";
import { type Rect, rectsOverlap } from "./rect.ts";
import { chunkOf, coarsestTiles, levelAt, type TilePlace } from "./tile-grid.ts";

/** What has come of a well: "bare" where no chunk of it is stored, so that it may be empty or absent. */
export type WellState = "waiting" | "there" | "bare" | "failed";

export interface PlateView {
  /** What the canvas shows. */
  readonly bounds: Rect;
  /** Those drawn; the first comes first. */
  readonly channels: readonly number[];
}

/** What became of one chunk. */
const WAITING = 0;
const THERE = 1;
const MISSING = 2;

/** A chunk, and the channels to be cut out of it: one that holds several is asked for once for all of them. */
interface Need extends ChunkPlace {
  readonly urgency: number;
  readonly channels: number[];
}

export interface PlateTilesOptions {
  readonly picture: PlatePicture;
  readonly wells: readonly WellPlace[];
  /** The image that stands for all, and by index the image of a well; undefined for one that has no place in the picture. */
  readonly image: Image;
  readonly imageOf: (well: number) => Image | undefined;
  readonly source: ChunkSource;
  /** The plane wanted, in world units, and the time point. */
  readonly z: number;
  readonly t: number;
  /** What `PlateTiles.come` said where the picture was begun before; nothing has come unless said otherwise. */
  readonly come?: Uint8Array | undefined;
  /** Told when anything has come, with the pixels it came with. */
  readonly onCome: (channel: number, plane: Plane | undefined) => void;
  /** Told of a chunk that is in the picture. */
  readonly onDone?: (chunk: ChunkPlace) => void;
}

/** How many chunks are asked for at once: no connection waits for the page, and no long queue is gone through for each. */
const AT_ONCE = 24;

/** Before the first has come: the page, which is to ask for more, is kept longest while it opens. */
const AT_FIRST = 48;

/** The most tiles of all wells and channels: each stands in line by itself. */
const TILES_MAX = 2 ** 16;

/** Asks for each chunk of the coarsest level once, while its well is in view; what is not is given up. */
export class PlateTiles {
  readonly #options: PlateTilesOptions;
  readonly #requests: ChunkRequests;
  /** The tiles of the coarsest level, the same for every well. */
  readonly #tiles: readonly TilePlace[];
  readonly #channels: number;
  /** Whether wells have so many tiles that only those in their middle are shown. */
  readonly isCut: boolean;
  /** Per well, channel and tile. */
  readonly #come: Uint8Array<ArrayBuffer>;
  #view: PlateView | undefined;
  /** What has not come of the wells in view, the most urgent first. */
  #queue: Map<string, Need> = new Map();
  #asked: readonly string[] = [];
  #hasCome = false;
  /** Failures of wells out of view are forgotten, so that they are asked for again when they are seen. */
  #failed: ReadonlyMap<number, Fault> = new Map();

  constructor(options: PlateTilesOptions) {
    this.#options = options;
    const { image, wells, z, t, come } = options;
    this.#channels = image.channels.length;
    const most = Math.max(1, Math.floor(TILES_MAX / (wells.length * this.#channels)));
    const { places, isCut } = coarsestTiles(image, { z, t }, most);
    this.#tiles = places;
    this.isCut = isCut;
    this.#come = new Uint8Array(wells.length * this.#channels * this.#tiles.length);
    if (come?.length === this.#come.length) this.#come.set(come);
    this.#requests = new ChunkRequests(options.source, (key, found) => this.#answer(key, found));
  }

  /** Whether chunks of wells in view are on their way. */
  get busy(): boolean {
    return this.#queue.size > this.#requests.failed.size;
  }

  /** What became of each chunk, equally many per well; 0 where it has not come. */
  get come(): Uint8Array<ArrayBuffer> {
    return this.#come;
  }

  /** Why wells could not be read, by their index. */
  get failed(): ReadonlyMap<number, Fault> {
    return this.#failed;
  }

  /** Says what is looked at now. */
  update(view: PlateView): void {
    if (this.#view && isSameView(view, this.#view)) return;
    this.#view = view;
    this.#line();
  }

  /** What has come of a well so far, in the channels looked at. */
  stateOf(well: number): WellState {
    if (this.#failed.has(well)) return "failed";
    let missing = 0;
    let waiting = 0;
    for (const channel of this.#view?.channels ?? [])
      for (let tile = 0; tile < this.#tiles.length; tile++) {
        const come = this.#come[this.#slot(well, channel, tile)];
        if (come === THERE) return "there";
        if (come === MISSING) missing++;
        else waiting++;
      }
    return waiting === 0 && missing > 0 ? "bare" : "waiting";
  }

  /** Whether a chunk of a well turned out not to be stored. */
  lacks(well: number): boolean {
    const each = this.#channels * this.#tiles.length;
    return this.#come.subarray(well * each, (well + 1) * each).includes(MISSING);
  }

  /** Asks again for a well: for all of it, or where it failed for what could not be read. */
  retry(well: number): void {
    const each = this.#channels * this.#tiles.length;
    const isFailed = this.#failed.has(well);
    if (!isFailed) this.#come.fill(WAITING, well * each, (well + 1) * each);
    for (let slot = well * each; slot < (well + 1) * each; slot++)
      this.#requests.forget(String(slot));
    this.#line();
  }

  /** Asks again for all wells; the picture stays until they come. */
  renew(): void {
    this.#come.fill(WAITING);
    this.#requests.want(new Map());
    this.#line();
  }

  /** Gives up what is on its way. */
  close(): void {
    this.#queue.clear();
    this.#ask();
  }

  /** Lines up what has not come of the wells in view. */
  #line(): void {
    const view = this.#view;
    if (!view) return;
    const { wells, picture } = this.#options;
    const pitch = pitchOf(picture.place);
    const middle = [(view.bounds[0] + view.bounds[2]) / 2, (view.bounds[1] + view.bounds[3]) / 2];
    const wanted = new Map<string, Need>();
    for (const [well, at] of wells.entries()) {
      const rect = cellRect(picture.place, at);
      if (!rectsOverlap(rect, view.bounds)) continue;
      const distance = Math.hypot(
        ((rect[0] + rect[2]) / 2 - (middle[0] ?? 0)) / pitch.x,
        ((rect[1] + rect[3]) / 2 - (middle[1] ?? 0)) / pitch.y,
      );
      this.#want(well, distance, view, wanted);
    }
    this.#queue = new Map([...wanted].sort(([, a], [, b]) => a.urgency - b.urgency));
    this.#ask();
  }

  /** Asks for the first in line, and goes on with what is on its way; what has failed stays in line and is not asked for. */
  #ask(): void {
    const { failed } = this.#requests;
    const wanted = new Map<string, ChunkPlace>();
    const take = (key: string): void => {
      const chunk = this.#queue.get(key);
      if (chunk) wanted.set(key, chunk);
    };
    for (const key of failed.keys()) take(key);
    const most = (this.#hasCome ? AT_ONCE : AT_FIRST) + wanted.size;
    for (const key of this.#asked) take(key);
    for (const key of this.#queue.keys()) {
      if (wanted.size >= most) break;
      take(key);
    }
    this.#asked = [...wanted.keys()];
    this.#requests.want(wanted);
    this.#tellFailed();
  }

  #want(well: number, distance: number, view: PlateView, wanted: Map<string, Need>): void {
    const image = this.#options.imageOf(well);
    if (!image) return;
    const axis = image.axes.findIndex(({ name }) => name === "c");
    for (const [order, channel] of view.channels.entries())
      for (const [i, tile] of this.#tiles.entries()) {
        const slot = this.#slot(well, channel, i);
        if (this.#come[slot] !== WAITING) continue;
        const { array, coords, from } = chunkOf(image, tile, channel);
        // By the first channel in the chunk, whichever are looked at.
        const key = String(this.#slot(well, channel - (from[axis] ?? 0), i));
        const there = wanted.get(key);
        const urgency = urgencyOf(order === 0 ? "visible" : "next-level", distance);
        if (there) there.channels.push(channel);
        else wanted.set(key, { array, coords, urgency, channels: [channel] });
      }
  }

  #answer(key: string, found: Found | Fault): void {
    const i = Number(key) % this.#tiles.length;
    const well = Math.floor(Number(key) / this.#tiles.length / this.#channels);
    const tile = this.#tiles[i];
    const need = this.#queue.get(key);
    if (!tile || !need) return;
    this.#hasCome = true;
    if (!(found instanceof Fault)) {
      const come = found === "missing" ? MISSING : THERE;
      for (const channel of need.channels) this.#come[this.#slot(well, channel, i)] = come;
      this.#queue.delete(key);
    }
    this.#ask();
    for (const channel of need.channels) {
      const plane = found instanceof Fault ? undefined : this.#put(well, channel, tile, found);
      this.#options.onCome(channel, found === "missing" ? undefined : plane);
    }
    this.#options.onDone?.(need);
  }

  /** @returns what lies in the picture now; undefined where the well has no place there any more */
  #put(well: number, channel: number, tile: TilePlace, found: Found): Plane | undefined {
    const at = this.#options.wells[well];
    const image = this.#options.imageOf(well);
    if (!at || !image) return undefined;
    const plane = cut(image, tile, channel, found);
    this.#options.picture.put(at, channel, plane, tile.bounds);
    return plane;
  }

  #tellFailed(): void {
    const each = this.#channels * this.#tiles.length;
    const failed = [...this.#requests.failed].map(
      ([key, fault]) => [Math.floor(Number(key) / each), fault] as const,
    );
    this.#failed = new Map(failed);
  }

  #slot(well: number, channel: number, tile: number): number {
    return (well * this.#channels + channel) * this.#tiles.length + tile;
  }
}

function cut(image: Image, tile: TilePlace, channel: number, found: Found): Plane {
  if (found === "missing") return emptyPlane(levelAt(image, tile.level).array);
  const { from } = chunkOf(image, tile, channel);
  return cutPlane(found, { from, width: tile.width, height: tile.height });
}

function isSameView(a: PlateView, b: PlateView): boolean {
  return (
    a.bounds.every((edge, i) => edge === b.bounds[i]) && a.channels.join() === b.channels.join()
  );
}
