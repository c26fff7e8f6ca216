/** A measurement of features in the words of Fractal, and what of it Fractal would get wrong. */
import { expect, test } from "vitest";
import {
  type Asked,
  type Common,
  fields,
  imageOf,
  recipeOf,
  unsaid,
} from "../testing/fractal-recipes.ts";
import { fractalExport } from "./fractal-arguments.ts";
import { measureFeatures } from "./kinds/measure-features.ts";

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
