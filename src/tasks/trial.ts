/** Tries units of a task that has much to look up first: looked up and computed on one worker, which keeps what it found. */
import { WorkerPool } from "../base/worker-pool.ts";
import type { StoreSpec } from "../zarr/store.ts";
import type { Executor } from "./executor.ts";
import type { Unit } from "./plan.ts";
import type { Profile } from "./profiles.ts";
import type { Recipe } from "./recipe.ts";
import type { UnitResult } from "./unit-result.ts";

/** What is tried, as plain data. */
export interface Trial {
  readonly store: StoreSpec;
  /** Of the image, inside the store. */
  readonly path: string;
  readonly recipe: Recipe;
  readonly profiles: ReadonlyMap<string, Profile>;
}

export interface TrialRequest {
  readonly trial: Trial;
  readonly unit: Unit;
}

export interface Trials {
  /** For as long as nothing that is read is written. */
  executorFor(trial: Trial): Executor;
  /** Ends the worker; units under way reject. */
  close(): void;
}

/** Starts the one worker that all previews are computed in. */
export function startTrials(): Trials {
  const pool = new WorkerPool<TrialRequest, UnitResult>(
    () => new Worker(new URL("./trial.worker.ts", import.meta.url), { type: "module" }),
    1,
  );
  return {
    executorFor: (trial) => ({
      size: 1,
      compute: (unit, options) => pool.run({ trial, unit }, options),
    }),
    close: () => pool.close(),
  };
}
