/** Merges patches into chunks and stores each chunk once, when the last patch that touches it is in. */
import { throwIfStopped } from "../base/abort.ts";
import { sameBytes } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import type { Pixels, ZarrArray } from "./array.ts";
import { ChunkBuffers } from "./chunk-buffers.ts";
import { chunksInBox, coordsKey, placeOf } from "./chunk-grid.ts";
import { chunkKey } from "./chunk-key.ts";
import { decodeChunk } from "./decode.ts";
import { type Encode, encodeChunk } from "./encode.ts";
import { type Merge, mergePatch, type Patch } from "./patch.ts";
import { filled, fillOf, isFilledWith, sizeOf } from "./pixels.ts";
import { keyOf, type Options, type WritableStore, writable } from "./store.ts";

export interface AccumulatorSpec {
  readonly array: ZarrArray;
  /** How many of the patches to come touch a chunk. */
  readonly touches: (coords: readonly number[]) => number;
  /** When each of them comes, as numbers that grow with time: the chunk that has longest to wait is spilled first. */
  readonly turns?: (coords: readonly number[]) => readonly number[];
  readonly merge: Merge;
  /**
   * What a chunk holds before its first patch: fill, for a new array; what is stored; or fill, where a writer that was
   * cut off may have stored some of the same chunks.
   */
  readonly existing: Existing;
  /** With "fill" or "refill": what chunks hold before their first patch, where that is not fill but kept elsewhere. */
  readonly before?: ZarrArray;
  /** Chunks that are already as they will be: what is put or released there is passed over. */
  readonly isDone?: (coords: readonly number[]) => boolean;
  /** Where chunks wait; memory without bound unless said otherwise. */
  readonly buffers?: ChunkBuffers;
  /** Where finished chunks are encoded; on this thread unless said otherwise. */
  readonly encode?: Encode;
  /** How many chunks are encoded and stored at one time; STORES_AT_ONCE unless said otherwise. */
  readonly storesAtOnce?: number;
  /** Given each finished chunk, full chunk shape, before it is encoded; awaited, and not to be kept. */
  readonly onMerged?: (coords: readonly number[], chunk: Pixels) => void | Promise<void>;
  /** Told of each finished chunk that is on disk, and whether it is a file there: one that is all fill is not. */
  readonly onStored?: (coords: readonly number[], isFile: boolean) => void;
  /** Told of each chunk whose every patch was released, which is left as it was. */
  readonly onReleased?: (coords: readonly number[]) => void | Promise<void>;
}

export type Existing = "fill" | "read" | "refill";

interface OpenChunk {
  readonly coords: readonly number[];
  /** Patches still to come. */
  left: number;
  /** Whether a patch was merged, and so whether there is a buffer. */
  isTouched: boolean;
}

/** Chunks being encoded and stored at one time; `put` waits for a place among them, which bounds memory. */
const STORES_AT_ONCE = 16;

/**
 * Patches are merged strictly in the order `put` was called, so the result is that of doing one after the other.
 * The only writer of its array while it lives. A chunk that is all fill is not written, and removed if it was there.
 */
export class ChunkAccumulator {
  readonly #spec: AccumulatorSpec;
  readonly #store: WritableStore;
  readonly #buffers: ChunkBuffers;
  readonly #open = new Map<string, OpenChunk>();
  readonly #storing = new Set<Promise<void>>();
  readonly #writes = new Map<string, number>();
  readonly #finished = new Set<string>();
  #repeats = 0;
  #last: Promise<void> = Promise.resolve();
  #failure: unknown;

  /** @throws Fault "readonly" or "unsupported" where the array cannot be written */
  constructor(spec: AccumulatorSpec) {
    this.#spec = spec;
    this.#store = writable(spec.array.store);
    this.#buffers = spec.buffers ?? new ChunkBuffers();
    if (spec.array.shards)
      throw unusable(spec.array, "unsupported", "is sharded, and Fovea cannot write shards");
  }

  /** How often each chunk was stored, by its key relative to the array. */
  get writes(): ReadonlyMap<string, number> {
    return this.#writes;
  }

  /** How many chunks were stored that a writer before had stored already; known only of "refill". */
  get repeats(): number {
    return this.#repeats;
  }

  /**
   * Merges a patch; done when it is merged and its finished chunks are on their way to the store.
   * @throws Fault "input" for a patch that does not fit the array or was not announced; as the store did before
   */
  put(patch: Patch, options: Options = {}): Promise<void> {
    return this.#inTurn(() => this.#merge(patch, options));
  }

  /** Says that one of the patches announced for a chunk will not come. @throws as `put` */
  release(coords: readonly number[], options: Options = {}): Promise<void> {
    return this.#inTurn(() => this.#release(coords, options));
  }

