/** Recipes on an image of two channels and two levels, and what is left unsaid of them: for tests of the words for Fractal. */
import { worldBox } from "../geometry/box.ts";
import { createImage } from "../ome/create-image.ts";
import type { Image } from "../ome/multiscale.ts";
import type { TaskChoice } from "../tasks/catalogue.ts";
import type { FractalExport } from "../tasks/fractal-arguments.ts";
import {
  type ThresholdSegmentationParams,
  thresholdSegmentation,
} from "../tasks/kinds/threshold-segmentation.ts";
import type { Recipe, RecipeRoi } from "../tasks/recipe.ts";
import type { NumberType } from "../zarr/array.ts";
import { MemoryStore } from "../zarr/memory-store.ts";

export interface Asked {
  readonly path?: string;
  readonly times?: number;
  readonly planes?: number;
  readonly side?: number;
  readonly dtype?: NumberType;
  readonly wavelengths?: readonly (string | undefined)[];
}

/** Two channels, two levels, a pixel of 0.5 × 0.5, and the label "cells". */
export async function imageOf({
  path = "plate.zarr/B/03/0",
  times = 1,
  planes = 3,
  side = 64,
  dtype = "uint16",
  wavelengths = ["A01_C01", "A02_C02"],
}: Asked = {}): Promise<Image> {
  const store = new MemoryStore();
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

export const fields: readonly RecipeRoi[] = [0, 16].map((x, id) => ({
  id,
  name: `FOV_${id + 1}`,
  box: worldBox([0, 0, x], [6, 32, x + 16]),
}));

export type Common = Pick<Recipe, "level" | "outputName" | "roiTable" | "rois" | "t">;

export function recipeOf(choice: TaskChoice, common: Partial<Common> = {}): Recipe {
  const fixed = { level: "0", t: 0, outputName: "0 made", roiTable: "FOV_ROI_table", rois: fields };
  return { ...choice, ...fixed, ...common };
}

export function segmentation(
  params: Partial<ThresholdSegmentationParams>,
  common: Partial<Common> = {},
): Recipe {
  const { defaults } = thresholdSegmentation;
  const all = { ...defaults, resolution: "image", minimumSize: 0, ...params } as const;
  return recipeOf({ task: "threshold-segmentation", params: all }, common);
}

/** What cannot be said; nothing where all can. */
export function unsaid(said: FractalExport): readonly string[] {
  return said.kind === "unsaid" ? said.steps : [];
}
