/** A recipe of the comparison, and short ways to write one. */
import type { TaskChoice } from "../../src/tasks/catalogue.ts";
import type { ChannelProfiles } from "../../src/tasks/fields.ts";
import {
  type IlluminationCorrectionParams,
  illuminationCorrection,
} from "../../src/tasks/kinds/illumination-correction.ts";
import {
  type MeasureFeaturesParams,
  measureFeatures,
} from "../../src/tasks/kinds/measure-features.ts";
import type { ProjectZParams } from "../../src/tasks/kinds/project-z.ts";
import {
  type ThresholdSegmentationParams,
  thresholdSegmentation,
} from "../../src/tasks/kinds/threshold-segmentation.ts";
import type { Recipe, RecipeRoi } from "../../src/tasks/recipe.ts";

/** A recipe without its ROIs: those of its table, or the image as a whole. */
export type TaskCase = TaskChoice &
  Pick<Recipe, "level"> & {
    /** By path. */
    readonly image: string;
    readonly roiTable?: string;
    readonly t?: number;
    /** Unless said otherwise, one that begins with the image's. */
    readonly outputName?: string;
    /** All ROIs, unless said otherwise. */
    readonly choose?: (rois: readonly RecipeRoi[]) => readonly RecipeRoi[];
    /** Where Fractal has no words for it: what must be said. */
    readonly unsaid?: readonly string[];
  };

type Options = Partial<Omit<TaskCase, "task" | "params">>;

export const segment = (
  params: Partial<ThresholdSegmentationParams>,
  { image = "plate.zarr/B/03/0", level = "0", ...options }: Options = {},
): TaskCase => ({
  task: "threshold-segmentation",
  params: { ...thresholdSegmentation.defaults, minimumSize: 0, resolution: "image", ...params },
  image,
  level,
  ...options,
});

export const measure = (
  params: Partial<MeasureFeaturesParams>,
  { image = "plate.zarr/B/03/0", level = "0", ...options }: Options = {},
): TaskCase => ({
  task: "measure-features",
  params: { ...measureFeatures.defaults, label: "cells", ...params },
  image,
  level,
  ...options,
});

export const correct = (
  params: Partial<IlluminationCorrectionParams>,
  { image = "plate.zarr/B/03/0", level = "0", ...options }: Options = {},
): TaskCase => ({
  task: "illumination-correction",
  params: { ...illuminationCorrection.defaults, ...params },
  image,
  level,
  ...options,
});

export const project = (
  method: ProjectZParams["method"],
  { image = "plate.zarr/B/03/0", level = "0", ...options }: Options = {},
): TaskCase => ({ task: "project-z", params: { method }, image, level, ...options });

export const label = (identifier: string) => ({ mode: "label", identifier }) as const;
export const wavelength = (identifier: string) => ({ mode: "wavelength_id", identifier }) as const;
export const FOVS = { roiTable: "FOV_ROI_table" };
export const REGIONS = { roiTable: "regions" };
export const PLANE = { image: "plate.zarr/B/03/1" };
export const TIMES = { image: "plate.zarr/C/05/0" };
/** Masked by the objects of a table, or by those of a label that has none. */
export const MASKED = { roiTable: "cells_masking_ROI_table" };
export const byTable = { kind: "table", name: "cells_masking_ROI_table" } as const;
export const byLabel = { kind: "label", name: "coarse" } as const;
export const file = (name: string) => ({ kind: "file", name }) as const;
/** What all channels of an image have, and its own flat field. */
export const profiles = (count: number, common: Partial<ChannelProfiles> = {}): ChannelProfiles[] =>
  Array.from({ length: count }, (_, c) => ({
    channel: { mode: "index", identifier: String(c) },
    flat: file(`flat-${c}.png`),
    background: 0,
    ...common,
  }));
export const ODD = { image: "plate.zarr/C/05/1" };
