/** What is known of a Zarr array before any chunk is read: plain data that crosses threads. */
import type { JsonObject } from "../base/json.ts";
import type { Store } from "./store.ts";

export type ZarrFormat = 2 | 3;

export type NumberType =
  | "int8"
  | "int16"
  | "int32"
  | "int64"
  | "uint8"
  | "uint16"
  | "uint32"
  | "uint64"
  | "float16"
  | "float32"
  | "float64"
  | "bool";

/** Values of a chunk. 64-bit integers, float16 and bool arrive as the array type that holds them without loss for ids and pixels. */
export type Pixels =
  | Int8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | BigUint64Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

export interface ArrayMeta {
  readonly format: ZarrFormat;
  /** Inside the store, without a leading "/". */
  readonly path: string;
  readonly shape: readonly number[];
  /** What is decoded at once: the inner chunk of a sharded array, else the chunk. */
  readonly chunks: readonly number[];
  /** The file of a sharded array, in elements; absent where each chunk is its own file. */
  readonly shards?: readonly number[];
  /** A number type, or "string" for any kind of text. */
  readonly dtype: NumberType | "string";
  readonly fill: number | bigint | string | boolean | null;
  /** As v3 stores them beside the rest; empty for v2, which keeps them in a file of their own. */
  readonly attributes: JsonObject;
  /** The array's own metadata as stored (.zarray, or zarr.json without attributes): names codecs, order and key encoding. */
  readonly stored: JsonObject;
}

/** An array in a store. */
export interface ZarrArray extends ArrayMeta {
  readonly store: Store;
}

/** An array of numbers, as those of images and labels are. */
export interface PixelArray extends ZarrArray {
  readonly dtype: NumberType;
}

export function holdsPixels(array: ZarrArray): array is PixelArray {
  return array.dtype !== "string";
}

/** A decoded chunk: full chunk shape, also at the array's end; last axis fastest. */
export interface Chunk {
  readonly data: Pixels;
  readonly shape: readonly number[];
}
