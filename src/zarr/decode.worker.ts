/** Decodes chunks away from the page. */
import { serve } from "../base/worker-serve.ts";
import type { ArrayMeta, Chunk } from "./array.ts";
import { loadCodecs } from "./codecs.ts";
import { decodeChunk } from "./decode.ts";

export type DecodeRequest =
  | { readonly kind: "prepare"; readonly codecs: readonly string[] }
  /** The bytes are given to the worker. */
  | { readonly kind: "decode"; readonly meta: ArrayMeta; readonly bytes: Uint8Array<ArrayBuffer> };

serve<DecodeRequest, Chunk | undefined>(async (request, options) => {
  if (request.kind === "prepare") {
    await loadCodecs(request.codecs);
    return { value: undefined };
  }
  const chunk = await decodeChunk(request.meta, request.bytes, options);
  return { value: chunk, transfer: [chunk.data.buffer] };
});
