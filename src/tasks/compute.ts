/** Computes a unit on the thread it is called on: reads what it needs and runs the task's steps on it. */
import { Fault } from "../base/fault.ts";
import type { Pixels, ZarrArray } from "../zarr/array.ts";
import type { ChunkSource } from "../zarr/chunk-source.ts";
import { readRegion } from "../zarr/region.ts";
import type { Options } from "../zarr/store.ts";
import type { ComputeTask } from "./compute-task.ts";
import { croppedLabels } from "./crop.ts";
import type { Voxels } from "./kernels/voxels.ts";
import { segment } from "./segment.ts";
import type { UnitResult } from "./unit-result.ts";

/**
 * @param inputs the run's; the task names them by their place.
 * @throws Fault "unsupported" for 64-bit integers, "input" where the task cannot use its pixels; whatever reading throws.
 */
export async function computeTask(
  source: ChunkSource,
  inputs: readonly ZarrArray[],
  task: ComputeTask,
  options: Options = {},
): Promise<UnitResult> {
  const regions = await Promise.all(
    task.reads.map(({ input, min, max }) => {
      const array = inputs[input];
      if (array === undefined) throw new Error(`There is no input ${input}`);
      return readRegion(source, array, min, max, options);
    }),
  );
  const [pixels] = regions;
  switch (task.task) {
    case "threshold-segmentation": {
      const { shape, core, params } = task;
      const found = segment(intensities(pixels), shape, params);
      const { labels, count, threshold } = croppedLabels(found, shape, core);
      return { kind: "label", labels, count, facts: { threshold } };
    }
  }
}

/** Pixels as kernels take them. */
function intensities(pixels: Pixels | undefined): Voxels {
  if (pixels === undefined) throw new Error("A unit has nothing to read");
  if (pixels instanceof BigInt64Array || pixels instanceof BigUint64Array)
    throw new Fault("unsupported", "The image holds 64-bit integers, which are no intensities");
  return pixels;
}
