/** Computes a unit on the thread it is called on: reads its pixels and runs the task on them. */
import { Fault } from "../base/fault.ts";
import type { Pixels, ZarrArray } from "../zarr/array.ts";
import type { ChunkSource } from "../zarr/chunk-source.ts";
import { readRegion } from "../zarr/region.ts";
import type { Options } from "../zarr/store.ts";
import type { ComputeTask } from "./compute-task.ts";
import { croppedLabels } from "./crop.ts";
import type { Voxels } from "./kernels/voxels.ts";
import { labelNuclei } from "./label-nuclei.ts";
import type { UnitResult } from "./unit-result.ts";

/** @throws Fault "unsupported" for 64-bit integers, "input" where the task finds no threshold; whatever reading throws. */
export async function computeTask(
  source: ChunkSource,
  array: ZarrArray,
  { min, max, shape, core, params }: ComputeTask,
  options: Options = {},
): Promise<UnitResult> {
  const pixels = await readRegion(source, array, min, max, options);
  if (!isVoxels(pixels))
    throw new Fault(
      "unsupported",
      `"${array.path}" holds 64-bit integers, which are no intensities`,
      { where: array.path },
    );
  const { labels, count, threshold } = croppedLabels(
    labelNuclei(pixels, shape, params),
    shape,
    core,
  );
  return { kind: "label", labels, count, facts: { threshold } };
}

function isVoxels(pixels: Pixels): pixels is Voxels {
  return !(pixels instanceof BigInt64Array || pixels instanceof BigUint64Array);
}
