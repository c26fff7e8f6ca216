/** What a worker is asked for, and its answers: computing units, reading its own input, and encoding chunks. */
import type { Answer } from "../base/worker-serve.ts";
import type { ArrayMeta, Pixels } from "../zarr/array.ts";
import type { ChunkSource } from "../zarr/chunk-source.ts";
import { encodeChunk } from "../zarr/encode.ts";
import { openStore } from "../zarr/open-store.ts";
import type { Options, StoreSpec } from "../zarr/store.ts";
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
      /** Of one image and never written meanwhile, as their chunks are kept. */
      readonly inputs: readonly Input[];
      readonly task: ComputeTask;
    }
  | { readonly kind: "encode"; readonly array: ArrayMeta; readonly pixels: Pixels };

export type WorkResponse =
  | { readonly kind: "computed"; readonly result: UnitResult }
  | { readonly kind: "encoded"; readonly bytes: Uint8Array<ArrayBuffer> };

/** @param source reads the chunks of all inputs, and keeps what neighbouring ROIs share. */
export function answering(
  source: ChunkSource,
): (request: WorkRequest, options: Options) => Promise<Answer<WorkResponse>> {
  return async (request, options) => {
    if (request.kind === "encode") {
      const bytes = await encodeChunk(request.array, request.pixels);
      return { value: { kind: "encoded", bytes }, transfer: [bytes.buffer] };
    }
    const inputs = request.inputs.map(({ store, array }) => ({
      ...array,
      store: openStore(store),
    }));
    const result = await computeTask(source, inputs, request.task, options);
    return { value: { kind: "computed", result }, transfer: buffersOf(result) };
  };
}
