/** The tasks there are. A new one has its token in `kinds/` and a case in `prepare.ts`, `compute.ts` and `fractal-arguments.ts`. */
import {
  type IlluminationCorrectionParams,
  illuminationCorrection,
} from "./kinds/illumination-correction.ts";
import { type MeasureFeaturesParams, measureFeatures } from "./kinds/measure-features.ts";
import { type ProjectZParams, projectZ } from "./kinds/project-z.ts";
import {
  type ThresholdSegmentationParams,
  thresholdSegmentation,
} from "./kinds/threshold-segmentation.ts";
import type { Task } from "./task.ts";

interface TaskParams {
  "illumination-correction": IlluminationCorrectionParams;
  "measure-features": MeasureFeaturesParams;
  "project-z": ProjectZParams;
  "threshold-segmentation": ThresholdSegmentationParams;
}

export type TaskId = keyof TaskParams;

export const tasks: { readonly [Id in TaskId]: Task<TaskParams[Id]> } = {
  "threshold-segmentation": thresholdSegmentation,
  "illumination-correction": illuminationCorrection,
  "measure-features": measureFeatures,
  "project-z": projectZ,
};

/** A task and its parameters. */
export type TaskChoice<Id extends TaskId = TaskId> = {
  readonly [One in Id]: { readonly task: One; readonly params: TaskParams[One] };
}[Id];
