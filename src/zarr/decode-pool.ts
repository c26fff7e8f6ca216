/** Decoding on workers, so that the thread that draws never waits for a codec. */
import { WorkerPool } from "../base/worker-pool.ts";
import type { ArrayMeta, Chunk } from "./array.ts";
import type { Decode } from "./decode.ts";
import type { DecodeRequest } from "./decode.worker.ts";

export interface DecodePool {
  /** Gives the bytes away: they are empty afterwards. */
  readonly decode: Decode;
  /** Ends the workers; decodes under way reject. */
  close(): void;
}

/** @param size the most workers; they are started when first needed */
export function decodeInWorkers(size: number): DecodePool {
  const pool = new WorkerPool<DecodeRequest, Chunk>(
    () => new Worker(new URL("./decode.worker.ts", import.meta.url), { type: "module" }),
    size,
  );
  return {
    decode: (array, bytes, options = {}) =>
      pool.run({ meta: forCodecs(array), bytes }, { ...options, transfer: [bytes.buffer] }),
    close: () => pool.close(),
  };
}

/** What the codecs need, which can be cloned: no store, and no attributes that may be large. */
function forCodecs({
  format,
  path,
  shape,
  chunks,
  shards,
  dtype,
  fill,
  stored,
}: ArrayMeta): ArrayMeta {
  const sharding = shards ? { shards } : {};
  return { format, path, shape, chunks, ...sharding, dtype, fill, stored, attributes: {} };
}
