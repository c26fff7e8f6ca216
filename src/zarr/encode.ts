/** Turns values into the bytes of a chunk, as the array's metadata says. */
import { BoolArray, set } from "zarrita";
import { Fault, sentence } from "../base/fault.ts";
import type { ArrayMeta, Pixels } from "./array.ts";
import { halvesFromFloats } from "./half-float.ts";
import { codecShape, type Entries, onlyKey, openOneChunk } from "./one-chunk.ts";
import { sizeOf } from "./pixels.ts";

/** Encodes a chunk, maybe on another thread: its pixels are then gone from this one. */
export type Encode = (meta: ArrayMeta, pixels: Pixels) => Promise<Uint8Array<ArrayBuffer>>;

/**
 * The file of one chunk.
 * @param data the full chunk, also at the array's end, last axis fastest, of the type that holds the array's
 * @throws Fault "unsupported" for shards and for codecs that can only be read, "input" for the wrong number of values
 */
export async function encodeChunk(
  meta: ArrayMeta,
  data: Pixels | readonly string[],
): Promise<Uint8Array<ArrayBuffer>> {
  if (meta.shards) throw unwritable(meta, "it is sharded, and Fovea cannot write shards");
  const expected = sizeOf(meta.chunks);
  if (data.length !== expected)
    throw new Fault(
      "input",
      `A chunk of the array ${meta.path} holds ${expected} values, not ${data.length}`,
      { where: meta.path },
    );
  const entries: Entries = new Map();
  try {
    const array = await openOneChunk(meta, entries);
    const shape = [...codecShape(meta)];
    const stride = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
    await set(array, null, { data: forZarrita(meta, data), shape, stride } as never);
  } catch (cause) {
    throw unwritable(meta, sentence(cause), cause);
  }
  return Uint8Array.from(entries.get(onlyKey(meta)) ?? []);
}

/** The typed array zarrita has for the type. */
function forZarrita(meta: ArrayMeta, data: Pixels | readonly string[]): unknown {
  if (meta.dtype === "float16") return halvesFromFloats(data as Float32Array);
  if (meta.dtype === "bool") return new BoolArray((data as Uint8Array<ArrayBuffer>).slice().buffer);
  return data;
}

function unwritable({ path }: ArrayMeta, why: string, cause?: unknown): Fault {
  return new Fault("unsupported", `The array ${path} cannot be written: ${why}`, {
    where: path,
    cause,
  });
}
