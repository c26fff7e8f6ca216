/** Turns the bytes of a chunk into values, whatever its codecs, byte order and axis order. */
import {
  BoolArray,
  ByteStringArray,
  type DataType,
  UnicodeStringArray,
  type Chunk as ZarritaChunk,
} from "zarrita";
import { throwIfStopped } from "../base/abort.ts";
import { Fault, sentence } from "../base/fault.ts";
import type { ArrayMeta, Chunk, Pixels } from "./array.ts";
import { floatsFromHalves } from "./half-float.ts";
import { codecShape, onlyKey, openOneChunk } from "./one-chunk.ts";
import { sizeOf } from "./pixels.ts";
import { rowMajor } from "./row-major.ts";
import type { Options } from "./store.ts";

/** Decodes one chunk, here or on another thread; the bytes may be given away by it. */
export type Decode = (
  meta: ArrayMeta,
  bytes: Uint8Array<ArrayBuffer>,
  options?: Options,
) => Promise<Chunk>;

/**
 * The pixels of one chunk (of a sharded array: one inner chunk), in full chunk shape, last axis fastest.
 * @throws Fault "invalid" where the bytes are not what the metadata says, "unsupported" for an array of text
 */
export async function decodeChunk(
  meta: ArrayMeta,
  bytes: Uint8Array<ArrayBuffer>,
  options: Options = {},
): Promise<Chunk> {
  const values = await decodeValues(meta, bytes, options);
  if (!Array.isArray(values)) return { data: values as Pixels, shape: meta.chunks };
  throw new Fault("unsupported", `The array ${meta.path} holds text where numbers are needed`, {
    where: meta.path,
  });
}

/** As decodeChunk, for arrays of text too. */
export async function decodeValues(
  meta: ArrayMeta,
  bytes: Uint8Array<ArrayBuffer>,
  { signal }: Options = {},
): Promise<Pixels | string[]> {
  throwIfStopped(signal);
  let values: Pixels | string[];
  try {
    const array = await openOneChunk(meta, new Map([[onlyKey(meta), bytes]]));
    values = valuesOf(meta, await array.getChunk(codecShape(meta).map(() => 0)));
  } catch (cause) {
    throw undecodable(meta, sentence(innermost(cause)), cause);
  }
  const expected = sizeOf(meta.chunks);
  if (values.length !== expected)
    throw undecodable(meta, `it holds ${values.length} values and should hold ${expected}`);
  return values;
}

function valuesOf(meta: ArrayMeta, { data, shape, stride }: ZarritaChunk<DataType>) {
  if (Array.isArray(data)) return rowMajor(data.map(textOf), shape, stride);
  if (data instanceof UnicodeStringArray || data instanceof ByteStringArray)
    return rowMajor([...data], shape, stride);
  const plain =
    data instanceof BoolArray
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : data;
  const pixels = owning(rowMajor(plain as Pixels, shape, stride));
  return meta.dtype === "float16" ? floatsFromHalves(pixels as Uint16Array) : pixels;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** The pixels in a buffer of their own, so that it can be given to another thread. */
function owning(pixels: Pixels): Pixels {
  return pixels.byteLength === pixels.buffer.byteLength ? pixels : pixels.slice();
}

function undecodable(meta: ArrayMeta, why: string, cause?: unknown): Fault {
  return new Fault("invalid", `A chunk of the array ${meta.path} cannot be decoded: ${why}`, {
    where: meta.path,
    cause,
  });
}

function innermost(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? innermost(error.cause) : error;
}
