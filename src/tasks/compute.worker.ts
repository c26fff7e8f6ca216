/** Works away from the thread that writes: computes units, reading its own input, and encodes chunks. */
import { serve } from "../base/worker-serve.ts";
import type { ArrayMeta, Pixels } from "../zarr/array.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";
import { encodeChunk } from "../zarr/encode.ts";
import { openStore } from "../zarr/open-store.ts";
import type { StoreSpec } from "../zarr/store.ts";
import { computeTask } from "./compute.ts";
import type { ComputeTask } from "./compute-task.ts";
import { buffersOf, type UnitResult } from "./unit-result.ts";

export interface Input {
  readonly store: StoreSpec;
  readonly array: ArrayMeta;
}

export type WorkRequest =
  | {
      readonly kind: "compute";
      /** Always the same ones, as a worker lives for one run. */
      readonly inputs: readonly Input[];
      readonly task: ComputeTask;
    }
  | { readonly kind: "encode"; readonly array: ArrayMeta; readonly pixels: Pixels };

export type WorkResponse =
  | { readonly kind: "computed"; readonly result: UnitResult }
  | { readonly kind: "encoded"; readonly bytes: Uint8Array<ArrayBuffer> };

/** Neighbouring ROIs share chunks; nobody writes the input while it is read. */
const reader = new ChunkReader({ cacheBytes: 128 * 2 ** 20 });

serve<WorkRequest, WorkResponse>(async (request, options) => {
  if (request.kind === "encode") {
    const bytes = await encodeChunk(request.array, request.pixels);
    return { value: { kind: "encoded", bytes }, transfer: [bytes.buffer] };
  }
  const inputs = request.inputs.map(({ store, array }) => ({ ...array, store: openStore(store) }));
  const result = await computeTask(reader, inputs, request.task, options);
  return { value: { kind: "computed", result }, transfer: buffersOf(result) };
});
