/** Merges patches into chunks and stores each chunk once, when the last patch that touches it is in. */
import { throwIfStopped } from "../base/abort.ts";
import { Fault } from "../base/fault.ts";
import type { Pixels, ZarrArray } from "./array.ts";
import { chunksInBox, coordsKey, placeOf } from "./chunk-grid.ts";
import { chunkKey } from "./chunk-key.ts";
import { decodeChunk } from "./decode.ts";
import { encodeChunk } from "./encode.ts";
import { type Merge, mergePatch, type Patch } from "./patch.ts";
import { filled, fillOf, isFilledWith, sizeOf } from "./pixels.ts";
import { keyOf, type Options, type WritableStore, writable } from "./store.ts";

export interface AccumulatorSpec {
  readonly array: ZarrArray;
  /** How many of the patches to come touch a chunk. */
  readonly touches: (coords: readonly number[]) => number;
  readonly merge: Merge;
  /** What a chunk holds before its first patch: fill, for a new array, or what is stored. */
  readonly existing: "fill" | "read";
  /** Told of each finished chunk, full chunk shape, and whether it is now a file; awaited before the place is given on. */
  readonly onStored?: (
    coords: readonly number[],
    chunk: Pixels,
    stored: boolean,
  ) => void | Promise<void>;
}

interface OpenChunk {
  readonly coords: readonly number[];
  readonly pixels: Pixels;
  /** Patches still to come. */
  left: number;
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
  readonly #open = new Map<string, OpenChunk>();
  readonly #storing = new Set<Promise<void>>();
  readonly #writes = new Map<string, number>();
  readonly #finished = new Set<string>();
  #lastPut: Promise<void> = Promise.resolve();
  #failure: unknown;

  /** @throws Fault "readonly" or "unsupported" where the array cannot be written */
  constructor(spec: AccumulatorSpec) {
    this.#spec = spec;
    this.#store = writable(spec.array.store);
    if (spec.array.shards)
      throw unusable(spec.array, "unsupported", "is sharded, and Fovea cannot write shards");
  }

  /** How often each chunk was stored, by its key relative to the array. */
  get writes(): ReadonlyMap<string, number> {
    return this.#writes;
  }

  /**
   * Merges a patch; done when it is merged and its finished chunks are on their way to the store.
   * @throws Fault "input" for a patch that does not fit the array or was not announced; as the store did before
   */
  put(patch: Patch, options: Options = {}): Promise<void> {
    const merged = this.#lastPut.then(() => this.#merge(patch, options));
    this.#lastPut = merged.catch(() => {});
    return merged;
  }

  /** Waits until all is stored. @throws Fault "input" where a chunk still waits for patches; as the store does */
  async finish(): Promise<void> {
    await this.#lastPut;
    while (this.#storing.size > 0) await Promise.all(this.#storing);
    this.#throwFailure();
    if (this.#open.size > 0)
      throw unusable(
        this.#spec.array,
        "input",
        `has ${this.#open.size} chunks without all patches`,
      );
  }

  async #merge(patch: Patch, { signal }: Options): Promise<void> {
    throwIfStopped(signal);
    const { array, merge } = this.#spec;
    checkFit(array, patch);
    const max = patch.min.map((at, axis) => at + (patch.shape[axis] ?? 0));
    for (const coords of chunksInBox(array.chunks, patch.min, max)) {
      this.#throwFailure();
      const chunk = this.#open.get(coordsKey(coords)) ?? (await this.#openChunk(coords));
      mergePatch(chunk.pixels, placeOf(array, coords), patch, merge);
      chunk.left--;
      if (chunk.left > 0) continue;
      this.#open.delete(coordsKey(coords));
      this.#finished.add(coordsKey(coords));
      while (this.#storing.size >= STORES_AT_ONCE) await Promise.race(this.#storing);
      this.#startStoring(chunk);
    }
  }

  async #openChunk(coords: readonly number[]): Promise<OpenChunk> {
    const { array, touches, existing } = this.#spec;
    const left = touches(coords);
    if (left < 1 || this.#finished.has(coordsKey(coords)))
      throw unusable(array, "input", `was not to get another patch at chunk ${coordsKey(coords)}`);
    const pixels = existing === "read" ? await this.#stored(coords) : undefined;
    const chunk = { coords, pixels: pixels ?? filled(array, sizeOf(array.chunks)), left };
    this.#open.set(coordsKey(coords), chunk);
    return chunk;
  }

  async #stored(coords: readonly number[]): Promise<Pixels | undefined> {
    const { array } = this.#spec;
    const bytes = await this.#store.get(keyOf(array.path, chunkKey(array, coords)));
    return bytes && (await decodeChunk(array, bytes)).data;
  }

  #startStoring(chunk: OpenChunk): void {
    const storing = this.#storeChunk(chunk)
      .catch((error: unknown) => {
        this.#failure ??= error;
      })
      .finally(() => this.#storing.delete(storing));
    this.#storing.add(storing);
  }

  async #storeChunk({ coords, pixels }: OpenChunk): Promise<void> {
    const { array, existing, onStored } = this.#spec;
    const name = chunkKey(array, coords);
    const key = keyOf(array.path, name);
    const isBlank = isFilledWith(pixels, fillOf(array));
    if (!isBlank) {
      await this.#store.set(key, await encodeChunk(array, pixels));
      this.#writes.set(name, (this.#writes.get(name) ?? 0) + 1);
    } else if (existing === "read") await this.#store.delete(key);
    await onStored?.(coords, pixels, !isBlank);
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }
}

function checkFit(array: ZarrArray, { min, shape, data }: Patch): void {
  const fits =
    min.length === array.shape.length &&
    shape.length === array.shape.length &&
    array.shape.every((size, axis) => {
      const [from = 0, length = 0] = [min[axis], shape[axis]];
      return from >= 0 && from + length <= size;
    });
  if (!fits || data.length !== sizeOf(shape))
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
