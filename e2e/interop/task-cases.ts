/** Which recipes are compared: those that Fractal has words for, and those it has not, with what is said of them. */
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

const segment = (
  params: Partial<ThresholdSegmentationParams>,
  { image = "plate.zarr/B/03/0", level = "0", ...options }: Options = {},
): TaskCase => ({
  task: "threshold-segmentation",
  params: { ...thresholdSegmentation.defaults, minimumSize: 0, resolution: "image", ...params },
  image,
  level,
  ...options,
});

const measure = (
  params: Partial<MeasureFeaturesParams>,
  { image = "plate.zarr/B/03/0", level = "0", ...options }: Options = {},
): TaskCase => ({
  task: "measure-features",
  params: { ...measureFeatures.defaults, label: "cells", ...params },
  image,
  level,
  ...options,
});

const correct = (
  params: Partial<IlluminationCorrectionParams>,
  { image = "plate.zarr/B/03/0", level = "0", ...options }: Options = {},
): TaskCase => ({
  task: "illumination-correction",
  params: { ...illuminationCorrection.defaults, ...params },
  image,
  level,
  ...options,
});

const project = (
  method: ProjectZParams["method"],
  { image = "plate.zarr/B/03/0", level = "0", ...options }: Options = {},
): TaskCase => ({ task: "project-z", params: { method }, image, level, ...options });

const label = (identifier: string) => ({ mode: "label", identifier }) as const;
const wavelength = (identifier: string) => ({ mode: "wavelength_id", identifier }) as const;
const FOVS = { roiTable: "FOV_ROI_table" };
const REGIONS = { roiTable: "regions" };
const PLANE = { image: "plate.zarr/B/03/1" };
const TIMES = { image: "plate.zarr/C/05/0" };
/** Masked by the objects of a table, or by those of a label that has none. */
const MASKED = { roiTable: "cells_masking_ROI_table" };
const byTable = { kind: "table", name: "cells_masking_ROI_table" } as const;
const byLabel = { kind: "label", name: "coarse" } as const;
const file = (name: string) => ({ kind: "file", name }) as const;
/** What all channels of an image have, and its own flat field. */
const profiles = (count: number, common: Partial<ChannelProfiles> = {}): ChannelProfiles[] =>
  Array.from({ length: count }, (_, c) => ({
    channel: { mode: "index", identifier: String(c) },
    flat: file(`flat-${c}.png`),
    background: 0,
    ...common,
  }));
const ODD = { image: "plate.zarr/C/05/1" };

/** What the plate has before the comparison, by the labels' names. */
export const prepared: Readonly<Record<string, readonly TaskCase[]>> = {
  cells: [
    segment({ sigma: 1, minimumSize: 20, maskingTable: true }, FOVS),
    segment({ sigma: 1, minimumSize: 20, maskingTable: true }, { ...PLANE, ...FOVS }),
    segment({ sigma: 1 }, { ...TIMES, ...FOVS }),
    segment({ sigma: 1 }, { ...ODD, ...FOVS }),
  ],
  coarse: [
    segment({ sigma: 1, resolution: "level" }, { level: "1", ...FOVS }),
    segment({ sigma: 1, resolution: "level" }, { ...PLANE, level: "2", ...FOVS }),
  ],
};

