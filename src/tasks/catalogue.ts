/** The tasks there are. To add one: its parameters here, its token in `kinds/`, its steps in `compute.ts`. */
import {
  type ThresholdSegmentationParams,
  thresholdSegmentation,
} from "./kinds/threshold-segmentation.ts";
import type { Task } from "./task.ts";

interface TaskParams {
  "threshold-segmentation": ThresholdSegmentationParams;
}

export type TaskId = keyof TaskParams;

export const tasks: { readonly [Id in TaskId]: Task<TaskParams[Id]> } = {
  "threshold-segmentation": thresholdSegmentation,
};

/** A task and its parameters. */
export type TaskChoice<Id extends TaskId = TaskId> = {
  readonly [One in Id]: { readonly task: One; readonly params: TaskParams[One] };
}[Id];
