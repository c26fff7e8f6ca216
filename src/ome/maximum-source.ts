/** The maximum along z as a multiscale of one plane: its chunks are made of the stack's as these come. */
import { Limiter } from "../base/limiter.ts";
import { SharedCache, type Sized } from "../base/shared-cache.ts";
import type { ArrayMeta, Chunk, Pixels, ZarrArray } from "../zarr/array.ts";
import { coordsKey } from "../zarr/chunk-grid.ts";
import type { ChunkListener, ChunkSource, ReadOptions } from "../zarr/chunk-source.ts";
import { Listeners } from "../zarr/listeners.ts";
import { filled, sizeOf } from "../zarr/pixels.ts";
import type { Options } from "../zarr/store.ts";
import { indexOf } from "./axes.ts";
import type { MaximumRequest, PlaneRange, StackPart } from "./maximum.ts";
import type { Level, Multiscale } from "./multiscale.ts";

/** Finds largest values, maybe on another thread; `best` may be given away by it. */
export type FindMaximum = (request: MaximumRequest, options: Options) => Promise<Pixels>;

/** Chunks of the stack read at once for one of the maximum; as many again come while those are gone through. */
const AT_ONCE = 2;

/** Chunks of the maximum made at once: with those read for each, what is held beside the caches. */
const MADE_AT_ONCE = 4;

/** The most bytes of chunks of maxima kept. */
const CACHE_BYTES = 128 * 2 ** 20;

/** What the maxima that are looked at together share, those of an image and of its labels: one budget for all of them. */
export class Maxima {
  readonly find: FindMaximum;
  /** By the path of the array that stands for a maximum, and the chunk. */
  readonly made: SharedCache<Chunk | "missing">;
  readonly making: Limiter = new Limiter(MADE_AT_ONCE);

  constructor(find: FindMaximum, cacheBytes: number = CACHE_BYTES) {
    this.find = find;
    this.made = new SharedCache(cacheBytes);
  }
}

/** What a chunk of the maximum is made of. */
interface Stack {
  readonly level: Level;
  readonly array: ZarrArray;
  /** Planes of this level. */
  readonly planes: PlaneRange;
}

/** For an image with a z axis. Planes at hand are not read again, and a maximum that was made is kept. */
export class MaximumSource implements ChunkSource {
  readonly multiscale: Multiscale;
  readonly #source: ChunkSource;
  readonly #maxima: Maxima;
  readonly #axis: number;
  /** By the path of the array that stands for the maximum, and by that of the stack. */
  readonly #stacks: ReadonlyMap<string, Stack>;
  readonly #listeners = new Listeners();
  readonly #unsubscribe: () => void;

