/** "Measure features": fractal-tasks-core's task of that name, a row for each object of a label in each ROI. */
import { Fault } from "../../base/fault.ts";
import type { Image } from "../../ome/multiscale.ts";
import type { Backend } from "../../table/table.ts";
import { type ChannelRef, channelOf, noChannel } from "../fields.ts";
import type { ShapeFeatures } from "../measure-features.ts";
import type { Task } from "../task.ts";

export interface MeasureFeaturesParams {
  /** Whose objects are measured. */
  readonly label: string;
  /** Whose intensities are measured; all, where none is named. */
  readonly channels: readonly ChannelRef[];
  readonly shape: ShapeFeatures;
  /** Lengths and areas in pixels of the level that is read, and not in world units. */
  readonly inPixels: boolean;
  readonly backend: Backend;
}

export const measureFeatures: Task<MeasureFeaturesParams> = {
  title: "Measure features",
  summary:
    "Measures the shape of each object of a label, and its intensities in each channel, ROI by ROI",
  output: "table",
  outputName: "region_props_features",
  schema: {
    label: { kind: "label", title: "Label", hint: "The objects that are measured" },
    channels: {
      kind: "channels",
      title: "Channels",
      hint: "Mean, median, max, min and standard deviation of these; all, unless some are chosen",
    },
    shape: {
      kind: "choice",
      title: "Shape",
      hint: "Area, axes, perimeter and the like; those of the convex hull take longer",
      options: [
        { value: "none", title: "None" },
        { value: "basic", title: "Basic" },
        { value: "hull", title: "With hull" },
      ],
    },
    inPixels: {
      kind: "switch",
      title: "In pixels",
      hint: "Lengths and areas in pixels of the level, and not in physical units",
      isAdvanced: true,
    },
    backend: {
      kind: "choice",
      title: "Table format",
      hint: "How the table is stored",
      options: [
        { value: "anndata", title: "AnnData" },
        { value: "csv", title: "CSV" },
      ],
      isAdvanced: true,
    },
  },
  defaults: { label: "", channels: [], shape: "basic", inPixels: false, backend: "anndata" },
  makesOf({ label, channels, backend }, { image, outputName }) {
    if (!image.labels.includes(label)) throw new Fault("input", noLabel(image, label));
    // Whether they can be told apart is said before anything is read.
    measuredChannels(channels, image);
    return {
      halo: [0, 0, 0],
      // An ROI is one unit, which reads all that it measures.
      channels: [0],
      times: "all",
      table: { kind: "features", name: outputName, region: label, backend },
    };
  },
};

/** A channel that is measured, and what ends the names of its columns. */
export interface MeasuredChannel {
  readonly index: number;
  readonly name: string;
}

/**
 * The channels in the order of their columns, named as fractal-tasks-core names them: by what the recipe calls them, or
 * by their labels where it names none.
 * @throws Fault "input" for one that the image has not, and for two of one name
 */
export function measuredChannels(
  refs: readonly ChannelRef[],
  { channels }: Image,
): readonly MeasuredChannel[] {
  const found = refs.map((ref) => {
    const channel = channelOf(channels, ref);
    if (channel === undefined) throw new Fault("input", noChannel(channels, ref));
    return { index: channel.index, name: ref.identifier };
  });
  const measured =
    refs.length > 0 ? found : channels.map(({ index, label }) => ({ index, name: label }));
  const twice = measured.find(({ name }, i) => measured.some((b, j) => j > i && b.name === name));
  if (twice === undefined) return measured;
  throw new Fault(
    "input",
    `Two channels are named "${twice.name}", and features are told apart by their channel's name; choose channels by index`,
  );
}

function noLabel({ labels }: Image, name: string): string {
  const has = labels.map((label) => `"${label}"`).join(", ");
  return `The image has no label "${name}"; it has ${has === "" ? "none" : has}`;
}
