/** Decoding on workers, so that the thread that draws never waits for a codec. */
import { Fault } from "../base/fault.ts";
import { WorkerPool } from "../base/worker-pool.ts";
import type { ArrayMeta, Chunk } from "./array.ts";
import { codecsOf } from "./array-meta.ts";
import type { Decode } from "./decode.ts";
import type { DecodeRequest } from "./decode.worker.ts";

export interface DecodePool {
  /** Gives the bytes away: they are empty afterwards. */
  readonly decode: Decode;
  /** Loads the codecs of an array in every worker, while its first chunks are on their way. */
  readonly prepare: (array: ArrayMeta) => void;
  /** Ends the workers; decodes under way reject. */
  close(): void;
}

/**
 * @param size how many workers, which start at once: the first chunk should not wait for their script
 * @param started one of them that has started already
 */
export function decodeInWorkers(size: number, started?: Worker): DecodePool {
  const pool = new WorkerPool<DecodeRequest, Chunk | undefined>(
    () => new Worker(new URL("./decode.worker.ts", import.meta.url), { type: "module" }),
    size,
  );
  for (let i = 0; i < size; i++) pool.start(i === 0 ? started : undefined);
  const load = (codecs: readonly string[]): void => {
    // Who does not come here is told of by the first chunk.
    for (let i = 0; i < size; i++) pool.run({ kind: "prepare", codecs }).catch(() => {});
  };
  return {
    decode: async (array, bytes, options = {}) => {
      const request = { kind: "decode", meta: forCodecs(array), bytes } as const;
      const chunk = await pool.run(request, { ...options, transfer: [bytes.buffer] });
      if (chunk) return chunk;
      throw new Fault("crashed", "A background worker gave no answer to a chunk");
    },
    prepare: ({ format, stored }) => load(codecsOf(format, stored)),
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
