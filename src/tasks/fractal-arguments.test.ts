import { expect, test } from "vitest";
import { worldBox } from "../geometry/box.ts";
import { createImage } from "../ome/create-image.ts";
import type { Image } from "../ome/multiscale.ts";
import type { NumberType } from "../zarr/array.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import type { TaskChoice } from "./catalogue.ts";
import type { ChannelProfiles } from "./fields.ts";
import { type FractalExport, fractalExport } from "./fractal-arguments.ts";
import { illuminationCorrection } from "./kinds/illumination-correction.ts";
import { measureFeatures } from "./kinds/measure-features.ts";
import {
  type ThresholdSegmentationParams,
  thresholdSegmentation,
} from "./kinds/threshold-segmentation.ts";
import type { Recipe, RecipeRoi } from "./recipe.ts";

interface Asked {
  readonly path?: string;
  readonly times?: number;
  readonly planes?: number;
  readonly side?: number;
  readonly dtype?: NumberType;
  readonly wavelengths?: readonly (string | undefined)[];
}

/** Two channels, two levels, a pixel of 0.5 × 0.5, and the label "cells". */
async function imageOf({
  path = "plate.zarr/B/03/0",
  times = 1,
  planes = 3,
  side = 64,
  dtype = "uint16",
  wavelengths = ["A01_C01", "A02_C02"],
}: Asked = {}): Promise<Image> {
  const store = new MemoryStore({ kind: "memory", entries: new Map() });
  const level = (length: number) => ({
    shape: [times, 2, planes, length, length],
    chunks: [1, 1, 1, 32, 32],
    scale: [1, 1, 2, (0.5 * side) / length, (0.5 * side) / length],
  });
  const image = await createImage(store, path, {
    format: 2,
    name: "image",
    axes: (["t", "c", "z", "y", "x"] as const).map((name) => ({ name, unit: undefined })),
    levels: [level(side), level(Math.floor(side / 2))],
    dtype,
    compressor: "none",
    channels: wavelengths.map((wavelengthId, c) => ({
      label: `channel ${c}`,
      wavelengthId,
      color: [255, 255, 255],
      active: true,
      window: undefined,
    })),
  });
  return { ...image, labels: ["cells"] };
}

const fields: readonly RecipeRoi[] = [0, 16].map((x, id) => ({
  id,
  name: `FOV_${id + 1}`,
  box: worldBox([0, 0, x], [6, 32, x + 16]),
}));

type Common = Pick<Recipe, "level" | "outputName" | "roiTable" | "rois" | "t">;

function recipeOf(choice: TaskChoice, common: Partial<Common> = {}): Recipe {
  const fixed = { level: "0", t: 0, outputName: "0 made", roiTable: "FOV_ROI_table", rois: fields };
  return { ...choice, ...fixed, ...common };
}

function segmentation(
  params: Partial<ThresholdSegmentationParams>,
  common: Partial<Common> = {},
): Recipe {
  const { defaults } = thresholdSegmentation;
  const all = { ...defaults, resolution: "image", minimumSize: 0, ...params } as const;
  return recipeOf({ task: "threshold-segmentation", params: all }, common);
}

/** What cannot be said; nothing where all can. */
function unsaid(said: FractalExport): readonly string[] {
  return said.kind === "unsaid" ? said.steps : [];
}

test("a segmentation with every step that Fractal has", async () => {
  const recipe = segmentation(
    {
      channel: { mode: "wavelength_id", identifier: "A02_C02" },
      medianSize: 3,
      equalize: true,
      sigma: 1.5,
      minimumSize: 20,
      maskingTable: true,
    },
    { level: "1", outputName: "nuclei {a}" },
  );
  expect(fractalExport(recipe, await imageOf(), fields)).toEqual({
    kind: "task",
    task: {
      task: "Threshold Segmentation",
      package: "fractal-tasks-core",
      version: "2.0.2",
      arguments: {
        channel: { mode: "wavelength_id", identifier: "A02_C02" },
        output_label_name: "nuclei {{a}}",
        level_path: "1",
        segmentation_method: { method: "Otsu" },
        iterator_configuration: { masking: { mode: "No Masking" }, roi_table: "FOV_ROI_table" },
        pre_post_process: {
          pre_process: [
            { type: "Median Filter", size_xy: 3 },
            { type: "Histogram Equalization" },
            { type: "Gaussian Blur Filter", sigma_xy: 1.5 },
          ],
          post_process: [{ type: "Size Filter", min_size: 19 }],
        },
        create_masking_roi_table: {
          mode: "Create Masking ROI Table",
          table_name: "nuclei {{a}}_masking_ROI_table",
          table_backend: "csv",
        },
        overwrite: false,
      },
      notes: [],
    },
  });
});

