/** News of a run, as plain data that crosses threads. */
import type { FaultData } from "../base/fault.ts";
import type { Patch } from "../zarr/patch.ts";
import type { Plan } from "./plan.ts";
import type { RecipeRoi } from "./recipe.ts";
import type { Summary } from "./summary.ts";

export type RunEvent =
  /** The output's metadata stands, not yet listed; nothing is computed yet. */
  | { readonly kind: "planned"; readonly plan: Plan }
  | { readonly kind: "started"; readonly roi: RecipeRoi }
  /** In ROI order: the patch is in the output's level that results go to, though its chunks may not be stored yet. */
  | {
      readonly kind: "retired";
      readonly roi: RecipeRoi;
      /** In the output's axes, ids final. The listener may keep it. Undefined where only a table is made. */
      readonly patch: Patch | undefined;
      readonly count: number;
    }
  /** A chunk of one of the output's levels (0 is the finest) is whole and on disk. */
  | { readonly kind: "stored"; readonly level: number; readonly coords: readonly number[] }
  /** This ROI is left out; the run goes on. */
  | { readonly kind: "failed"; readonly roi: RecipeRoi; readonly fault: FaultData }
  | { readonly kind: "done"; readonly summary: Summary };
