/** A zarrita array of exactly one chunk: how Fovea uses zarrita's codecs without its stores and its indexing. */
import { type DataType, open, root, type Array as ZarritaArray } from "zarrita";
import type { JsonObject } from "../base/json.ts";
import type { ArrayMeta } from "./array.ts";
import { registerCodecs } from "./codecs.ts";
import { jsonBytes } from "./json-file.ts";
import { shardingOf } from "./sharding.ts";

/** The array's metadata and its chunk, by key. */
export type Entries = Map<string, Uint8Array>;

/**
 * Opens an array whose shape is one chunk of `meta` (of a sharded array: one inner chunk) over the entries.
 * Half floats are treated as their 16 bits, since not every engine knows them.
 */
export function openOneChunk(
  meta: ArrayMeta,
  entries: Entries,
): Promise<ZarritaArray<DataType, Entries>> {
  registerCodecs();
  const location = root(entries);
  if (meta.format === 2) {
    entries.set("/.zarray", jsonBytes(documentV2(meta)));
    return open.v2(location, { kind: "array", attrs: false });
  }
  entries.set("/zarr.json", jsonBytes(documentV3(meta)));
  return open.v3(location, { kind: "array" });
}

/** The chunk's shape as codecs see it: an array without axes is one of a single element. */
export function codecShape(meta: ArrayMeta): readonly number[] {
  return meta.chunks.length === 0 ? [1] : meta.chunks;
}

/** The key of the chunk. */
export function onlyKey(meta: ArrayMeta): string {
  return `/${codecShape(meta)
    .map(() => 0)
    .join(".")}`;
}

function documentV2(meta: ArrayMeta): JsonObject {
  const { dtype } = meta.stored;
  return {
    ...meta.stored,
    shape: codecShape(meta),
    chunks: codecShape(meta),
    dimension_separator: ".",
    ...(meta.dtype === "float16" && typeof dtype === "string"
      ? { dtype: dtype.replace("f", "u"), fill_value: 0 }
      : {}),
  };
}

function documentV3(meta: ArrayMeta): JsonObject {
  return {
    ...meta.stored,
    shape: codecShape(meta),
    chunk_grid: { name: "regular", configuration: { chunk_shape: codecShape(meta) } },
    chunk_key_encoding: { name: "v2", configuration: { separator: "." } },
    codecs: shardingOf(meta.stored)?.codecs ?? meta.stored["codecs"] ?? [],
    attributes: {},
    ...(meta.dtype === "float16" ? { data_type: "uint16", fill_value: 0 } : {}),
  };
}