  constructor(multiscale: Multiscale, range: PlaneRange, source: ChunkSource, maxima: Maxima) {
    this.#source = source;
    this.#maxima = maxima;
    this.#axis = indexOf(multiscale.axes, "z") ?? 0;
    const [finest, ...coarser] = multiscale.levels;
    const flat = (level: Level): Level => this.#flat(level, range);
    this.multiscale = { ...multiscale, levels: [flat(finest), ...coarser.map(flat)] };
    this.#stacks = new Map(
      multiscale.levels.flatMap((level, i) => {
        const made = this.multiscale.levels[i]?.array;
        const planes = planesOf(level, finest, range);
        const stack = made && { level, array: made, planes };
        return stack ? [[made.path, stack] as const, [level.array.path, stack] as const] : [];
      }),
    );
    this.#unsubscribe = source.subscribe((path, coords) => this.#outdate(path, coords));
  }

  async read(
    array: ZarrArray,
    coords: readonly number[],
    options: ReadOptions = {},
  ): Promise<Chunk | undefined> {
    const { made, making } = this.#maxima;
    const make = (waiting: ReadOptions) => {
      this.#join(array, coords, waiting);
      return making.run(
        () => this.#make(array, coords, { ...waiting, onPart: options.onPart }),
        waiting,
      );
    };
    const chunk = await made.get(nameOf(array, coords), make, options);
    return chunk === "missing" ? undefined : chunk;
  }

  peek(array: ArrayMeta, coords: readonly number[]): Chunk | "missing" | undefined {
    return this.#maxima.made.peek(nameOf(array, coords));
  }

  isComing(array: ArrayMeta, coords: readonly number[]): boolean {
    return this.#maxima.made.isComing(nameOf(array, coords));
  }

  subscribe(listener: ChunkListener): () => void {
    return this.#listeners.add(listener);
  }

  /** Listens to the stack no more, and gives back the memory of what was made of it. */
  close(): void {
    this.#unsubscribe();
    for (const { array } of this.multiscale.levels) this.#maxima.made.forget(prefixOf(array));
  }

  #flat(level: Level, { from, to }: PlaneRange): Level {
    const { shards: _, ...array } = level.array;
    const path = `${array.path} maximum ${from}-${to}`;
    const flat = {
      ...array,
      path,
      shape: this.#at(array.shape, 1),
      chunks: this.#at(array.chunks, 1),
    };
    const [, height, width] = level.grid.shape;
    return { ...level, array: flat, grid: { ...level.grid, shape: [1, height, width] } };
  }

  /** Numbers per axis, with that of z in place of its own. */
  #at(values: readonly number[], z: number): readonly number[] {
    return values.with(this.#axis, z);
  }

  /** Waits from the start for planes that are on their way: who asked for them may leave before it is their turn. */
  #join(array: ZarrArray, coords: readonly number[], waiting: ReadOptions): void {
    const stack = this.#stacks.get(array.path);
    const places = stack ? this.#batches(stack, coords).flat() : [];
    // What becomes of them is told when it is their turn.
    for (const { coords: at } of places)
      if (stack && this.#source.isComing(stack.level.array, at))
        this.#source.read(stack.level.array, at, waiting).catch(() => {});
  }

  /** What there is so far is told when the planes in it have doubled, so that telling costs little beside reading. */
  async #make(
    array: ZarrArray,
    coords: readonly number[],
    { onPart, ...waiting }: ReadOptions,
  ): Promise<Sized<Chunk | "missing">> {
    const stack = this.#stacks.get(array.path);
    if (stack === undefined) return MISSING;
    const batches = this.#batches(stack, coords);
    const read = (batch: readonly Place[] = []) => {
      const parts = Promise.all(batch.map((place) => this.#part(stack, place, waiting)));
      // Where an earlier one has failed, nobody waits for it.
      parts.catch(() => {});
      return parts;
    };
    let best: Pixels | undefined;
    let [isAnyMissing, count, told] = [false, 0, 0];
    let coming = read(batches[0]);
    for (let i = 0; i < batches.length; i++) {
      const parts = await coming;
      coming = read(batches[i + 1]);
      isAnyMissing ||= parts.includes(undefined);
      count += parts.length;
      best = await this.#larger(stack, best, parts, waiting);
      if (best === undefined || i + 1 === batches.length || count < 2 * told) continue;
      told = count;
      onPart?.({ data: best.slice(), shape: array.chunks });
    }
    // What was never stored holds the fill value.
    if (best && isAnyMissing) {
      const data = filled(array, best.length * this.#depth(stack));
      best = await this.#larger(stack, best, [{ data, from: 0, to: 1 }], waiting);
    }
    if (best === undefined) return MISSING;
    return { value: { data: best, shape: array.chunks }, bytes: best.byteLength };
  }

  #batches({ level, planes }: Stack, coords: readonly number[]): Place[][] {
    const depth = level.array.chunks[this.#axis] ?? 1;
    const places: Place[] = [];
    for (let z = Math.floor(planes.from / depth); z * depth < planes.to; z++) {
      const from = Math.max(0, planes.from - z * depth);
      const to = Math.min(depth, planes.to - z * depth);
      places.push({ coords: this.#at(coords, z), from, to });
    }
    const batches = [places.slice(0, 1)];
    for (let i = 1; i < places.length; i += AT_ONCE) batches.push(places.slice(i, i + AT_ONCE));
    return batches;
  }

  async #part(
    { level }: Stack,
    { coords, from, to }: Place,
    waiting: ReadOptions,
  ): Promise<StackPart | undefined> {
    const chunk = await this.#source.read(level.array, coords, waiting);
    return chunk && { data: chunk.data, from, to };
  }

  async #larger(
    stack: Stack,
    best: Pixels | undefined,
    parts: readonly (StackPart | undefined)[],
    { signal }: ReadOptions,
  ): Promise<Pixels | undefined> {
    const [first, ...others] = parts.filter((part) => part !== undefined);
    if (first === undefined) return best;
    const stacks = sizeOf(stack.level.array.chunks.slice(0, this.#axis));
    const request = { best, parts: [first, ...others] as const, stacks, depth: this.#depth(stack) };
    return this.#maxima.find(request, signal ? { signal } : {});
  }

  #depth({ level }: Stack): number {
    return level.array.chunks[this.#axis] ?? 1;
  }

  #outdate(path: string, coords: readonly number[] | undefined): void {
    const array = this.#stacks.get(path)?.array;
    if (array === undefined) return;
    const flat = coords && this.#at(coords, 0);
    this.#maxima.made.forget(flat ? nameOf(array, flat) : prefixOf(array));
    this.#listeners.tell(array.path, flat);
  }
}

/** A chunk of the stack, and its planes that count. */
interface Place extends PlaneRange {
  readonly coords: readonly number[];
}

const MISSING: Sized<"missing"> = { value: "missing", bytes: 64 };

const prefixOf = ({ path }: ArrayMeta): string => `${path}\n`;

const nameOf = (array: ArrayMeta, coords: readonly number[]): string =>
  `${prefixOf(array)}${coordsKey(coords)};`;

/** The planes of a level that a range of another's touches, as of the finest one's: at least one. */
export function planesOf({ grid }: Level, finest: Level, { from, to }: PlaneRange): PlaneRange {
  const perPlane = finest.grid.scale[0] / grid.scale[0];
  const last = grid.shape[0] - 1;
  // Scales are decimal fractions: their quotients miss whole numbers by a hair.
  const first = Math.min(last, Math.floor(from * perPlane + 1e-6));
  return {
    from: first,
    to: Math.min(last + 1, Math.max(first + 1, Math.ceil(to * perPlane - 1e-6))),
  };
}
