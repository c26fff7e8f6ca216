/** Turns the chunks of a Zarr v3 image into shards, which Fovea reads and never writes. */
import { withChecksum } from "../../src/zarr/crc32c.ts";
import type { Entries } from "./streaming-image.ts";

/** What of zarr.json is looked at. */
interface Document {
  readonly node_type: string;
  readonly shape: readonly number[];
  readonly chunk_grid: { readonly configuration: { readonly chunk_shape: readonly number[] } };
  readonly codecs: readonly unknown[];
}

const NOT_STORED = 2n ** 64n - 1n;

/**
 * The same image with one shard per level and channel, its index at the end (Zarr v3 `sharding_indexed`). Arrays have the
 * axes c z y x and chunks of one channel; others stay as they are.
 */
export function sharded(entries: Entries): Entries {
  const out: Entries = new Map(entries);
  for (const [key, bytes] of entries) {
    if (!key.endsWith("/zarr.json")) continue;
    const document = JSON.parse(new TextDecoder().decode(bytes)) as Document;
    if (document.node_type === "array" && document.shape.length === 4)
      shardArray(out, key.slice(0, -"/zarr.json".length), document);
  }
  return out;
}

function shardArray(out: Entries, path: string, document: Document): void {
  const { shape, codecs } = document;
  const { chunk_shape: chunks } = document.chunk_grid.configuration;
  const [rows = 1, columns = 1] = shape
    .map((length, axis) => Math.ceil(length / (chunks[axis] ?? 1)))
    .slice(2);
  for (let c = 0; c < (shape[0] ?? 0); c++) {
    const inner = Array.from({ length: rows * columns }, (_, i) => {
      const key = `${path}/c/${c}/0/${Math.floor(i / columns)}/${i % columns}`;
      const bytes = out.get(key);
      out.delete(key);
      return bytes;
    });
    out.set(`${path}/c/${c}/0/0/0`, shardOf(inner));
  }
  const shard = chunks.map((size, axis) => size * ([1, 1, rows, columns][axis] ?? 1));
  const sharding = {
    name: "sharding_indexed",
    configuration: {
      chunk_shape: chunks,
      codecs,
      index_codecs: [{ name: "bytes", configuration: { endian: "little" } }, { name: "crc32c" }],
      index_location: "end",
    },
  };
  const grid = { name: "regular", configuration: { chunk_shape: shard } };
  const stored = JSON.stringify({ ...document, chunk_grid: grid, codecs: [sharding] });
  out.set(`${path}/zarr.json`, new TextEncoder().encode(stored));
}

function shardOf(
  chunks: readonly (Uint8Array<ArrayBuffer> | undefined)[],
): Uint8Array<ArrayBuffer> {
  const index = new DataView(new ArrayBuffer(16 * chunks.length));
  let offset = 0;
  for (const [i, chunk] of chunks.entries()) {
    index.setBigUint64(16 * i, chunk ? BigInt(offset) : NOT_STORED, true);
    index.setBigUint64(16 * i + 8, chunk ? BigInt(chunk.length) : NOT_STORED, true);
    offset += chunk?.length ?? 0;
  }
  const tail = withChecksum(new Uint8Array(index.buffer));
  const shard = new Uint8Array(offset + tail.length);
  let at = 0;
  for (const chunk of chunks) {
    if (chunk) shard.set(chunk, at);
    at += chunk?.length ?? 0;
  }
  shard.set(tail, offset);
  return shard;
}
