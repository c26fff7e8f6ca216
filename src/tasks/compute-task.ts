/** What is read for a unit and what is done to it, as plain data for another thread. */
import type { Box, Zyx } from "../geometry/box.ts";
import type { TaskChoice } from "./catalogue.ts";

/** A half-open range of one of the run's input arrays, per axis. */
export interface Read {
  /** Its place among the inputs. */
  readonly input: number;
  readonly min: readonly number[];
  readonly max: readonly number[];
}

export type ComputeTask = TaskChoice & {
  /** The pixels of the image first, then what else the task reads. */
  readonly reads: readonly [Read, ...Read[]];
  /** The first one's shape in z, y, x. */
  readonly shape: Zyx;
  /** What of it is written, counted from its first voxel; the rest is halo. */
  readonly core: Box<"pixel">;
};
