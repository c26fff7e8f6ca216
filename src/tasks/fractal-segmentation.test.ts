/** A segmentation in the words of Fractal, and each of its steps that Fractal has no word for. */
import { expect, test } from "vitest";
import { worldBox } from "../geometry/box.ts";
import { fields, imageOf, segmentation, unsaid } from "../testing/fractal-recipes.ts";
import { fractalExport } from "./fractal-arguments.ts";

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