test("a segmentation of the image as a whole, at a fixed threshold, without any filter", async () => {
  const whole = [{ id: 0, name: "image", box: worldBox([0, 0, 0], [6, 32, 32]) }];
  const fixed = { kind: "fixed", value: 700 } as const;
  const { roiTable: _, ...recipe } = segmentation(
    { sigma: 0, threshold: fixed, minimumSize: 1 },
    { rois: whole },
  );
  expect(fractalExport(recipe, await imageOf(), undefined)).toMatchObject({
    kind: "task",
    task: {
      arguments: {
        segmentation_method: { method: "Simple Threshold", threshold: 700 },
        iterator_configuration: { roi_table: null },
        pre_post_process: { pre_process: [], post_process: [] },
        create_masking_roi_table: { mode: "Skip Creating Masking ROI Table" },
      },
    },
  });
});

test("masking by a table goes over that table, masking by a label over its objects", async () => {
  const image = await imageOf();
  const objects = fields.map((roi, i) => ({ ...roi, label: i + 1 }));
  const byTable = segmentation(
    { masking: { kind: "table", name: "masks" } },
    { roiTable: "masks", rois: objects },
  );
  const { roiTable: _, ...byLabel } = segmentation(
    { masking: { kind: "label", name: "cells" } },
    { rois: objects },
  );
  const configuration = (source: string, identifier: string) => ({
    task: {
      arguments: {
        iterator_configuration: {
          masking: { mode: "Masking", masking_source: source, identifier },
          roi_table: null,
        },
      },
    },
  });
  expect(fractalExport(byTable, image, objects)).toMatchObject(
    configuration("Table Name", "masks"),
  );
  expect(fractalExport(byLabel, image, undefined)).toMatchObject(
    configuration("Label Name", "cells"),
  );
});

test("names each step of a segmentation that Fractal has not", async () => {
  const recipe = segmentation(
    {
      threshold: { kind: "li" },
      fillHoles: true,
      splitDistance: 3,
      clearBorder: true,
      masking: { kind: "label", name: "cells" },
      minimumSize: 2,
      resolution: "level",
    },
    { level: "1", t: 1 },
  );
  expect(unsaid(fractalExport(recipe, await imageOf({ times: 2 }), fields))).toEqual([
    "Li: Fractal offers Otsu or a fixed threshold",
    "Fill holes: Fractal leaves them open",
    "Split distance: Fractal leaves touching objects together",
    "Clear border: Fractal keeps objects that the border of the ROI cuts",
    "Minimum size with masking: Fractal's size filter also takes away what reaches into an object's box from its neighbours",
    "Only time point 1: Fractal segments all 2",
    'A label with the pixels of level "1" alone: Fractal gives a label all levels of its image; choose the resolution of the image',
    "Masking of ROIs that are about no object: Fractal goes from object to object",
    "Masking by a label while the ROIs are of a table: Fractal finds the objects itself; mask by the table",
  ]);
});

test("goes over all ROIs of a table as it is stored, or says why not", async () => {
  const image = await imageOf();
  const [first, second] = fields;
  const of = (rois: readonly RecipeRoi[], table: readonly RecipeRoi[] | undefined = fields) =>
    unsaid(fractalExport(segmentation({}, { rois }), image, table));
  expect(of(fields)).toEqual([]);
  expect(of(fields.slice(0, 1))).toEqual([
    'Only 1 of the 2 ROIs of "FOV_ROI_table": Fractal runs on all of a table',
  ]);
  expect(of(fields.toReversed())).toEqual([
    'ROIs in another order than that of "FOV_ROI_table", in which Fractal goes over them',
  ]);
  const moved = { ...first, id: 0, name: "FOV_1", box: worldBox([0, 0, 1], [6, 32, 17]) };
  expect(of([moved, ...(second ? [second] : [])])).toEqual([
    'The ROIs as they are now: "FOV_1" is not so in the table "FOV_ROI_table" that Fractal reads; save it first',
  ]);
  const { roiTable: _, ...loose } = segmentation({});
  expect(unsaid(fractalExport(loose, image, undefined))).toEqual([
    "ROIs that are of no table: Fractal runs on all ROIs of a table, or on the image as a whole",
  ]);
});

test("what does not fit the image is said first", async () => {
  const recipe = segmentation({ channel: { mode: "label", identifier: "DAPI" } });
  expect(unsaid(fractalExport(recipe, await imageOf(), fields))).toEqual([
    'The image has no channel labelled "DAPI"; it has "channel 0", "channel 1"',
  ]);
});

