/** What is read for a unit and what is done to it, as plain data for another thread. */
import type { Box, Zyx } from "../geometry/box.ts";
import type { TaskChoice, TaskId } from "./catalogue.ts";
import type { MaskPlace } from "./mask.ts";
import type { MeasuredPlace } from "./measure-features.ts";

/** A half-open range of one of the run's input arrays, per axis. */
export interface Read {
  /** Its place among the inputs. */
  readonly input: number;
  readonly min: readonly number[];
  readonly max: readonly number[];
}

/** What every task reads and writes of a unit. */
export interface UnitPlace {
  /** The pixels of the image first, then what else the task reads. */
  readonly reads: readonly [Read, ...Read[]];
  /** The first one's shape in z, y, x. */
  readonly shape: Zyx;
  /** What of it is written, counted from its first voxel; the rest is halo. */
  readonly core: Box<"pixel">;
}

/** What the steps of a task need to know of a unit beside its pixels. */
interface UnitFacts {
  /** The second read is the flat field, whose largest value is `most`, the third the dark field if there is one. */
  "illumination-correction": { readonly most: number; readonly background: number };
  /** With a mask, the label that it is made of is the second read. */
  "threshold-segmentation": { readonly mask?: MaskPlace };
  /** The reads are one for each channel, in order, and last the label. */
  "measure-features": { readonly measured: MeasuredPlace };
}

type FactsOf<Id extends TaskId> = Id extends keyof UnitFacts ? UnitFacts[Id] : unknown;

export type ComputeTask<Id extends TaskId = TaskId> = {
  [One in Id]: TaskChoice<One> & UnitPlace & FactsOf<One>;
}[Id];