  /** Waits until all that was put is merged and what is finished is stored. @throws as the store does */
  async drain(): Promise<void> {
    await this.#last;
    while (this.#storing.size > 0) await Promise.all(this.#storing);
    this.#throwFailure();
  }

  /** Waits until all is stored. @throws Fault "input" where a chunk still waits for patches; as the store does */
  async finish(): Promise<void> {
    await this.drain();
    if (this.#open.size > 0)
      throw unusable(
        this.#spec.array,
        "input",
        `has ${this.#open.size} chunks without all patches`,
      );
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }

  async #merge(patch: Patch, { signal }: Options): Promise<void> {
    throwIfStopped(signal);
    const { array, merge } = this.#spec;
    checkFit(array, patch);
    const max = patch.min.map((at, axis) => at + (patch.shape[axis] ?? 0));
    for (const coords of chunksInBox(array.chunks, patch.min, max)) {
      const chunk = this.#opened(coords);
      if (chunk === undefined) continue;
      const pixels = await this.#pixelsOf(chunk);
      mergePatch(pixels, placeOf(array, coords), patch, merge);
      chunk.isTouched = true;
      if (--chunk.left > 0)
        await this.#buffers.keep(this.#nameOf(coords), pixels, this.#nextOf(chunk));
      else await this.#startStoring(coords, pixels);
    }
  }

  async #release(coords: readonly number[], { signal }: Options): Promise<void> {
    throwIfStopped(signal);
    const chunk = this.#opened(coords);
    if (chunk === undefined || --chunk.left > 0) return;
    if (chunk.isTouched) return this.#startStoring(coords, await this.#pixelsOf(chunk));
    this.#close(coords);
    await this.#spec.onReleased?.(coords);
  }

  /** The chunk, open for one more patch; undefined where it is done. */
  #opened(coords: readonly number[]): OpenChunk | undefined {
    this.#throwFailure();
    const { array, touches, isDone } = this.#spec;
    const key = coordsKey(coords);
    const open = this.#open.get(key);
    if (open) return open;
    if (isDone?.(coords)) return undefined;
    const left = touches(coords);
    if (left < 1 || this.#finished.has(key))
      throw unusable(array, "input", `was not to get another patch at chunk ${key}`);
    const chunk = { coords, left, isTouched: false };
    this.#open.set(key, chunk);
    return chunk;
  }

  async #pixelsOf({ coords, isTouched }: OpenChunk): Promise<Pixels> {
    const { array, existing, before } = this.#spec;
    const from = existing === "read" ? array : before;
    const pixels = isTouched
      ? await this.#buffers.take(this.#nameOf(coords))
      : from && (await pixelsIn(from, coords));
    return pixels ?? filled(array, sizeOf(array.chunks));
  }

  #nextOf({ coords, left }: OpenChunk): number | undefined {
    return this.#spec.turns?.(coords).at(-left);
  }

  #nameOf(coords: readonly number[]): string {
    return `${this.#spec.array.path} ${coordsKey(coords)}`;
  }

  /** Whether a writer before this one has stored a chunk already, as far as that shows. */
  async #isStored(coords: readonly number[]): Promise<boolean> {
    const { array, before } = this.#spec;
    const [now, then] = await Promise.all([
      bytesIn(array, coords),
      before && bytesIn(before, coords),
    ]);
    return !sameBytes(now, then);
  }

  #close(coords: readonly number[]): void {
    this.#open.delete(coordsKey(coords));
    this.#finished.add(coordsKey(coords));
  }

  async #startStoring(coords: readonly number[], pixels: Pixels): Promise<void> {
    this.#close(coords);
    const { storesAtOnce = STORES_AT_ONCE } = this.#spec;
    while (this.#storing.size >= storesAtOnce) await Promise.race(this.#storing);
    const storing = this.#storeChunk(coords, pixels)
      .catch((error: unknown) => {
        this.#failure ??= error;
      })
      .finally(() => this.#storing.delete(storing));
    this.#storing.add(storing);
  }

  async #storeChunk(coords: readonly number[], pixels: Pixels): Promise<void> {
    const { array, existing, before, encode = encodeChunk, onMerged, onStored } = this.#spec;
    const name = chunkKey(array, coords);
    const key = keyOf(array.path, name);
    await onMerged?.(coords, pixels);
    const isBlank = isFilledWith(pixels, fillOf(array));
    if (existing === "refill" && (await this.#isStored(coords))) this.#repeats++;
    if (!isBlank) {
      await this.#store.set(key, await encode(array, pixels));
      this.#writes.set(name, (this.#writes.get(name) ?? 0) + 1);
    } else if (existing !== "fill" || before) await this.#store.delete(key);
    onStored?.(coords, !isBlank);
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }
}

function bytesIn(
  array: ZarrArray,
  coords: readonly number[],
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return array.store.get(keyOf(array.path, chunkKey(array, coords)));
}

async function pixelsIn(array: ZarrArray, coords: readonly number[]): Promise<Pixels | undefined> {
  const bytes = await bytesIn(array, coords);
  return bytes && (await decodeChunk(array, bytes)).data;
}

function checkFit(array: ZarrArray, { min, shape, data, mask }: Patch): void {
  const fits =
    min.length === array.shape.length &&
    shape.length === array.shape.length &&
    array.shape.every((size, axis) => {
      const [from = 0, length = 0] = [min[axis], shape[axis]];
      return from >= 0 && from + length <= size;
    });
  if (!fits || data.length !== sizeOf(shape) || (mask && mask.length !== data.length))
    throw unusable(array, "input", `has no place for a patch of ${shape} at ${min}`);
  if (typeof data[0] !== typeof fillOf(array) && data.length > 0)
    throw unusable(
      array,
      "input",
      `holds ${array.dtype}, and a patch holds another kind of number`,
    );
}

function unusable({ path }: ZarrArray, tag: "input" | "unsupported", why: string): Fault {
  return new Fault(tag, `The array ${path} ${why}`, { where: path });
}
