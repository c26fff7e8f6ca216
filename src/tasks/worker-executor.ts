/** Computes units, and encodes chunks, on workers of their own. */
import { Fault } from "../base/fault.ts";
import { WorkerPool } from "../base/worker-pool.ts";
import type { Image, Level } from "../ome/multiscale.ts";
import type { ArrayMeta, ZarrArray } from "../zarr/array.ts";
import { chunksInBox, coordsKey } from "../zarr/chunk-grid.ts";
import { chunkKey } from "../zarr/chunk-key.ts";
import { keyOf, type Store, type StoreSpec } from "../zarr/store.ts";
import type { WorkRequest, WorkResponse } from "./compute.worker.ts";
import { type ComputeTask, taskOf } from "./compute-task.ts";
import type { Executor } from "./executor.ts";
import type { Recipe } from "./recipe.ts";

export interface WorkerExecutor extends Executor {
  /** Ends the workers; units under way reject. */
  close(): void;
}

/** @param level of the image, the one that the recipe reads. */
export function computeInWorkers(image: Image, level: Level, recipe: Recipe): WorkerExecutor {
  const size = Math.min(8, Math.max(1, navigator.hardwareConcurrency - 1));
  const pool = new WorkerPool<WorkRequest, WorkResponse>(
    () => new Worker(new URL("./compute.worker.ts", import.meta.url), { type: "module" }),
    size,
  );
  const array = metaOf(level.array);
  return {
    size,
    compute: async (unit, options) => {
      const task = taskOf(image.axes, recipe, unit);
      const [first = []] = chunksInBox(array.chunks, task.min, task.max);
      const store = specFor(task, level.array);
      // Neighbours go to the worker that has decoded their chunks.
      const near = coordsKey(first);
      const answer = await pool.run({ kind: "compute", store, array, task }, { ...options, near });
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

/** Where the worker reads. Memory is copied to it, so only the chunks of its task are sent. */
function specFor({ min, max }: ComputeTask, array: ZarrArray): StoreSpec {
  const { spec } = array.store;
  if (spec.kind !== "memory") return spec;
  const keys = chunksInBox(array.chunks, min, max).map((coords) =>
    keyOf(array.path, chunkKey(array, coords)),
  );
  const found = keys.flatMap((key) => {
    const bytes = spec.entries.get(key);
    return bytes ? [[key, bytes] as const] : [];
  });
  return { kind: "memory", entries: new Map(found) };
}
