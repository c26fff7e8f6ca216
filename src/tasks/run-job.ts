/** A run named as plain data, and running it on the thread it is called on, with workers that compute. */
import { openImage } from "../ome/open-image.ts";
import { openStore } from "../zarr/open-store.ts";
import type { Options, StoreSpec } from "../zarr/store.ts";
import type { RunEvent } from "./events.ts";
import { levelOf } from "./recipe.ts";
import { type RunJob, run } from "./run.ts";
import type { Summary } from "./summary.ts";
import { computeInWorkers } from "./worker-executor.ts";

/** Crosses threads. */
export interface Job extends RunJob {
  readonly store: StoreSpec;
  /** Of the image, inside the store: "B/03/0". */
  readonly path: string;
}

export interface JobOptions extends Options {
  readonly onEvent?: (event: RunEvent) => void;
}

/** @throws Fault as `run` does, and as opening the image does. */
export async function runJob(
  job: Job,
  { onEvent = () => undefined, ...options }: JobOptions = {},
): Promise<Summary> {
  const image = await openImage(openStore(job.store), job.path, options);
  const executor = computeInWorkers(image, levelOf(job.recipe, image), job.recipe);
  try {
    return await run(image, job, { executor, onEvent }, options);
  } finally {
    executor.close();
  }
}
