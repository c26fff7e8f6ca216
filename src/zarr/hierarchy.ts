/** Writes groups and arrays, v2 and v3, as zarr-python 2 and 3 read them. */
import { Fault } from "../base/fault.ts";
import type { JsonObject } from "../base/json.ts";
import type { ArrayMeta, NumberType, ZarrArray, ZarrFormat } from "./array.ts";
import { jsonBytes, readJsonKeeping } from "./json-file.ts";
import { openArray } from "./open-array.ts";
import { keyOf, type Options, type Store, writable } from "./store.ts";

export type Compressor = "blosc-zstd" | "blosc-lz4" | "zstd" | "none";

/** A new array: never sharded, last axis fastest, little endian. */
export interface ArraySpec {
  readonly format: ZarrFormat;
  readonly shape: readonly number[];
  readonly chunks: readonly number[];
  readonly dtype: NumberType | "string";
  /** The value of what is not stored; null for the type's zero. */
  readonly fill: ArrayMeta["fill"];
  /** Between the numbers of a chunk's key; OME-Zarr wants "/". */
  readonly separator: "/" | ".";
  readonly compressor: Compressor;
  /** Stored in v3 alone: v2 has no place for them. */
  readonly dimensionNames?: readonly string[];
  readonly attributes?: JsonObject;
}

/** Metadata files by name, in the order they are to be written: what makes the node exist is last. */
export type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/** The metadata files of a group. */
export function groupFiles(format: ZarrFormat, attributes: JsonObject): Files {
  if (format === 3)
    return files({ "zarr.json": { zarr_format: 3, node_type: "group", attributes } });
  return files({ ".zattrs": attributes, ".zgroup": { zarr_format: 2 } });
}

/** The metadata files of an array. */
export function arrayFiles(spec: ArraySpec): Files {
  const { attributes = {} } = spec;
  const stored = arrayDocument(spec);
  if (spec.format === 3) return files({ "zarr.json": { ...stored, attributes } });
  return files({ ".zattrs": attributes, ".zarray": stored });
}

function files(documents: Readonly<Record<string, unknown>>): Files {
  return new Map(Object.entries(documents).map(([name, value]) => [name, jsonBytes(value)]));
}

/** Writes an array's metadata, over what was there. @throws Fault "readonly", or as the store does */
export async function createArray(
  store: Store,
  path: string,
  spec: ArraySpec,
  options: Options = {},
): Promise<ZarrArray> {
  await writeFiles(store, path, arrayFiles(spec), options);
  return openArray(store, path, spec.format, options);
}

/** Writes a group's metadata, over what was there. @throws Fault "readonly", or as the store does */
export async function writeGroup(
  store: Store,
  path: string,
  format: ZarrFormat,
  attributes: JsonObject,
  options: Options = {},
): Promise<void> {
  await writeFiles(store, path, groupFiles(format, attributes), options);
}

/**
 * Replaces the attributes of a node and keeps every other member of its metadata as it is stored.
 * @throws Fault "missing" where no v3 node is, "readonly", or as the store does
 */
export async function writeAttributes(
  store: Store,
  path: string,
  format: ZarrFormat,
  attributes: JsonObject,
  options: Options = {},
): Promise<void> {
  const key = keyOf(path, format === 3 ? "zarr.json" : ".zattrs");
  const target = writable(store);
  if (format === 2) return target.set(key, jsonBytes(attributes), options);
  const stored = await readJsonKeeping(store, key, options);
  if (stored === undefined)
    throw new Fault("missing", `There is nothing at ${path || "/"} to write attributes of`, {
      where: path,
    });
  await target.set(key, jsonBytes({ ...stored, attributes }), options);
}

async function writeFiles(
  store: Store,
  path: string,
  documents: Files,
  options: Options,
): Promise<void> {
  const target = writable(store);
  for (const [name, bytes] of documents) await target.set(keyOf(path, name), bytes, options);
}

/** What .zarray holds, or zarr.json without attributes. Not JSON yet: a 64-bit fill value is a BigInt. */
type Document = Readonly<Record<string, unknown>>;

function arrayDocument(spec: ArraySpec): Document {
  return spec.format === 2 ? documentV2(spec) : documentV3(spec);
}

/** Zarr v2 specification; `numcodecs` names codecs and their settings. */
function documentV2(spec: ArraySpec): Document {
  return {
    zarr_format: 2,
    shape: spec.shape,
    chunks: spec.chunks,
    dtype: dtypeV2(spec.dtype),
    compressor: compressorV2(spec.compressor),
    fill_value: storedFill(spec),
    order: "C",
    filters: spec.dtype === "string" ? [{ id: "vlen-utf8" }] : null,
    dimension_separator: spec.separator,
  };
}

/** Zarr v3 core specification; zarr-python 3 refuses an array without an array-to-bytes codec or a fill value. */
function documentV3(spec: ArraySpec): Document {
  const { dtype, dimensionNames } = spec;
  const toBytes =
    dtype === "string"
      ? { name: "vlen-utf8" }
      : { name: "bytes", configuration: { endian: "little" } };
  return {
    zarr_format: 3,
    node_type: "array",
    shape: spec.shape,
    data_type: dtype,
    chunk_grid: { name: "regular", configuration: { chunk_shape: spec.chunks } },
    chunk_key_encoding: { name: "default", configuration: { separator: spec.separator } },
    fill_value: storedFill(spec),
    codecs: [toBytes, ...compressorsV3(spec)],
    ...(dimensionNames ? { dimension_names: dimensionNames } : {}),
    storage_transformers: [],
  };
}

function dtypeV2(dtype: ArraySpec["dtype"]): string {
  if (dtype === "string") return "|O";
  if (dtype === "bool") return "|b1";
  const size = bytesOf(dtype);
  const kind = dtype.startsWith("float") ? "f" : dtype.slice(0, 1);
  return `${size === 1 ? "|" : "<"}${kind}${size}`;
}

function bytesOf(dtype: ArraySpec["dtype"]): number {
  return Math.max(1, Number(/\d+$/.exec(dtype)?.[0] ?? 8) / 8);
}

const BLOSC = {
  "blosc-zstd": { cname: "zstd", clevel: 5 },
  "blosc-lz4": { cname: "lz4", clevel: 5 },
} as const;

function compressorV2(compressor: Compressor): Document | null {
  if (compressor === "none") return null;
  if (compressor === "zstd") return { id: "zstd", level: 0 };
  return { id: "blosc", ...BLOSC[compressor], shuffle: 1, blocksize: 0 };
}

function compressorsV3({ compressor, dtype }: ArraySpec): readonly Document[] {
  if (compressor === "none") return [];
  if (compressor === "zstd")
    return [{ name: "zstd", configuration: { level: 0, checksum: false } }];
  const shuffle = dtype === "string" ? "noshuffle" : "shuffle";
  const configuration = { typesize: bytesOf(dtype), ...BLOSC[compressor], shuffle, blocksize: 0 };
  return [{ name: "blosc", configuration }];
}

/** A float that JSON has no number for is stored as its name. */
function storedFill({ dtype, fill }: ArraySpec): string | boolean | number | bigint {
  if (dtype === "string") return typeof fill === "string" ? fill : "";
  if (dtype === "bool") return Boolean(fill);
  if (typeof fill === "bigint") return fill;
  const number = Number(fill ?? 0);
  return Number.isFinite(number) ? number : String(number);
}
