/** Reads small arrays at once, text and shards included: the columns of tables. */
import type { ArrayMeta, Pixels, ZarrArray } from "./array.ts";
import { ChunkBytes } from "./chunk-bytes.ts";
import { chunksInBox, placeOf } from "./chunk-grid.ts";
import { type Decode, decodeValues } from "./decode.ts";
import { eachSharedRow, type Placed } from "./overlap.ts";
import { filled, sizeOf } from "./pixels.ts";
import type { Options } from "./store.ts";

export interface WholeOptions extends Options {
  /** Where large chunks of numbers are decoded; on this thread unless said otherwise. */
  readonly decode?: Decode;
}

/**
 * All values of an array, last axis fastest; fill where nothing is stored.
 * @throws Fault "invalid" for chunks that cannot be decoded, or as the store does
 */
export async function readWhole(
  array: ZarrArray,
  options: WholeOptions = {},
): Promise<{ readonly data: Pixels | string[]; readonly shape: readonly number[] }> {
  const { shape } = array;
  const whole: Placed = { min: shape.map(() => 0), shape };
  const files = new ChunkBytes();
  const isOneChunk = shape.every((length, axis) => length === array.chunks[axis]);
  let data: Pixels | string[] | undefined;
  const readChunk = async (coords: readonly number[]): Promise<void> => {
    const bytes = await files.read(array, coords, options);
    if (bytes === undefined) return;
    const chunk = await decoded(array, bytes, options);
    if (isOneChunk) {
      data = chunk;
      return;
    }
    const from: Values = chunk;
    data ??= blank(array);
    const to: Values = data;
    eachSharedRow(whole, placeOf(array, coords), (start, startInChunk, length) => {
      for (let i = 0; i < length; i++) to[start + i] = from[startInChunk + i] ?? "";
    });
  };
  await Promise.all(chunksInBox(array.chunks, whole.min, shape).map(readChunk));
  return { data: data ?? blank(array), shape };
}

/** A chunk of fewer values is decoded sooner than it is sent to another thread. */
const LARGE = 2 ** 16;

async function decoded(
  meta: ArrayMeta,
  bytes: Uint8Array<ArrayBuffer>,
  { decode, ...options }: WholeOptions,
): Promise<Pixels | string[]> {
  if (!decode || meta.dtype === "string" || sizeOf(meta.chunks) < LARGE)
    return decodeValues(meta, bytes, options);
  return (await decode(meta, bytes, options)).data;
}

function blank(array: ZarrArray): Pixels | string[] {
  const length = sizeOf(array.shape);
  if (array.dtype !== "string") return filled(array, length);
  return new Array<string>(length).fill(String(array.fill ?? ""));
}

interface Values {
  [index: number]: number | bigint | string;
}
