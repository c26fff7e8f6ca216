/** "Threshold segmentation": fractal-tasks-core's task of that name, with Fovea's own options beside it. */
import { Fault } from "../../base/fault.ts";
import type { Image } from "../../ome/multiscale.ts";
import {
  type ChannelRef,
  channelOf,
  type Masking,
  noChannel,
  type Schema,
  type Threshold,
} from "../fields.ts";
import type { LabelResolution } from "../makes.ts";
import type { Task } from "../task.ts";

/** Lengths are in pixels of the level that is read. The steps are done in this order. */
export interface ThresholdSegmentationParams {
  readonly channel: ChannelRef;
  /** The edge of the square in y and x whose median each pixel becomes; 0 for none. */
  readonly medianSize: number;
  /** Contrast limited adaptive histogram equalisation, as Fractal does it by default. */
  readonly equalize: boolean;
  /** Gaussian smoothing in y and x before the threshold; 0 for none. */
  readonly sigma: number;
  readonly threshold: Threshold;
  /** Background enclosed by an object becomes part of it. */
  readonly fillHoles: boolean;
  /** Touching objects are split where their middles are at least so far apart; 0 splits none. */
  readonly splitDistance: number;
  /** Objects that the border of the ROI cuts are dropped. */
  readonly clearBorder: boolean;
  /** Objects of fewer voxels are dropped; 0 keeps all. */
  readonly minimumSize: number;
  /** What an ROI is confined to: pixels outside read as 0, and nothing is written there. */
  readonly masking: Masking;
  readonly resolution: LabelResolution;
  /** Whether the boxes of the objects are kept as a masking ROI table. */
  readonly maskingTable: boolean;
}

const schema: Schema<ThresholdSegmentationParams> = {
  channel: { kind: "channel", title: "Channel", hint: "The channel in which objects are bright" },
  medianSize: {
    kind: "number",
    title: "Median size",
    hint: "Median filter before all else: the edge of its square, in pixels of the level; 0 for none",
    min: 0,
    max: 100,
    isWhole: true,
    unit: "px",
    isAdvanced: true,
  },
  equalize: {
    kind: "switch",
    title: "Equalize histogram",
    hint: "Brings dim and bright parts of an ROI to one contrast (CLAHE), before the smoothing",
    isAdvanced: true,
  },
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
  clearBorder: {
    kind: "switch",
    title: "Clear border",
    hint: "Objects that the border of the ROI cuts are dropped",
  },
  masking: {
    kind: "masking",
    title: "Masking",
    hint: "Each ROI is confined to the object it is about, by a masking ROI table or by a label",
    isAdvanced: true,
  },
  resolution: {
    kind: "choice",
    title: "Resolution",
    hint: "The label has the pixels of the level, or a full pyramid like the image's, filled from that level",
    options: [
      { value: "level", title: "Of the level" },
      { value: "image", title: "Of the image" },
    ],
    isAdvanced: true,
  },
  maskingTable: {
    kind: "switch",
    title: "Masking ROI table",
    hint: "Keeps the box of each object as a table beside the label",
    isAdvanced: true,
  },
};

export const thresholdSegmentation: Task<ThresholdSegmentationParams> = {
  title: "Threshold segmentation",
  summary:
    "Smooths each ROI, splits bright from dark at a threshold, and numbers the connected bright objects",
  output: "label",
  outputName: "nuclei",
  schema,
  defaults: {
    channel: { mode: "index", identifier: "0" },
    medianSize: 0,
    equalize: false,
    sigma: 2,
    threshold: { kind: "otsu" },
    fillHoles: false,
    splitDistance: 0,
    clearBorder: false,
    minimumSize: 20,
    masking: { kind: "none" },
    resolution: "level",
    maskingTable: false,
  },
  makesOf({ channel, masking, resolution, maskingTable }, { image, outputName: name }) {
    const found = channelOf(image.channels, channel);
    if (found === undefined) throw new Fault("input", noChannel(image.channels, channel));
    checkMasking(masking, image, name);
    return {
      halo: [0, 0, 0],
      channels: [found.index],
      array: { kind: "label", name, merge: "overwrite", ids: { kind: "dense" }, resolution },
      ...(maskingTable
        ? { table: { kind: "masking", name: tableName(name), region: name, backend: "csv" } }
        : {}),
    };
  },
};

/** As fractal-tasks-core names it. */
function tableName(label: string): string {
  return `${label}_masking_ROI_table`;
}

/** What can be said without reading a table. */
function checkMasking(masking: Masking, { labels }: Image, output: string): void {
  if (masking.kind === "none") return;
  const { kind, name } = masking;
  if (kind === "label" && !labels.includes(name))
    throw new Fault(
      "input",
      `The image has no label "${name}" to mask by; it has ${labels.map((one) => `"${one}"`).join(", ") || "none"}`,
    );
  if (name === (kind === "label" ? output : tableName(output)))
    throw new Fault("input", `"${name}" cannot be both the mask and what is made`);
}
