/** Works away from the thread that writes. */
import { serve } from "../base/worker-serve.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";
import { answering, type WorkRequest, type WorkResponse } from "./compute-answer.ts";

/**
 * Decoded chunks that a worker keeps: those of a few rows of neighbouring fields of view. One that has to do all of an
 * image comes back to a chunk only a whole row later.
 */
const cacheBytes = Math.max(2 ** 27, 2 ** 28 / Math.max(1, navigator.hardwareConcurrency - 1));

serve<WorkRequest, WorkResponse>(answering(new ChunkReader({ cacheBytes })));
