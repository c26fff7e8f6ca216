/** Puts arrays among a table's files: new ones, and stored ones with other values in the form they came. */
import { isFault } from "../base/fault.ts";
import type { JsonObject } from "../base/json.ts";
import type { ArrayMeta, NumberType, Pixels, ZarrArray, ZarrFormat } from "../zarr/array.ts";
import { arrayMeta } from "../zarr/array-meta.ts";
import { chunksInBox, placeOf } from "../zarr/chunk-grid.ts";
import { chunkKey } from "../zarr/chunk-key.ts";
import { encodeChunk } from "../zarr/encode.ts";
import { type ArraySpec, arrayFiles } from "../zarr/hierarchy.ts";
import { jsonBytes } from "../zarr/json-file.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { openArray } from "../zarr/open-array.ts";
import { eachSharedRow } from "../zarr/overlap.ts";
import { filled, sizeOf } from "../zarr/pixels.ts";
import { readWhole } from "../zarr/read-whole.ts";
import { shardingOf } from "../zarr/sharding.ts";
import type { Store } from "../zarr/store.ts";
import { sameList } from "./columns.ts";
import type { TableFiles } from "./table.ts";

/** Files being put together, by key below the table's group. */
export type Files = Map<string, Uint8Array<ArrayBuffer>>;

/** The values an array is to hold, last axis fastest. */
export interface ArrayPart {
  /** Below the table's group: "X", "obs/label". */
  readonly path: string;
  readonly dtype: NumberType | "string";
  readonly shape: readonly number[];
  readonly data: Pixels | readonly string[];
  /** For a new array. */
  readonly attributes: JsonObject;
}

/**
 * Puts an array among the files. One that is there already, of the same type, keeps its codecs, order and keys, and if
 * its shape stays those chunks whose values stay; shards become chunks, since Fovea cannot write shards.
 *
 * @param stored the files as they were read, to tell what stays; absent for a new table
 */
export async function putArray(
  files: Files,
  format: ZarrFormat,
  part: ArrayPart,
  stored: Store | undefined,
): Promise<void> {
  const metadata = `${part.path}/${format === 3 ? "zarr.json" : ".zarray"}`;
  if (stored && files.has(metadata)) {
    const old = await openArray(stored, part.path, format);
    if (isOfType(old, part.dtype) && (await tryToKeep(files, metadata, part, old))) return;
  }
  deleteFolder(files, part.path);
  const spec: ArraySpec = {
    format,
    shape: part.shape,
    chunks: part.shape.map((size) => Math.max(1, size)),
    dtype: part.dtype,
    fill: part.dtype === "string" ? "" : 0,
    separator: format === 3 ? "/" : ".",
    compressor: format === 3 ? "zstd" : "blosc-lz4",
    attributes: part.attributes,
  };
  for (const [name, bytes] of arrayFiles(spec)) files.set(`${part.path}/${name}`, bytes);
  const documents = new Map([...files].filter(([key]) => key.startsWith(`${part.path}/`)));
  const array = await openArray(memory(documents), part.path, format);
  for (const [key, bytes] of await chunkFiles(array, part.data)) files.set(key, bytes);
}

/** Text of fixed length has no room for other text. */
function isOfType(old: ArrayMeta, dtype: ArrayPart["dtype"]): boolean {
  const anyLength = old.format === 3 || old.stored["dtype"] === "|O";
  return old.dtype === dtype && (dtype !== "string" || anyLength);
}

/** Whether the array could be put in the form it came; not so where a codec can only be read. */
async function tryToKeep(
  files: Files,
  metadata: string,
  part: ArrayPart,
  old: ZarrArray,
): Promise<boolean> {
  const sameShape = sameList(part.shape, old.shape);
  const before = sameShape ? (await readWhole(old)).data : undefined;
  if (before && sameList(before, part.data)) return true;
  const stays = sameShape && old.shards === undefined;
  const meta = stays ? old : resized(old, part.shape);
  let chunks: Files;
  try {
    chunks = await chunkFiles(meta, part.data, stays ? before : undefined);
  } catch (error) {
    if (isFault(error, "unsupported")) return false;
    throw error;
  }
  if (!stays) {
    const attributes = files.get(`${part.path}/.zattrs`);
    deleteFolder(files, part.path);
    if (attributes) files.set(`${part.path}/.zattrs`, attributes);
    const inOneFile = meta.format === 3 ? { attributes: meta.attributes } : {};
    files.set(metadata, jsonBytes({ ...meta.stored, ...inOneFile }));
  }
  for (const [key, bytes] of chunks) files.set(key, bytes);
  return true;
}

/** The array with another shape; an axis that was one chunk long stays one chunk long. */
function resized(old: ZarrArray, shape: readonly number[]): ArrayMeta {
  const files = old.shards ?? old.chunks;
  const chunks = files.map((size, axis) =>
    size < (old.shape[axis] ?? 0) ? size : Math.max(1, shape[axis] ?? 0),
  );
  const codecs = shardingOf(old.stored)?.codecs ?? old.stored["codecs"] ?? [];
  const grid = { name: "regular", configuration: { chunk_shape: chunks } };
  const stored =
    old.format === 3
      ? { ...old.stored, shape, chunk_grid: grid, codecs }
      : { ...old.stored, shape, chunks };
  return arrayMeta(old.path, old.format, stored, old.attributes);
}

/** The chunks by key; those that hold what they held before are left out. */
async function chunkFiles(
  meta: ArrayMeta,
  data: ArrayPart["data"],
  before?: ArrayPart["data"],
): Promise<Files> {
  const files: Files = new Map();
  const whole = { min: meta.shape.map(() => 0), shape: meta.shape };
  for (const coords of chunksInBox(meta.chunks, whole.min, whole.shape)) {
    const chunk = blankChunk(meta);
    const into: Values = chunk;
    let same = before !== undefined;
    eachSharedRow(whole, placeOf(meta, coords), (start, startInChunk, length) => {
      for (let i = 0; i < length; i++) {
        const value = data[start + i] ?? 0;
        into[startInChunk + i] = value;
        same &&= Object.is(value, before?.[start + i]);
      }
    });
    if (!same) files.set(`${meta.path}/${chunkKey(meta, coords)}`, await encodeChunk(meta, chunk));
  }
  return files;
}

function blankChunk(meta: ArrayMeta): Pixels | string[] {
  const length = sizeOf(meta.chunks);
  return meta.dtype === "string" ? new Array<string>(length).fill("") : filled(meta, length);
}

interface Values {
  [index: number]: number | bigint | string;
}

/** Takes away a folder and all that is in it. */
export function deleteFolder(files: Files, path: string): void {
  for (const key of [...files.keys()]) if (key.startsWith(`${path}/`)) files.delete(key);
}

/** A store of files by key. */
export function memory(files: TableFiles): Store {
  const entries = new Map([...files].map(([key, bytes]) => [`/${key}`, bytes]));
  return new MemoryStore({ kind: "memory", entries });
}
