/** AnnData tables in a store, laid out by hand as other tools lay them out, so that tests do not trust our own writer. */
import type { JsonObject } from "../base/json.ts";
import type { NumberType, Pixels } from "../zarr/array.ts";
import { arrayMeta } from "../zarr/array-meta.ts";
import { withChecksum } from "../zarr/crc32c.ts";
import { encodeChunk } from "../zarr/encode.ts";
import { jsonBytes } from "../zarr/json-file.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { keyOf } from "../zarr/store.ts";

export type Entries = Map<string, Uint8Array<ArrayBuffer>>;

export function storeOf(entries: Entries = new Map()): MemoryStore {
  return new MemoryStore({ kind: "memory", entries });
}

const LZ4 = { id: "blosc", cname: "lz4", clevel: 5, shuffle: 1, blocksize: 0 };
const V2_TYPES: Partial<Record<NumberType | "string", string>> = {
  float32: "<f4",
  float64: "<f8",
  int64: "<i8",
  int8: "|i1",
  bool: "|b1",
  string: "|O",
};

interface Values {
  readonly dtype: NumberType | "string";
  readonly shape: readonly number[];
  readonly data: Pixels | readonly string[];
  readonly encoding: string;
}

/** Lays out one format's groups and arrays of single chunks. */
export interface Layout {
  group(path: string, attributes: JsonObject): void;
  array(path: string, values: Values): Promise<void>;
}

/** As zarr-python 2 does: no dimension separator, fill 0 for text too, and `.zmetadata` is the caller's. */
export function layoutV2(entries: Entries): Layout {
  return {
    group(path, attributes) {
      entries.set(keyOf(path, ".zgroup"), jsonBytes({ zarr_format: 2 }));
      entries.set(keyOf(path, ".zattrs"), jsonBytes(attributes));
    },
    async array(path, { dtype, shape, data, encoding }) {
      const stored = {
        zarr_format: 2,
        shape,
        chunks: shape.map((size) => Math.max(1, size)),
        dtype: V2_TYPES[dtype] ?? "?",
        compressor: LZ4,
        fill_value: 0,
        filters: dtype === "string" ? [{ id: "vlen-utf8" }] : null,
        order: "C",
      };
      const chunk = await encodeChunk(arrayMeta(path, 2, stored, {}), data);
      entries.set(keyOf(path, ".zarray"), jsonBytes(stored));
      entries.set(keyOf(path, ".zattrs"), jsonBytes(attributesOf(encoding)));
      entries.set(keyOf(path, shape.map(() => 0).join(".")), chunk);
    },
  };
}

/** As anndata with ngio ≥ 0.5.10 does: every array is one shard of one chunk. */
export function layoutV3(entries: Entries): Layout {
  return {
    group(path, attributes) {
      entries.set(
        keyOf(path, "zarr.json"),
        jsonBytes({ zarr_format: 3, node_type: "group", attributes }),
      );
    },
    async array(path, { dtype, shape, data, encoding }) {
      const toBytes =
        dtype === "string"
          ? { name: "vlen-utf8" }
          : { name: "bytes", configuration: { endian: "little" } };
      const inner = [toBytes, { name: "zstd", configuration: { level: 0, checksum: false } }];
      const indexCodecs = [
        { name: "bytes", configuration: { endian: "little" } },
        { name: "crc32c" },
      ];
      const document = (codecs: readonly JsonObject[]): JsonObject => ({
        zarr_format: 3,
        node_type: "array",
        shape,
        data_type: dtype,
        chunk_grid: { name: "regular", configuration: { chunk_shape: shape } },
        chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
        fill_value: dtype === "string" ? "" : dtype === "bool" ? false : 0,
        codecs,
      });
      const chunk = await encodeChunk(arrayMeta(path, 3, document(inner), {}), data);
      const configuration = { chunk_shape: shape, codecs: inner, index_codecs: indexCodecs };
      const stored = document([
        { name: "sharding_indexed", configuration: { ...configuration, index_location: "end" } },
      ]);
      entries.set(
        keyOf(path, "zarr.json"),
        jsonBytes({ ...stored, attributes: attributesOf(encoding) }),
      );
      entries.set(keyOf(path, "c", ...shape.map(() => "0")), shardOf(chunk));
    },
  };
}

/** A shard of one chunk, its index behind it. */
function shardOf(chunk: Uint8Array): Uint8Array<ArrayBuffer> {
  const index = new Uint8Array(BigUint64Array.of(0n, BigInt(chunk.length)).buffer);
  return Uint8Array.from([...chunk, ...withChecksum(index)]);
}

function attributesOf(encoding: string): JsonObject {
  return { "encoding-type": encoding, "encoding-version": "0.2.0" };
}

/** A column of text as anndata lays it out. */
export function texts(values: readonly string[]): Values {
  return { dtype: "string", shape: [values.length], data: values, encoding: "string-array" };
}

export interface Fov {
  readonly attributes: JsonObject;
  /** `_index` of obs. */
  readonly index: string;
  readonly dtype: "float32" | "float64";
}

/** What X's columns of `putFovTable` are named. */
export const BOX_NAMES = [
  "x_micrometer",
  "y_micrometer",
  "z_micrometer",
  "len_x_micrometer",
  "len_y_micrometer",
  "len_z_micrometer",
] as const;

/** Three FOVs side by side, 416 × 351 × 10. */
export async function putFovTable(layout: Layout, path: string, fov: Fov): Promise<void> {
  const rows = [0, 1, 2].flatMap((i) => [416 * i, 0, 0, 416, 351, 10]);
  const data = fov.dtype === "float32" ? Float32Array.from(rows) : Float64Array.from(rows);
  const frame = (index: string): JsonObject => ({
    _index: index,
    "column-order": [],
    "encoding-type": "dataframe",
    "encoding-version": "0.2.0",
  });
  layout.group(path, {
    "encoding-type": "anndata",
    "encoding-version": "0.1.0",
    ...fov.attributes,
  });
  layout.group(`${path}/obs`, frame(fov.index));
  layout.group(`${path}/var`, frame("_index"));
  await layout.array(`${path}/obs/${fov.index}`, texts(["FOV_1", "FOV_2", "FOV_3"]));
  await layout.array(`${path}/var/_index`, texts(BOX_NAMES));
  await layout.array(`${path}/X`, { dtype: fov.dtype, shape: [3, 6], data, encoding: "array" });
  layout.group(`${path}/layers`, { "encoding-type": "dict", "encoding-version": "0.1.0" });
}

/** fractal-tasks-core's V1: float32, no name for the index. */
export const FTC: Fov = {
  attributes: { fractal_table_version: "1", type: "roi_table" },
  index: "_index",
  dtype: "float32",
};

/** ngio's V1: float64, a named index. */
export const NGIO: Fov = {
  attributes: {
    table_version: "1",
    type: "roi_table",
    backend: "anndata_v1",
    index_key: "FieldIndex",
    index_type: "str",
  },
  index: "FieldIndex",
  dtype: "float64",
};

/** A v2 image's tables: one of FOVs, "other", and the list of both. */
export async function twoTables(): Promise<Entries> {
  const entries: Entries = new Map();
  const layout = layoutV2(entries);
  layout.group("tables", { tables: ["FOV_ROI_table", "other"] });
  await putFovTable(layout, "tables/FOV_ROI_table", FTC);
  await putFovTable(layout, "tables/other", NGIO);
  return entries;
}
