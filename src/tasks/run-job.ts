/** A run named as plain data, and running it on the thread it is called on, with workers that compute. */
import { Fault } from "../base/fault.ts";
import { openImage } from "../ome/open-image.ts";
import { openStore } from "../zarr/open-store.ts";
import { type Options, type StoreSpec, writable } from "../zarr/store.ts";
import type { RunEvent } from "./events.ts";
import { readPast } from "./past.ts";
import { type Prepared, prepare } from "./prepare.ts";
import type { Profile } from "./profiles.ts";
import { type RunJob, resumeRun, retryFailed, run } from "./run.ts";
import type { Summary } from "./summary.ts";
import { computeInWorkers, type WorkerExecutor } from "./worker-executor.ts";

interface Place {
  readonly store: StoreSpec;
  /** Of the image, inside the store: "B/03/0". */
  readonly path: string;
}

/** Crosses threads. */
export type Job =
  | (Place &
      RunJob & {
        readonly kind?: "run";
        /** A folder that the run has to itself, so that it can be paused, resumed and taken back. */
        readonly folder?: StoreSpec;
        /** The pixels of the profile files that the recipe names. */
        readonly profiles?: ReadonlyMap<string, Profile>;
      })
  /** Goes on with the run of a folder, or tries again what failed in it. */
  | (Place & { readonly kind: "resume" | "retry"; readonly folder: StoreSpec });

export interface JobOptions extends Options {
  readonly onEvent?: (event: RunEvent) => void;
  /** Pauses the run once it fires, where it has a folder. */
  readonly pause?: AbortSignal;
}

/** What a run is computed by: workers, unless said otherwise. */
type Compute = (prepared: Prepared) => WorkerExecutor;

/** @throws Fault as `run`, `resumeRun` and `retryFailed` do, and as opening the image does. */
export async function runJob(
  job: Job,
  {
    onEvent = () => undefined,
    pause,
    compute = computeInWorkers,
    ...options
  }: JobOptions & { readonly compute?: Compute } = {},
): Promise<Summary> {
  const image = await openImage(openStore(job.store), job.path, options);
  const folder = job.folder && writable(openStore(job.folder));
  const recipe = "recipe" in job ? job.recipe : folder && (await readPast(folder))?.header.recipe;
  if (recipe === undefined) throw new Fault("missing", "There is no run here that could go on");
  const preparation = {
    ...(folder ? { folder } : {}),
    ...("recipe" in job ? job.profiles && { profiles: job.profiles } : { isBegun: true }),
  };
  const prepared = await prepare(image, recipe, preparation, options);
  const executor = compute(prepared);
  const { keep } = prepared;
  const tools = { executor, onEvent, ...(pause ? { pause } : {}), ...(keep ? { keep } : {}) };
  try {
    if ("recipe" in job)
      return await run(image, job, { ...tools, ...(folder ? { folder } : {}) }, options);
    const again = job.kind === "resume" ? resumeRun : retryFailed;
    return await again(image, { ...tools, folder: writable(openStore(job.folder)) }, options);
  } finally {
    executor.close();
  }
}
