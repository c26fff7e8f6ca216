/** OME-Zarr metadata as documents in memory, in a store that notes what it was asked for: for tests of opening. */
import type { JsonObject } from "../base/json.ts";
import type { Image } from "../ome/multiscale.ts";
import { openNode } from "../ome/open-node.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import type { Key, Options } from "../zarr/store.ts";

/** A memory store that notes which keys were asked for. */
class CountingStore extends MemoryStore {
  readonly asked: string[] = [];
  override get(key: Key, options?: Options): Promise<Uint8Array<ArrayBuffer> | undefined> {
    this.asked.push(key);
    return super.get(key, options);
  }
}

/** JSON by keys of the store. */
export function storeOf(documents: Readonly<Record<string, unknown>>): CountingStore {
  const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const entries = new Map(Object.entries(documents).map(([key, value]) => [key, bytes(value)]));
  return new CountingStore({ kind: "memory", entries });
}

export const scale = (...values: number[]): JsonObject => ({
  coordinateTransformations: [{ type: "scale", scale: values }],
});
/** One letter each. */
export const axes = (names: string): JsonObject[] =>
  [...names].map((name) => ({ name, ...("zyx".includes(name) ? { unit: "micrometer" } : {}) }));

/** Of one chunk. */
export const arrayV2 = (...shape: number[]): JsonObject => ({
  zarr_format: 2,
  shape,
  chunks: shape,
  dtype: "<u2",
  compressor: null,
  filters: null,
  fill_value: 0,
  order: "C",
  dimension_separator: "/",
});
/** The same in Zarr v3. */
export const arrayV3 = (...shape: number[]): JsonObject => ({
  zarr_format: 3,
  node_type: "array",
  shape,
  data_type: "uint16",
  chunk_grid: { name: "regular", configuration: { chunk_shape: shape } },
  chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
  codecs: [{ name: "bytes", configuration: { endian: "little" } }],
  fill_value: 0,
  attributes: {},
});
export const groupV3 = (attributes: JsonObject): JsonObject => ({
  zarr_format: 3,
  node_type: "group",
  attributes,
});

export const multiscale: JsonObject & { readonly datasets: readonly JsonObject[] } = {
  name: "cells",
  version: "0.4",
  axes: axes("cyx"),
  datasets: [
    { path: "0", ...scale(1, 0.5, 0.5) },
    { path: "1", ...scale(1, 1, 1) },
  ],
};
export const imageV2: Readonly<Record<string, JsonObject>> = {
  "/.zgroup": { zarr_format: 2 },
  "/.zattrs": { multiscales: [multiscale] },
  "/0/.zarray": arrayV2(2, 64, 64),
  "/1/.zarray": arrayV2(2, 32, 32),
  "/labels/.zattrs": { labels: ["nuclei", "_working"] },
};

/** The image at the root. */
export async function opened(documents: Readonly<Record<string, unknown>>): Promise<Image> {
  const node = await openNode(storeOf(documents), "");
  if (node.kind !== "image") throw new Error(`expected an image, got a ${node.kind}`);
  return node.image;
}
