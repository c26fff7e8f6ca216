/** The task "Measure features" on one ROI: a row of named columns for every object. */
import { Fault } from "../base/fault.ts";
import type { Zyx } from "../geometry/box.ts";
import type { Column, NumberColumn } from "../table/table.ts";
import { intensities } from "./kernels/intensities.ts";
import { zoomNearest } from "./kernels/nearest.ts";
import { type Labels, objectRuns } from "./kernels/object-runs.ts";
import { type ShapeSet, shapeProperties } from "./kernels/region-properties.ts";
import type { Voxels } from "./kernels/voxels.ts";
import type { Rows } from "./unit-result.ts";

export interface FeaturePatch {
  /** Of the ROI's pixels on the image's level. */
  readonly shape: Zyx;
  /** World units per voxel; 1, 1, 1 measures in pixels. */
  readonly spacing: Zyx;
  /** 2 for an image of one plane; an ROI of one plane of a volume is measured in 3D. */
  readonly dimensions: 2 | 3;
  /** Each of the patch's shape; none for no intensities. The name ends the names of its columns. */
  readonly channels: readonly { readonly name: string; readonly voxels: Voxels }[];
  readonly labels: Labels;
  /** The same ROI on the label's level, which may be coarser or finer. */
  readonly labelShape: Zyx;
  /** The ROI's name. */
  readonly region: string;
  /** Where the ROI begins in time, in world units, as fractal-tasks-core has it in `time_index`. */
  readonly time?: number;
}

/** What of a patch is known before its pixels are read. */
export type MeasuredPlace = Omit<FeaturePatch, "shape" | "channels" | "labels"> & {
  /** The names of its channels. */
  readonly channels: readonly string[];
};

/** Which shape columns there are: none, Fractal's own, or those and its optional ones. */
export type ShapeFeatures = "none" | ShapeSet;

/** Counted, not measured: stored as whole numbers. */
const COUNTS: readonly string[] = ["num_pixels", "euler_number"];

/**
 * Measures every object with the columns of fractal-tasks-core 2.0 "Measure Features", in their order: shape, then by
 * channel mean, median, max, min and std, then `region` and `time_index`. `label` is not among them: it is the index.
 * @throws Fault "input" where two channels have one name, or a channel is not of the patch's shape.
 */
export function measureObjects(patch: FeaturePatch, shape: ShapeFeatures): Rows {
  const { spacing, dimensions, region, time } = patch;
  checkChannels(patch);
  const labels = zoomNearest(patch.labels, patch.labelShape, patch.shape);
  const objects = objectRuns(labels, patch.shape);
  const columns = new Map<string, Column>();
  if (shape !== "none") {
    const properties = shapeProperties(objects, { dimensions, spacing, set: shape });
    for (const [name, values] of properties) columns.set(name, numbers(name, values));
  }
  for (const { name, voxels } of patch.channels)
    for (const [statistic, values] of Object.entries(intensities(objects, voxels)))
      columns.set(`intensity_${statistic}-${name}`, numbers(statistic, values));
  const count = objects.labels.length;
  const regions = new Array<string>(count).fill(region);
  columns.set("region", { kind: "text", values: regions, categorical: true });
  if (time !== undefined)
    columns.set("time_index", numbers("time_index", new Float64Array(count).fill(time)));
  return { labels: objects.labels, columns };
}

function checkChannels({ channels, shape }: FeaturePatch): void {
  const names = new Set<string>();
  const size = shape[0] * shape[1] * shape[2];
  for (const { name, voxels } of channels) {
    if (names.has(name))
      throw new Fault(
        "input",
        `Two channels are named "${name}", and features are told apart by their channel's name; measure one of them`,
      );
    names.add(name);
    if (voxels.length !== size)
      throw new Fault(
        "input",
        `Channel "${name}" has ${voxels.length} pixels where the ROI has ${size}`,
      );
  }
}

function numbers(name: string, values: Float64Array<ArrayBuffer>): NumberColumn {
  return { kind: "number", values, dtype: COUNTS.includes(name) ? "int64" : "float64" };
}