export const cases: Readonly<Record<string, TaskCase>> = {
  "a volume, field by field": segment({}, FOVS),
  "a volume as a whole": segment({ channel: label("β-actin"), sigma: 0 }),
  "overlapping regions between pixels": segment({ sigma: 1.3 }, REGIONS),
  "a coarse level": segment({ channel: wavelength("A02_C02") }, { level: "1", ...FOVS }),
  "regions on a coarse level": segment({ sigma: 0.8 }, { level: "1", ...REGIONS }),
  "the coarsest level": segment({ sigma: 0 }, { level: "2", ...FOVS }),
  "a fixed threshold": segment({ sigma: 0, threshold: { kind: "fixed", value: 700 } }, FOVS),
  "a size filter": segment({ minimumSize: 30 }, FOVS),
  "a median": segment({ medianSize: 3, sigma: 0 }, FOVS),
  "an even median, then a Gaussian": segment(
    { medianSize: 2, sigma: 0.7 },
    { level: "1", ...REGIONS },
  ),
  equalized: segment({ equalize: true, sigma: 0 }, FOVS),
  "every filter": segment({ medianSize: 4, equalize: true, sigma: 1, minimumSize: 9 }, REGIONS),
  "a masking table is made": segment({ maskingTable: true }, FOVS),
  "a plane": segment({ channel: label("Lamin B1") }, { ...PLANE, ...FOVS }),
  "regions of a plane": segment({ minimumSize: 12 }, { ...PLANE, ...REGIONS, level: "1" }),
  "every filter on a plane": segment(
    { medianSize: 3, equalize: true, sigma: 1, minimumSize: 9 },
    { ...PLANE, ...FOVS },
  ),
  "an odd plane": segment({ sigma: 1 }, { ...ODD, ...REGIONS }),
  "an odd plane, coarse": segment({ sigma: 1 }, { ...ODD, ...REGIONS, level: "1" }),
  "an odd plane, coarsest": segment({ sigma: 0 }, { ...ODD, ...FOVS, level: "2" }),
  Triangle: segment(
    { threshold: { kind: "triangle" } },
    { ...FOVS, unsaid: ["Triangle: Fractal offers Otsu or a fixed threshold"] },
  ),
  "Triangle on a plane, unsmoothed": segment(
    { threshold: { kind: "triangle" }, sigma: 0 },
    { ...PLANE, ...REGIONS, unsaid: ["Triangle: Fractal offers Otsu or a fixed threshold"] },
  ),
  Li: segment(
    { threshold: { kind: "li" } },
    { ...FOVS, level: "1", unsaid: ["Li: Fractal offers Otsu or a fixed threshold"] },
  ),
  "Li on a plane, unsmoothed": segment(
    { threshold: { kind: "li" }, sigma: 0 },
    { ...PLANE, ...REGIONS, unsaid: ["Li: Fractal offers Otsu or a fixed threshold"] },
  ),
  "filled holes": segment(
    { fillHoles: true, sigma: 0.5 },
    { ...FOVS, unsaid: ["Fill holes: Fractal leaves them open"] },
  ),
  "split in a volume": segment(
    { splitDistance: 3, sigma: 1 },
    { ...FOVS, unsaid: ["Split distance: Fractal leaves touching objects together"] },
  ),
  "filled, split, cleared and filtered on a plane": segment(
    { fillHoles: true, splitDistance: 2, clearBorder: true, minimumSize: 15, sigma: 1 },
    {
      ...PLANE,
      ...REGIONS,
      unsaid: [
        "Fill holes: Fractal leaves them open",
        "Split distance: Fractal leaves touching objects together",
        "Clear border: Fractal keeps objects that the border of the ROI cuts",
      ],
    },
  ),
  "cleared in a volume": segment(
    { clearBorder: true },
    { ...FOVS, unsaid: ["Clear border: Fractal keeps objects that the border of the ROI cuts"] },
  ),
  "some of the ROIs": segment(
    {},
    {
      ...FOVS,
      choose: (rois) => rois.slice(1, 3),
      unsaid: ['Only 2 of the 4 ROIs of "FOV_ROI_table": Fractal runs on all of a table'],
    },
  ),
  "a label of the level alone": segment(
    { resolution: "level" },
    {
      ...FOVS,
      level: "1",
      unsaid: [
        'A label with the pixels of level "1" alone: Fractal gives a label all levels of its image; choose the resolution of the image',
      ],
    },
  ),
  "one time point": segment(
    { sigma: 0 },
    {
      ...TIMES,
      t: 1,
      ...FOVS,
      unsaid: ["Only time point 1: Fractal segments all 2"],
    },
  ),
  "features of a volume, field by field": measure({}, FOVS),
  "features of a volume as a whole": measure({ shape: "hull" }),
  "features of regions that cut objects, in pixels": measure(
    { inPixels: true, shape: "hull" },
    REGIONS,
  ),
  "features of a coarser label": measure({ label: "coarse" }, FOVS),
  "features of a finer label": measure({}, { level: "2", ...FOVS }),
  "intensities of one channel": measure({ shape: "none", channels: [label("β-actin")] }, FOVS),
  "intensities by wavelength and index": measure(
    { channels: [wavelength("A01_C01"), { mode: "index", identifier: "1" }] },
    FOVS,
  ),
  "features of a plane": measure({ shape: "hull" }, { ...PLANE, ...FOVS }),
  "features of a plane as a whole, as CSV": measure({ backend: "csv" }, PLANE),
  "features of a plane with a coarser label": measure(
    { label: "coarse", inPixels: true },
    { ...PLANE, ...FOVS },
  ),
  "features of a coarser label, in regions between pixels": measure(
    { label: "coarse" },
    { ...PLANE, ...REGIONS },
  ),
  "features at each time": measure({}, { ...TIMES, ...FOVS }),
  "features of an odd plane": measure({ shape: "hull" }, { ...ODD, ...FOVS }),
  "features of pixels that are not square": measure(
    {},
    {
      ...ODD,
      level: "1",
      unsaid: [
        "Shape of pixels that are not square: Fractal measures perimeters of square ones alone",
      ],
    },
  ),
  "features of such pixels, in pixels": measure(
    { inPixels: true },
    { ...ODD, level: "1", ...FOVS },
  ),
  "features of channels out of order": measure(
    { channels: [label("β-actin"), label("DAPI")] },
    {
      ...FOVS,
      unsaid: [
        "Channels in another order than the image's: Fractal would name their columns by each other",
      ],
    },
  ),
  "features of channels that Fractal mixes up": measure(
    { channels: [1, 2].map((c) => ({ mode: "index", identifier: String(c) })) },
    {
      ...PLANE,
      ...FOVS,
      unsaid: [
        'Channel "1" beside these others: Fractal would take its columns for those of another channel; choose channels by label',
      ],
    },
  ),
  "masked by a table": segment({ sigma: 1, masking: byTable }, MASKED),
  "masked by a table, another channel, coarse": segment(
    { channel: label("β-actin"), sigma: 0, masking: byTable },
    { level: "1", ...MASKED },
  ),
  "masked by a table, every filter before": segment(
    { medianSize: 3, equalize: true, sigma: 1, masking: byTable },
    { ...PLANE, ...MASKED },
  ),
  "masked by a label": segment({ sigma: 0.7, masking: byLabel }),
  "masked by a label, on a plane": segment({ sigma: 0, masking: byLabel }, PLANE),
  "masked and filtered by size": segment(
    { sigma: 1, masking: byTable, minimumSize: 5 },
    {
      ...MASKED,
      unsaid: [
        "Minimum size with masking: Fractal's size filter also takes away what reaches into an object's box from its neighbours",
      ],
    },
  ),
  "fields confined to all objects": segment(
    { sigma: 1, masking: byTable },
    {
      ...FOVS,
      unsaid: [
        "Masking of ROIs that are about no object: Fractal goes from object to object",
        "Masking by another table than that of the ROIs: Fractal goes over the table that masks",
      ],
    },
  ),
  "flat fields": correct({ profiles: profiles(2) }, FOVS),
  "flat fields and a constant": correct({ profiles: profiles(2, { background: 210 }) }, FOVS),
  "flat and dark fields, in place": correct(
    { profiles: profiles(2, { dark: file("dark.png") }), inPlace: true },
    FOVS,
  ),
  "flat fields of a time series": correct(
    { profiles: profiles(2, { flat: file("flat-small.png") }) },
    { ...TIMES, ...FOVS },
  ),
  "flat fields of a plane": correct(
    { profiles: profiles(3, { flat: file("flat-plane.png"), dark: file("flat-plane.png") }) },
    { ...PLANE, ...FOVS },
  ),
  "estimated flat fields, dark fields and constants": correct(
    {
      profiles: profiles(2, { flat: { kind: "estimated" }, dark: file("dark.png"), background: 9 }),
    },
    {
      ...FOVS,
      unsaid: [
        'The estimated flat field of channel "DAPI": Fractal reads it from a file',
        'The estimated flat field of channel "β-actin": Fractal reads it from a file',
        "Dark fields and constant backgrounds at once: Fractal takes off one or the other",
      ],
    },
  ),
  "the largest value along z": project("max"),
  "the smallest value along z": project("min"),
  "the mean along z": project("mean"),
  "the sum along z": project("sum"),
  "the mean along z at each time": project("mean", TIMES),
  "the sum along z outside of a plate": project("sum", {
    image: "volume.zarr",
    outputName: "sum of volume.zarr",
  }),
  "a projection of a coarse level": project("max", {
    level: "1",
    unsaid: ['Level "1": Fractal projects the finest level, and makes the others from it'],
  }),
  "a new image of another type": correct(
    { profiles: profiles(1, { flat: file("flat-odd.png") }) },
    {
      ...ODD,
      roiTable: "well_ROI_table",
      unsaid: ["Pixels of int16: Fractal's new image is of uint16, which does not hold them"],
    },
  ),
  "pixels of another type, in place": correct(
    { profiles: profiles(1, { flat: file("flat-odd.png") }), inPlace: true },
    { ...ODD, roiTable: "well_ROI_table" },
  ),
};
