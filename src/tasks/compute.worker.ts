/** Computes units away from the thread that writes; reads its own input. */
import { serve } from "../base/worker-serve.ts";
import type { ArrayMeta } from "../zarr/array.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";
import { openStore } from "../zarr/open-store.ts";
import type { StoreSpec } from "../zarr/store.ts";
import { computeTask } from "./compute.ts";
import type { ComputeTask } from "./compute-task.ts";
import type { Labelled } from "./label-nuclei.ts";

export interface ComputeRequest {
  readonly store: StoreSpec;
  /** The input: always the same one, as a worker lives for one run. */
  readonly array: ArrayMeta;
  readonly task: ComputeTask;
}

/** Neighbouring ROIs share chunks; nobody writes the input while it is read. */
const reader = new ChunkReader({ cacheBytes: 128 * 2 ** 20 });

serve<ComputeRequest, Labelled>(async ({ store, array, task }, options) => {
  const value = await computeTask(reader, { ...array, store: openStore(store) }, task, options);
  return { value, transfer: [value.labels.buffer] };
});
