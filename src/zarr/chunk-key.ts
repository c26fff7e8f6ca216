/** Where a chunk is: the name of its file, below its array. */
import { objectAt, textAt } from "../base/json.ts";
import type { ArrayMeta } from "./array.ts";

/**
 * The key, relative to the array, of the file that holds a chunk ("c/0/1", "0.1"); of a sharded array, the shard's.
 * Source: Zarr v2 and v3 core specifications.
 */
export function chunkKey(meta: ArrayMeta, coords: readonly number[]): string {
  const file = shardCoords(meta, coords);
  if (meta.format === 2) return file.join(textAt(meta.stored, "dimension_separator") ?? ".") || "0";
  const encoding = objectAt(meta.stored, "chunk_key_encoding");
  const separator = textAt(objectAt(encoding, "configuration"), "separator");
  if (textAt(encoding, "name") === "v2") return file.join(separator ?? ".") || "0";
  return ["c", ...file].join(separator ?? "/");
}

/** The coordinates, in the grid of files, of the file that holds a chunk. */
function shardCoords(meta: ArrayMeta, coords: readonly number[]): readonly number[] {
  const { shards } = meta;
  if (shards === undefined) return coords;
  return coords.map((at, axis) =>
    Math.floor((at * (meta.chunks[axis] ?? 1)) / (shards[axis] ?? 1)),
  );
}
