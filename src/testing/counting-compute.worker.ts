/** A compute worker that counts how often it decodes each chunk, told apart by its bytes, and says so when it is asked. */
import { serve } from "../base/worker-serve.ts";
import { answering, type WorkRequest, type WorkResponse } from "../tasks/compute-answer.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";
import { type Decode, decodeChunk } from "../zarr/decode.ts";

/** What the worker is named: the channel it reports on, and the bytes it may keep. */
export interface CountingWorker {
  readonly channel: string;
  readonly cacheBytes: number;
}

/** How often each chunk was decoded. */
export type Decodes = readonly number[];

const { channel: name, cacheBytes } = JSON.parse(self.name) as CountingWorker;
const counts = new Map<string, number>();

const decode: Decode = async (array, bytes, options) => {
  const digest = await crypto.subtle.digest("SHA-1", bytes);
  const chunk = String(new Uint8Array(digest));
  counts.set(chunk, (counts.get(chunk) ?? 0) + 1);
  return decodeChunk(array, bytes, options);
};

const channel = new BroadcastChannel(name);
// The reports of the others come here too.
channel.onmessage = ({ data }) => {
  if (data === "report") channel.postMessage([...counts.values()] satisfies Decodes);
};

serve<WorkRequest, WorkResponse>(answering(new ChunkReader({ cacheBytes, decode })));
