/** Computes a unit on the thread it is called on: reads what it needs and runs the task's steps on it. */
import { Fault } from "../base/fault.ts";
import type { Pixels, ZarrArray } from "../zarr/array.ts";
import type { ChunkSource } from "../zarr/chunk-source.ts";
import { isBig } from "../zarr/pixels.ts";
import { readRegion } from "../zarr/region.ts";
import type { Options } from "../zarr/store.ts";
import type { ComputeTask, Read } from "./compute-task.ts";
import { correctField } from "./correct-field.ts";
import { cropped, croppedLabels } from "./crop.ts";
import type { Voxels } from "./kernels/voxels.ts";
import { labelIds } from "./label-ids.ts";
import { maskOf } from "./mask.ts";
import { measureObjects } from "./measure-features.ts";
import { projectPlanes } from "./project-planes.ts";
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
  const read = ({ input, min, max }: Read): Promise<Pixels> => {
    const array = inputs[input];
    if (array === undefined) throw new Error(`There is no input ${input}`);
    return readRegion(source, array, min, max, options);
  };
  if (task.task === "project-z")
    return projectPlanes(task, async (part) => intensities(await read(part)));
  const regions = await Promise.all(task.reads.map(read));
  const [pixels] = regions;
  switch (task.task) {
    case "illumination-correction": {
      const [image, flat, dark] = regions;
      return correctField(intensities(image), task.shape, {
        flat: intensities(flat),
        most: task.most,
        ...(dark ? { dark: intensities(dark) } : {}),
        background: task.background,
      });
    }
    case "threshold-segmentation": {
      const { shape, core, params, mask } = task;
      const inside = mask && maskOf(labelIds(regions[1]), mask, shape);
      const found = segment(intensities(pixels), shape, params, inside);
      const { labels, count, threshold } = croppedLabels(found, shape, core);
      const written = inside && { mask: cropped(inside, shape, core) };
      return { kind: "label", labels, count, facts: { threshold }, ...written };
    }
    case "measure-features": {
      const { measured, shape, params } = task;
      const voxels = (i: number) => intensities(regions[i]);
      const channels = measured.channels.map((name, i) => ({ name, voxels: voxels(i) }));
      const labels = labelIds(regions.at(-1));
      const rows = measureObjects({ ...measured, shape, channels, labels }, params.shape);
      return { kind: "table", rows };
    }
  }
}

/** Pixels as kernels take them. */
function intensities(pixels: Pixels | undefined): Voxels {
  if (pixels === undefined) throw new Error("A unit has nothing to read");
  if (isBig(pixels))
    throw new Fault("unsupported", "The image holds 64-bit integers, which are no intensities");
  return pixels;
}
