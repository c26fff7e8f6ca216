/** Decodes chunks away from the page. */
import { serve } from "../base/worker-serve.ts";
import type { ArrayMeta, Chunk } from "./array.ts";
import { decodeChunk } from "./decode.ts";

/** The bytes are given to the worker. */
export interface DecodeRequest {
  readonly meta: ArrayMeta;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

serve<DecodeRequest, Chunk>(async ({ meta, bytes }, options) => {
  const chunk = await decodeChunk(meta, bytes, options);
  return { value: chunk, transfer: [chunk.data.buffer] };
});
