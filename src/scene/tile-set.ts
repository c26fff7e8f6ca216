/** The tiles of one multiscale on screen: which are wanted, which are on their way, and what is drawn meanwhile. */
import { Fault } from "../base/fault.ts";
import type { Multiscale } from "../ome/multiscale.ts";
import type { ChunkSource } from "../zarr/chunk-source.ts";
import { urgencyOf } from "../zarr/urgency.ts";
import { type ChunkPlace, ChunkRequests, type Found } from "./chunk-requests.ts";
import { cutPlane, emptyPlane, type Plane } from "./plane.ts";
import { rectsOverlap } from "./rect.ts";
import { type FailedTile, merged, type Tile, type TileSnapshot } from "./tile.ts";
import {
  chunkOf,
  distanceFromMiddle,
  isCurrent,
  levelAt,
  type TilePlace,
  type TileView,
  tilesFor,
  tilesInView,
} from "./tile-grid.ts";

/** A tile in memory, wanted or not. */
interface Held {
  readonly place: TilePlace;
  planes: ReadonlyMap<number, Plane>;
  /** Channels whose chunk was written since, or is there in part; those pixels stay drawn until the whole ones are there. */
  readonly outdated: Set<number>;
}

/** A plane to be cut out of a chunk. */
interface Cutting {
  readonly held: Held;
  readonly channel: number;
  readonly from: readonly number[];
}

/** A chunk not at hand, and the planes that wait for it. */
interface Need extends ChunkPlace {
  readonly cuttings: [Cutting, ...Cutting[]];
}

/**
 * Keeps what is on screen loaded: every chunk in view is asked for once, the middle first, and given up when it
 * leaves the view. Knows no renderer. Chunks are cached by the source; only what is drawn is kept here.
 */
export class TileSet {
  readonly multiscale: Multiscale;
  readonly #source: ChunkSource;
  readonly #requests: ChunkRequests;
  readonly #unsubscribe: () => void;
  readonly #listeners = new Set<() => void>();
  #view: TileView | undefined;
  #isCut = false;
  /** By level and chunk coordinates. */
  #needs = new Map<string, Need>();
  /** By key. */
  #wanted = new Map<string, Held>();
  /** Drawn until the wanted tiles over them are whole: at most one per place, whatever its z and t. */
  readonly #beneath = new Map<string, Held>();
  #shown: TileSnapshot = { tiles: [], failed: [], busy: false };

