/** "Threshold segmentation": fractal-tasks-core's task of that name, with Fovea's own options beside it. */
import { Fault } from "../../base/fault.ts";
import { type ChannelRef, channelOf, noChannel, type Threshold } from "../fields.ts";
import type { Task } from "../task.ts";

/** Lengths are in pixels of the level that is read. */
export interface ThresholdSegmentationParams {
  readonly channel: ChannelRef;
  /** Gaussian smoothing in y and x before the threshold; 0 for none. */
  readonly sigma: number;
  readonly threshold: Threshold;
  /** Background enclosed by an object becomes part of it. */
  readonly fillHoles: boolean;
  /** Touching objects are split where their middles are at least so far apart; 0 splits none. */
  readonly splitDistance: number;
  /** Objects of fewer voxels are dropped; 0 keeps all. */
  readonly minimumSize: number;
}

export const thresholdSegmentation: Task<ThresholdSegmentationParams> = {
  title: "Threshold segmentation",
  summary:
    "Smooths each ROI, splits bright from dark at a threshold, and numbers the connected bright objects",
  output: "label",
  outputName: "nuclei",
  schema: {
    channel: { kind: "channel", title: "Channel", hint: "The channel in which objects are bright" },
    sigma: {
      kind: "number",
      title: "Sigma",
      hint: "Gaussian smoothing before the threshold, in pixels of the level; 0 for none",
      min: 0,
      // A kernel this wide already spans most ROIs.
      max: 100,
      unit: "px",
    },
    threshold: {
      kind: "threshold",
      title: "Threshold",
      hint: "Otsu, Triangle or Li for each ROI, or a number",
    },
    minimumSize: {
      kind: "number",
      title: "Minimum size",
      hint: "Objects of fewer pixels are dropped",
      min: 0,
      max: Number.POSITIVE_INFINITY,
      isWhole: true,
      unit: "px",
    },
    fillHoles: {
      kind: "switch",
      title: "Fill holes",
      hint: "Background enclosed by an object becomes part of it",
    },
    splitDistance: {
      kind: "number",
      title: "Split distance",
      hint: "Touching objects are split where their middles are at least so many pixels apart; 0 splits none",
      min: 0,
      max: Number.POSITIVE_INFINITY,
      isWhole: true,
      unit: "px",
    },
  },
  defaults: {
    channel: { mode: "index", identifier: "0" },
    sigma: 2,
    threshold: { kind: "otsu" },
    fillHoles: false,
    splitDistance: 0,
    minimumSize: 20,
  },
  makesOf({ channel }, { image, outputName }) {
    const found = channelOf(image.channels, channel);
    if (found === undefined) throw new Fault("input", noChannel(image.channels, channel));
    return {
      halo: [0, 0, 0],
      channels: [found.index],
      array: { kind: "label", name: outputName, merge: "overwrite", ids: { kind: "dense" } },
    };
  },
};
