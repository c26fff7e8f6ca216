/** Computes units, and encodes chunks, on workers of their own. */
import { Fault } from "../base/fault.ts";
import { WorkerPool } from "../base/worker-pool.ts";
import type { ArrayMeta, ZarrArray } from "../zarr/array.ts";
import { chunksInBox, coordsKey } from "../zarr/chunk-grid.ts";
import { chunkKey } from "../zarr/chunk-key.ts";
import { keyOf, type Store } from "../zarr/store.ts";
import type { Input, WorkRequest, WorkResponse } from "./compute.worker.ts";
import type { ComputeTask } from "./compute-task.ts";
import type { Executor } from "./executor.ts";
import type { Prepared } from "./prepare.ts";

export interface WorkerExecutor extends Executor {
  /** Ends the workers; units under way reject. */
  close(): void;
}

export function computeInWorkers({ inputs, taskOf }: Prepared): WorkerExecutor {
  const size = Math.min(8, Math.max(1, navigator.hardwareConcurrency - 1));
  const pool = new WorkerPool<WorkRequest, WorkResponse>(
    () => new Worker(new URL("./compute.worker.ts", import.meta.url), { type: "module" }),
    size,
  );
  return {
    size,
    compute: async (unit, options) => {
      const task = taskOf(unit);
      const [pixels] = task.reads;
      const [first = []] = chunksInBox(inputs[pixels.input]?.chunks ?? [], pixels.min, pixels.max);
      // Neighbours go to the worker that has decoded their chunks.
      const near = coordsKey(first);
      const request = { kind: "compute", inputs: inputsFor(task, inputs), task } as const;
      const answer = await pool.run(request, { ...options, near });
      if (answer.kind === "computed") return answer.result;
      throw otherAnswer();
    },
    encode: async (meta, pixels) => {
      const transfer = [pixels.buffer];
      const answer = await pool.run({ kind: "encode", array: metaOf(meta), pixels }, { transfer });
      if (answer.kind === "encoded") return answer.bytes;
      throw otherAnswer();
    },
    close: () => pool.close(),
  };
}

/** Without its store, which cannot be sent. */
function metaOf(meta: ArrayMeta & { readonly store?: Store }): ArrayMeta {
  const { store: _store, ...array } = meta;
  return array;
}

function otherAnswer(): Fault {
  return new Fault("crashed", "A background worker answered another question than it was asked");
}

/** What the worker reads. Memory is copied to it, so only the chunks of its task are sent. */
function inputsFor({ reads }: ComputeTask, inputs: readonly ZarrArray[]): Input[] {
  return inputs.map(({ store, ...array }, input) => {
    const { spec } = store;
    if (spec.kind !== "memory") return { store: spec, array };
    const entries = new Map<string, Uint8Array<ArrayBuffer>>();
    for (const { min, max } of reads.filter((read) => read.input === input))
      for (const coords of chunksInBox(array.chunks, min, max)) {
        const key = keyOf(array.path, chunkKey(array, coords));
        const bytes = spec.entries.get(key);
        if (bytes) entries.set(key, bytes);
      }
    return { store: { kind: "memory", entries }, array };
  });
}