test("where levels do not halve evenly, a note says what differs", async () => {
  const rois = [{ id: 0, name: "FOV_1", box: worldBox([0, 0, 0], [6, 16, 16]) }];
  const said = fractalExport(segmentation({}, { rois }), await imageOf({ side: 65 }), rois);
  expect(said).toMatchObject({
    task: { notes: [expect.stringMatching(/^The image's levels do not halve evenly: only/)] },
  });
});

const profiles = (common: Partial<ChannelProfiles> = {}): readonly ChannelProfiles[] =>
  ["0", "1"].map((identifier) => ({
    channel: { mode: "index", identifier },
    flat: { kind: "file", name: `flat ${identifier}.tif` },
    background: 0,
    ...common,
  }));

const correction = (
  params: Partial<(typeof illuminationCorrection)["defaults"]>,
  common: Partial<Common> = {},
) =>
  recipeOf(
    {
      task: "illumination-correction",
      params: { ...illuminationCorrection.defaults, profiles: profiles(), ...params },
    },
    { outputName: "0_illum_corr", ...common },
  );

test("an illumination correction, by wavelength", async () => {
  const flat = {
    model: "Profile",
    folder: "",
    profiles: { A01_C01: "flat 0.tif", A02_C02: "flat 1.tif" },
  };
  const notes = ['"folder" is to be the one in which Fractal finds the profiles'];
  const constant = correction({ profiles: profiles({ background: 110 }) });
  expect(fractalExport(constant, await imageOf(), fields)).toEqual({
    kind: "task",
    task: {
      task: "Illumination Correction",
      package: "fractal-tasks-core",
      version: "2.0.2",
      arguments: {
        illumination_profiles: flat,
        background_correction: { model: "Constant", constants: { A01_C01: 110, A02_C02: 110 } },
        input_roi_table: "FOV_ROI_table",
        output_image_name: "{image_name}_illum_corr",
        overwrite_input: false,
      },
      notes,
    },
  });
  const dark = profiles({ dark: { kind: "file", name: "dark.png" } });
  const inPlace = correction({ profiles: dark, inPlace: true });
  expect(fractalExport(inPlace, await imageOf(), fields)).toMatchObject({
    task: {
      arguments: {
        illumination_profiles: flat,
        background_correction: {
          model: "Profile",
          folder: "",
          profiles: { A01_C01: "dark.png", A02_C02: "dark.png" },
        },
        input_roi_table: "FOV_ROI_table",
        overwrite_input: true,
      },
      notes,
    },
  });
  expect(fractalExport(correction({}), await imageOf(), fields)).toMatchObject({
    task: { arguments: { background_correction: { model: "No Correction" } } },
  });
});

test("names what of an illumination correction Fractal has not", async () => {
  const [first, second] = profiles({ background: 3 });
  const dark = { kind: "array", path: "dark" } as const;
  const some = [
    ...(first ? [{ ...first, flat: { kind: "estimated" }, dark } as const] : []),
    ...(second ? [{ ...second, flat: { kind: "array", path: "flat" } } as const] : []),
  ];
  const image = await imageOf({ dtype: "int16", wavelengths: ["A01_C01", "A01_C01"] });
  const recipe = correction({ profiles: some }, { level: "1", outputName: "corrected" });
  expect(unsaid(fractalExport(recipe, image, fields))).toEqual([
    "Pixels of int16: Fractal's new image is of uint16, which does not hold them",
    'The estimated flat field of channel "channel 0": Fractal reads it from a file',
    'The dark field of channel "channel 0" from a Zarr array: Fractal reads it from a file',
    'The flat field of channel "channel 1" from a Zarr array: Fractal reads it from a file',
    'Channel "channel 1", whose wavelength another has too: Fractal tells channels apart by it',
    "Dark fields of some channels alone: Fractal wants one for each channel",
    "Dark fields and constant backgrounds at once: Fractal takes off one or the other",
    'Level "1": Fractal corrects the finest level, and makes the others from it',
    'The name "corrected": Fractal\'s must hold that of the image, "0"',
  ]);
  const unnamed = await imageOf({ wavelengths: ["A01_C01", undefined] });
  expect(unsaid(fractalExport(correction({}), unnamed, fields))).toEqual([
    'Channel "channel 1", which has no wavelength: Fractal tells channels apart by it',
  ]);
  const overlapping = [0.2, 10.2].map((x, id) => ({
    id,
    name: `FOV_${id}`,
    box: worldBox([0, 0, x], [6, 32, x + 16]),
  }));
  const inPlace = correction({ inPlace: true }, { rois: overlapping });
  expect(unsaid(fractalExport(inPlace, await imageOf(), overlapping))).toEqual([
    "Fields of view that end between pixels: Fractal wants each to be exactly as large as its profile",
    "Fields of view that overlap, in place: Fractal corrects twice what they share",
  ]);
});

const measurement = (
  params: Partial<(typeof measureFeatures)["defaults"]>,
  common: Partial<Common> = {},
) =>
  recipeOf(
    {
      task: "measure-features",
      params: { ...measureFeatures.defaults, label: "cells", ...params },
    },
    { outputName: "features", ...common },
  );

test("a measurement of features", async () => {
  expect(fractalExport(measurement({ shape: "hull" }), await imageOf(), fields)).toEqual({
    kind: "task",
    task: {
      task: "Measure Features",
      package: "fractal-tasks-core",
      version: "2.0.2",
      arguments: {
        input_label_name: "cells",
        output_table_name: "features",
        features: [
          { type: "ShapeFeatures", include_convex_hull_properties: true },
          { type: "IntensityFeatures", channels: null },
        ],
        input_roi_table: "FOV_ROI_table",
        advanced_options: { level_path: "0", use_scaling: true, table_backend: "anndata" },
        overwrite: false,
      },
      notes: [],
    },
  });
  const one = { mode: "label", identifier: "channel 1" } as const;
  const some = measurement({ shape: "none", channels: [one], inPixels: true, backend: "csv" });
  expect(fractalExport(some, await imageOf(), fields)).toMatchObject({
    task: {
      arguments: {
        features: [{ type: "IntensityFeatures", channels: [one] }],
        advanced_options: { level_path: "0", use_scaling: false, table_backend: "csv" },
      },
    },
  });
});

test("names what of a measurement Fractal gets wrong", async () => {
  const of = async (params: Parameters<typeof measurement>[0], image: Asked = {}) =>
    unsaid(fractalExport(measurement(params), await imageOf(image), fields));
  const byLabel = [1, 0].map((c) => ({ mode: "label", identifier: `channel ${c}` }) as const);
  expect(await of({ channels: byLabel })).toEqual([
    "Channels in another order than the image's: Fractal would name their columns by each other",
  ]);
  const byName = { mode: "label", identifier: "DAPI-1" } as const;
  expect(await of({ channels: [byName] })).toEqual([
    'The image has no channel labelled "DAPI-1"; it has "channel 0", "channel 1"',
  ]);
  expect(
    await of(
      {
        channels: [
          { mode: "wavelength_id", identifier: "DAPI-1" },
          { mode: "index", identifier: "1" },
        ],
      },
      { wavelengths: ["DAPI-1", "A02"] },
    ),
  ).toEqual([
    'Channel "DAPI-1" beside these others: Fractal would take its columns for those of another channel; choose channels by label',
  ]);
});

const projection = (common: Partial<Common> = {}) => {
  const { roiTable: _, ...recipe } = recipeOf(
    { task: "project-z", params: { method: "mean" } },
    common,
  );
  return recipe;
};

test("a projection is one of a plate, or of an image that ends with .zarr", async () => {
  const method = "Mean intensity projection";
  expect(fractalExport(projection(), await imageOf({ dtype: "uint8" }), undefined)).toEqual({
    kind: "task",
    task: {
      task: "Project Image (HCS Plate)",
      package: "fractal-tasks-core",
      version: "2.0.2",
      arguments: {
        method,
        output_plate_name: "{plate_name}_{method}",
        overwrite: false,
        re_initialize_plate: false,
      },
      notes: [
        "Fractal makes a plate of projections, in which each has the name of its image, and not an image beside it",
        "Fractal's new image is of uint16, with the same values",
      ],
    },
  });
  const alone = await imageOf({ path: "brain.zarr" });
  const named = projection({ outputName: "flat brain.zarr" });
  expect(fractalExport(named, alone, undefined)).toMatchObject({
    task: {
      task: "Project Image",
      arguments: { method, output_image_name: "flat {image_name}.zarr", overwrite: false },
    },
  });
  const of = (outputName: string, image: Image) =>
    unsaid(fractalExport(projection({ outputName, level: "1" }), image, undefined));
  expect(of("flat", alone)).toEqual([
    'Level "1": Fractal projects the finest level, and makes the others from it',
    'The name "flat": Fractal\'s must hold that of the image, "brain", and end with ".zarr"',
  ]);
  expect(of("flat.zarr", await imageOf({ path: "brain" }))).toEqual([
    'Level "1": Fractal projects the finest level, and makes the others from it',
    'The image "brain" outside of a plate: Fractal projects images of plates, and others whose names end with ".zarr"',
  ]);
});