  constructor({ multiscale, source }: { multiscale: Multiscale; source: ChunkSource }) {
    this.multiscale = multiscale;
    this.#source = source;
    this.#requests = new ChunkRequests(source, (key, found, isPart) =>
      this.#answer(key, found, isPart),
    );
    this.#unsubscribe = source.subscribe((path, coords) => this.#outdate(path, coords));
  }

  /** What to draw, the lowest first: earlier planes, then coarse to fine. The same array until something changes. */
  tiles(): readonly Tile[] {
    return this.#shown.tiles;
  }

  /** Whether chunks in view are on their way. */
  get busy(): boolean {
    return this.#shown.busy;
  }

  /** Whether the view shows more than can be drawn at once, so that only its middle is. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** The chunks in view that could not be read; the rest is drawn. The same array until something changes. */
  get failed(): readonly FailedTile[] {
    return this.#shown.failed;
  }

  /** Calls back, at once and every time, when `tiles`, `busy` or `failed` have changed. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Says what is looked at now. */
  update(view: TileView): void {
    this.#view = view;
    this.#want(view);
    this.#request(view);
    this.#borrow(view);
    this.#settle(view);
  }

  /** Asks again for what could not be read. */
  retry(): void {
    for (const key of [...this.#requests.failed.keys()]) this.#requests.forget(key);
    this.#refresh();
  }

  /** Gives up what is on its way, and listens no more. */
  close(): void {
    this.#unsubscribe();
    this.#listeners.clear();
    this.#requests.want(new Map());
  }

  #want(view: TileView): void {
    const before = this.#wanted;
    const { places, isCut } = tilesFor(this.multiscale, view);
    this.#isCut = isCut;
    const held = places.map((place) => before.get(place.key) ?? this.#lift(place));
    for (const one of held) dropOthers(one, view);
    this.#wanted = new Map(held.map((one) => [one.place.key, one]));
    for (const [key, one] of before) if (!this.#wanted.has(key)) this.#lower(one, view);
  }

  /** The tile of a place newly wanted: the one that lay beneath, if it was the same. */
  #lift(place: TilePlace): Held {
    const beneath = this.#beneath.get(place.place);
    if (beneath?.place.key !== place.key) return emptyTile(place);
    this.#beneath.delete(place.place);
    return beneath;
  }

  /** Of two planes at one place the later one stays, unless only the earlier one is whole. */
  #lower(held: Held, view: TileView): void {
    const there = this.#beneath.get(held.place.place);
    if (there === undefined || isWhole(held, view) || !isWhole(there, view))
      this.#beneath.set(held.place.place, held);
  }

  /** Cuts planes from the chunks at hand, and asks for the others; what nobody wants any more is given up. */
  #request(view: TileView): void {
    this.#needs = new Map();
    for (const held of this.#wanted.values())
      for (const channel of view.channels)
        if (!held.planes.has(channel) || held.outdated.has(channel))
          this.#need(held, channel, urgencyOf("visible", distanceFromMiddle(held.place, view)));
    this.#requests.want(this.#needs);
  }

  #need(held: Held, channel: number, urgency: number): void {
    const { array, coords, from } = chunkOf(this.multiscale, held.place, channel);
    const cutting = { held, channel, from };
    const found = this.#source.peek(array, coords);
    if (found !== undefined) {
      this.#cut(cutting, found);
      return;
    }
    const key = `${held.place.level}/${coords.join()}`;
    const need = this.#needs.get(key);
    if (need === undefined) this.#needs.set(key, { array, coords, urgency, cuttings: [cutting] });
    else need.cuttings.push(cutting);
  }

  #answer(key: string, found: Found | Fault, isPart: boolean): void {
    const need = this.#needs.get(key);
    if (need === undefined || this.#view === undefined) return;
    if (!(found instanceof Fault)) {
      if (!isPart) this.#needs.delete(key);
      for (const cutting of need.cuttings) {
        this.#cut(cutting, found);
        if (isPart) cutting.held.outdated.add(cutting.channel);
      }
    }
    this.#settle(this.#view);
  }

  #cut({ held, channel, from }: Cutting, found: Found): void {
    const { level, width, height } = held.place;
    const plane =
      found === "missing"
        ? emptyPlane(levelAt(this.multiscale, level).array)
        : cutPlane(found, { from, width, height });
    held.planes = new Map(held.planes).set(channel, plane);
    held.outdated.delete(channel);
  }

  /** Puts coarser tiles that the source has at hand beneath those not whole yet; asks for nothing. */
  #borrow(view: TileView): void {
    const missing = this.#missing(view);
    const finest = missing[0]?.place.level ?? this.multiscale.levels.length;
    for (let level = finest + 1; level < this.multiscale.levels.length; level++)
      for (const place of tilesInView(this.multiscale, level, view)) {
        const isThere = this.#beneath.get(place.place)?.place.key === place.key;
        const held = isThere || !isUnder(place, missing) ? undefined : this.#atHand(place, view);
        if (held !== undefined) this.#beneath.set(place.place, held);
      }
  }

  /** A tile all of whose chunks the source has at hand. */
  #atHand(place: TilePlace, { channels }: TileView): Held | undefined {
    const held = emptyTile(place);
    for (const channel of channels) {
      const { array, coords, from } = chunkOf(this.multiscale, place, channel);
      const found = this.#source.peek(array, coords);
      if (found === undefined) return undefined;
      this.#cut({ held, channel, from }, found);
    }
    return held;
  }

  /** A chunk was written, or any chunk of an array may have been. */
  #outdate(path: string, coords: readonly number[] | undefined): void {
    const isHit = (chunk: ChunkPlace): boolean =>
      chunk.array.path === path &&
      (coords === undefined || coords.every((value, axis) => value === chunk.coords[axis]));
    for (const held of [...this.#wanted.values(), ...this.#beneath.values()])
      for (const channel of held.planes.keys())
        if (isHit(chunkOf(this.multiscale, held.place, channel))) held.outdated.add(channel);
    for (const [key, need] of this.#needs) if (isHit(need)) this.#requests.forget(key);
    this.#refresh();
  }

  #refresh(): void {
    if (this.#view === undefined) return;
    this.#request(this.#view);
    this.#settle(this.#view);
  }

  /** Drops what is covered, and tells the listeners if anything to be seen has changed. */
  #settle(view: TileView): void {
    const missing = this.#missing(view);
    for (const [key, { place }] of this.#beneath)
      if (!isUnder(place, missing)) this.#beneath.delete(key);
    const shown = merged(this.#shown, {
      tiles: this.#drawn(view),
      failed: this.#unread(),
      busy: this.#requests.count > 0,
    });
    if (shown === this.#shown) return;
    this.#shown = shown;
    for (const listener of [...this.#listeners]) listener();
  }

  /** A tile that lacks a channel is drawn only where no whole one is, so that colours do not flicker. */
  #drawn(view: TileView): Tile[] {
    const held = [...this.#beneath.values(), ...this.#wanted.values()].filter(({ planes }) =>
      view.channels.some((channel) => planes.has(channel)),
    );
    const whole = held.filter((one) => isWhole(one, view));
    return held
      .filter((one) => isWhole(one, view) || !isUnder(one.place, whole))
      .map(({ place, planes }) => {
        return { ...place, planes, current: isCurrent(this.multiscale, place, view) };
      })
      .sort((a, b) => Number(a.current) - Number(b.current) || b.level - a.level);
  }

  #unread(): FailedTile[] {
    return [...this.#requests.failed].flatMap(([key, fault]) => {
      const { coords, cuttings } = this.#needs.get(key) ?? {};
      if (coords === undefined || cuttings === undefined) return [];
      const places = new Set(cuttings.map(({ held }) => held.place));
      return [...places].map(({ level, bounds }) => ({ level, coords, bounds, fault }));
    });
  }

  #missing(view: TileView): Held[] {
    return [...this.#wanted.values()].filter((held) => !isWhole(held, view));
  }
}

const emptyTile = (place: TilePlace): Held => ({ place, planes: new Map(), outdated: new Set() });

function isWhole({ planes }: Held, { channels }: TileView): boolean {
  return channels.every((channel) => planes.has(channel));
}

/** A channel switched off is left to the source's cache, which knows how much it may hold. */
function dropOthers(held: Held, { channels }: TileView): void {
  if ([...held.planes.keys()].every((channel) => channels.includes(channel))) return;
  held.planes = new Map([...held.planes].filter(([channel]) => channels.includes(channel)));
}

function isUnder({ bounds }: TilePlace, others: readonly Held[]): boolean {
  return others.some((other) => rectsOverlap(other.place.bounds, bounds));
}
