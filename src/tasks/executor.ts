/** Who computes units: workers in the page, this thread in a test. */
import type { Options } from "../zarr/store.ts";
import type { Labelled } from "./label-nuclei.ts";
import type { Unit } from "./plan.ts";

export interface Executor {
  /** How many units are computed at once. */
  readonly size: number;
  /** Rejects where this unit cannot be computed, and promptly where the signal is aborted. */
  compute(unit: Unit, options: Options): Promise<Labelled>;
}
