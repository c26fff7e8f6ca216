/** What an array's metadata says of its shards: files that hold many chunks and an index of where each is. */
import { type Json, type JsonObject, listAt, objectAt, textAt } from "../base/json.ts";

/** The configuration of Zarr v3's `sharding_indexed` codec. */
export interface Sharding {
  /** Of the inner chunks. */
  readonly chunks: readonly Json[];
  /** Of the inner chunks. */
  readonly codecs: readonly Json[];
  readonly indexCodecs: readonly Json[];
  readonly indexAt: "start" | "end";
}

/** The sharding an array's stored metadata names, or undefined where each chunk is its own file. */
export function shardingOf(stored: JsonObject): Sharding | undefined {
  const codec = listAt(stored, "codecs").find((c) => textAt(c, "name") === "sharding_indexed");
  const configuration = objectAt(codec, "configuration");
  if (configuration === undefined) return undefined;
  return {
    chunks: listAt(configuration, "chunk_shape"),
    codecs: listAt(configuration, "codecs"),
    indexCodecs: listAt(configuration, "index_codecs"),
    indexAt: textAt(configuration, "index_location") === "start" ? "start" : "end",
  };
}
