/** Computes units on workers of their own. */
import { WorkerPool } from "../base/worker-pool.ts";
import type { Image, Level } from "../ome/multiscale.ts";
import type { ZarrArray } from "../zarr/array.ts";
import { chunksInBox } from "../zarr/chunk-grid.ts";
import { chunkKey } from "../zarr/chunk-key.ts";
import { keyOf, type StoreSpec } from "../zarr/store.ts";
import type { ComputeRequest } from "./compute.worker.ts";
import { type ComputeTask, taskOf } from "./compute-task.ts";
import type { Executor } from "./executor.ts";
import type { Labelled } from "./label-nuclei.ts";
import type { Recipe } from "./recipe.ts";

export interface WorkerExecutor extends Executor {
  /** Ends the workers; units under way reject. */
  close(): void;
}

/** @param level of the image, the one that the recipe reads. */
export function computeInWorkers(image: Image, level: Level, recipe: Recipe): WorkerExecutor {
  const size = Math.min(8, Math.max(1, navigator.hardwareConcurrency - 1));
  const pool = new WorkerPool<ComputeRequest, Labelled>(
    () => new Worker(new URL("./compute.worker.ts", import.meta.url), { type: "module" }),
    size,
  );
  const { store: _store, ...array } = level.array;
  return {
    size,
    compute: (unit, options) => {
      const task = taskOf(image.axes, recipe, unit);
      return pool.run({ store: specFor(task, level.array), array, task }, options);
    },
    close: () => pool.close(),
  };
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
