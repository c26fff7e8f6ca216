/** "Threshold segmentation" as arguments of fractal-tasks-core's `threshold_segmentation`. */
import type { JsonObject } from "../base/json.ts";
import { countOf } from "../ome/axes.ts";
import type { Image } from "../ome/multiscale.ts";
import type { Masking } from "./fields.ts";
import { channelWords, type FractalWords, literal, those } from "./fractal-words.ts";
import type { ThresholdSegmentationParams } from "./kinds/threshold-segmentation.ts";
import { madeLevels } from "./makes.ts";
import { levelOf, makesOf, type Recipe } from "./recipe.ts";

export function segmentationWords(
  recipe: Recipe<"threshold-segmentation">,
  image: Image,
): FractalWords {
  const { params, outputName, roiTable = null } = recipe;
  const { channel, threshold, masking } = params;
  const { table } = makesOf(recipe, image);
  return {
    task: "Threshold Segmentation",
    arguments: {
      channel: channelWords(channel),
      output_label_name: literal(outputName),
      level_path: recipe.level,
      segmentation_method:
        threshold.kind === "fixed"
          ? { method: "Simple Threshold", threshold: threshold.value }
          : { method: "Otsu" },
      iterator_configuration: {
        masking: maskingWords(masking),
        // The rows of a masking table are gone over as it is.
        roi_table: masking.kind === "none" ? roiTable : null,
      },
      pre_post_process: {
        pre_process: filtersBefore(params),
        post_process: filtersAfter(params),
      },
      create_masking_roi_table: table
        ? {
            mode: "Create Masking ROI Table",
            table_name: literal(table.name),
            table_backend: table.backend,
          }
        : { mode: "Skip Creating Masking ROI Table" },
      overwrite: false,
    },
    unsaid: [...stepsUnsaid(params), ...outputUnsaid(recipe, image)],
    notes: those([
      [
        masking.kind === "label",
        "Masked by a label, Fractal takes the boxes of its objects from a masking ROI table of it, where there is one, and numbers what it finds in their order",
      ],
    ]),
  };
}

function maskingWords(masking: Masking): JsonObject {
  if (masking.kind === "none") return { mode: "No Masking" };
  const source = masking.kind === "table" ? "Table Name" : "Label Name";
  return { mode: "Masking", masking_source: source, identifier: masking.name };
}

function filtersBefore({ medianSize, equalize, sigma }: ThresholdSegmentationParams): JsonObject[] {
  return [
    ...(medianSize > 1 ? [{ type: "Median Filter", size_xy: medianSize }] : []),
    ...(equalize ? [{ type: "Histogram Equalization" }] : []),
    ...(sigma > 0 ? [{ type: "Gaussian Blur Filter", sigma_xy: sigma }] : []),
  ];
}

/** Fractal drops objects of `min_size` voxels too. */
function filtersAfter({ minimumSize }: ThresholdSegmentationParams): JsonObject[] {
  return minimumSize > 1 ? [{ type: "Size Filter", min_size: minimumSize - 1 }] : [];
}

function stepsUnsaid(params: ThresholdSegmentationParams): string[] {
  const { threshold, fillHoles, splitDistance, clearBorder, masking, minimumSize } = params;
  return those([
    [threshold.kind === "triangle", "Triangle: Fractal offers Otsu or a fixed threshold"],
    [threshold.kind === "li", "Li: Fractal offers Otsu or a fixed threshold"],
    [fillHoles, "Fill holes: Fractal leaves them open"],
    [splitDistance > 0, "Split distance: Fractal leaves touching objects together"],
    [clearBorder, "Clear border: Fractal keeps objects that the border of the ROI cuts"],
    [
      // ngio 0.5.14 `NumpySetterMasked.set` filters all that the output holds in the object's box.
      masking.kind !== "none" && minimumSize > 1,
      "Minimum size with masking: Fractal's size filter also takes away what reaches into an object's box from its neighbours",
    ],
  ]);
}

function outputUnsaid(recipe: Recipe<"threshold-segmentation">, image: Image): string[] {
  const { masking, resolution } = recipe.params;
  const times = countOf(image.axes, image.levels[0].array.shape, "t");
  const { rois, t, level } = recipe;
  return those([
    [times > 1, `Only time point ${t}: Fractal segments all ${times}`],
    [
      resolution === "level" && !isLikeImage(recipe, image),
      `A label with the pixels of level "${level}" alone: Fractal gives a label all levels of its image; choose the resolution of the image`,
    ],
    [
      masking.kind !== "none" && rois.some(({ label }) => label === undefined),
      "Masking of ROIs that are about no object: Fractal goes from object to object",
    ],
    [
      masking.kind === "table" && recipe.roiTable !== masking.name,
      "Masking by another table than that of the ROIs: Fractal goes over the table that masks",
    ],
    [
      masking.kind === "label" && recipe.roiTable !== undefined,
      "Masking by a label while the ROIs are of a table: Fractal finds the objects itself; mask by the table",
    ],
  ]);
}

/** Whether the label has the image's levels anyhow. */
function isLikeImage(recipe: Recipe, image: Image): boolean {
  const levels = madeLevels(makesOf(recipe, image), image, levelOf(recipe, image))?.levels ?? [];
  const c = image.axes.findIndex(({ name }) => name === "c");
  const shapes = image.levels.map(({ array }) => array.shape.filter((_, axis) => axis !== c));
  return JSON.stringify(levels.map(({ shape }) => shape)) === JSON.stringify(shapes);
}
