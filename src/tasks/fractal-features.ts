/** "Measure features" as arguments of fractal-tasks-core's `measure_features`. */
import type { JsonObject } from "../base/json.ts";
import type { Image } from "../ome/multiscale.ts";
import { channelWords, type FractalWords, those } from "./fractal-words.ts";
import { measuredChannels } from "./kinds/measure-features.ts";
import { levelOf, type Recipe } from "./recipe.ts";

export function featureWords(recipe: Recipe<"measure-features">, image: Image): FractalWords {
  const { params, level, roiTable = null, outputName } = recipe;
  const { label, channels, shape, inPixels, backend } = params;
  const intensities = {
    type: "IntensityFeatures",
    channels: channels.length > 0 ? channels.map(channelWords) : null,
  };
  const shapes: JsonObject[] =
    shape === "none"
      ? []
      : [{ type: "ShapeFeatures", include_convex_hull_properties: shape === "hull" }];
  const { grid } = levelOf(recipe, image);
  const [planes] = grid.shape;
  const [, height, width] = grid.scale;
  const measured = measuredChannels(channels, image);
  const mixed = mixedUp(measured.map(({ name }) => name));
  return {
    task: "Measure Features",
    arguments: {
      input_label_name: label,
      output_table_name: outputName,
      features: [...shapes, intensities],
      input_roi_table: roiTable,
      advanced_options: { level_path: level, use_scaling: !inPixels, table_backend: backend },
      overwrite: false,
    },
    unsaid: those([
      [
        // ngio reads them in the image's order, and Fractal names them in that of the arguments.
        measured.some(({ index }, i) => index < (measured[i - 1]?.index ?? 0)),
        "Channels in another order than the image's: Fractal would name their columns by each other",
      ],
      [
        mixed !== undefined,
        `Channel "${mixed}" beside these others: Fractal would take its columns for those of another channel; choose channels by label`,
      ],
      [
        shape !== "none" && !inPixels && planes === 1 && height !== width,
        "Shape of pixels that are not square: Fractal measures perimeters of square ones alone",
      ],
    ]),
    notes: those([
      [
        roiTable === null,
        'Without an ROI table Fractal writes where the ROI lies in the column "region"',
      ],
    ]),
  };
}

/**
 * The name after which Fractal's columns get mixed up: it renames columns that end with -0, then with -1, …, channel by
 * channel, and takes a name that ends so for one that is yet to be renamed (`region_props_features_func`).
 */
function mixedUp(names: readonly string[]): string | undefined {
  return names.find((name, i) => names.some((_, j) => j > i && `-${name}`.endsWith(`-${j}`)));
}
