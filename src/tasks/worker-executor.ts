/** Computes units, and encodes chunks, on workers of their own. */
import { Fault } from "../base/fault.ts";
import { WorkerPool } from "../base/worker-pool.ts";
import type { ArrayMeta, ZarrArray } from "../zarr/array.ts";
import { chunksInBox, coordsKey } from "../zarr/chunk-grid.ts";
import { chunkKey } from "../zarr/chunk-key.ts";
import { keyOf, type Store } from "../zarr/store.ts";
import type { Input, WorkRequest, WorkResponse } from "./compute-answer.ts";
import type { ComputeTask } from "./compute-task.ts";
import type { Executor } from "./executor.ts";
import type { Prepared } from "./prepare.ts";
import { workerCount } from "./worker-count.ts";

/** Workers that are started when they are first needed, and kept. */
export interface Workers {
  /** For as long as no array that was read is written: each worker keeps the chunks it has decoded. */
  executorFor(prepared: Prepared): Executor;
  /** Ends the workers; units under way reject. */
  close(): void;
}

export interface WorkerExecutor extends Executor {
  /** As `Workers.close`. */
  close(): void;
}

/** Workers for one run alone: closing it ends them. */
export function computeInWorkers(prepared: Prepared): WorkerExecutor {
  const workers = startWorkers(workerCount());
  return { ...workers.executorFor(prepared), close: () => workers.close() };
}

/** @param spawn starts one that answers as `compute.worker.ts` does */
export function startWorkers(size: number, spawn: () => Worker = computeWorker): Workers {
  const pool = new WorkerPool<WorkRequest, WorkResponse>(spawn, size);
  return {
    executorFor: (prepared) => executorOn(pool, size, prepared),
    close: () => pool.close(),
  };
}

function computeWorker(): Worker {
  return new Worker(new URL("./compute.worker.ts", import.meta.url), { type: "module" });
}

function executorOn(
  pool: WorkerPool<WorkRequest, WorkResponse>,
  size: number,
  { inputs, taskOf }: Prepared,
): Executor {
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
