/** Who computes units: workers in the page, this thread in a test. */
import type { Encode } from "../zarr/encode.ts";
import type { Options } from "../zarr/store.ts";
import type { Unit } from "./plan.ts";
import type { UnitResult } from "./unit-result.ts";

export interface Executor {
  /** How many units are computed at once. */
  readonly size: number;
  /** Rejects where this unit cannot be computed, and promptly where the signal is aborted. */
  compute(unit: Unit, options: Options): Promise<UnitResult>;
  /** Encodes a chunk where units are computed; without it, whoever runs the task does. */
  readonly encode?: Encode;
}
