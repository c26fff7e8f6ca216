/** Labels of blocks over pixels that count on, measured by a run: for tests of "Measure features". */
import { worldBox } from "../geometry/box.ts";
import type { AxisName, Image } from "../ome/multiscale.ts";
import { numbersOf } from "../table/columns.ts";
import { readTable } from "../table/read-table.ts";
import type { Table } from "../table/table.ts";
import { type MeasureFeaturesParams, measureFeatures } from "../tasks/kinds/measure-features.ts";
import type { Recipe, RecipeRoi } from "../tasks/recipe.ts";
import { run } from "../tasks/run.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { computeHere } from "./compute-here.ts";
import { makeImage } from "./make-image.ts";
import { addLabel, type LabelPixels, writePixels } from "./write-pixels.ts";

/** ROIs of whole rows of pixels that are 1 wide. */
export const rows = (...ranges: readonly (readonly [from: number, to: number])[]): RecipeRoi[] =>
  ranges.map(([from, to], id) => ({
    id,
    name: `ROI_${id}`,
    box: worldBox([0, from, 0], [9, to, 99]),
  }));

export function recipeOf(
  params: Partial<MeasureFeaturesParams>,
  rois: readonly RecipeRoi[],
): Recipe<"measure-features"> {
  return {
    task: "measure-features",
    level: "0",
    t: 0,
    params: { ...measureFeatures.defaults, label: "cells", ...params },
    outputName: "features",
    rois,
  };
}

/** The table that a run makes; the label is named "cells" unless said otherwise. */
export async function measured(
  image: Image,
  params: Partial<MeasureFeaturesParams>,
  rois: readonly RecipeRoi[],
): Promise<Table> {
  const recipe = recipeOf(params, rois);
  const executor = await computeHere(image, recipe, 3);
  await run(
    image,
    { recipe, replace: false, version: "1" },
    { executor, onEvent: () => undefined },
  );
  return readTable(image.store, "tables/features", image.zarrFormat);
}

export const labelsIn = ({ index }: Table): number[] => index.values.map(Number);
export const numbersIn = ({ columns }: Table, name: string): number[] => {
  const column = columns.get(name);
  return column ? [...numbersOf(column)] : [];
};

/** An image of one channel and one plane, 16 × 12, whose pixels count on. */
export async function counting(label: Omit<LabelPixels, "name">): Promise<Image> {
  const axes: AxisName[] = ["c", "y", "x"];
  const image = await makeImage(new MemoryStore(), { axes, shape: [1, 16, 12], chunks: [1, 5, 7] });
  await writePixels(
    image.levels[0].array,
    Uint16Array.from({ length: 16 * 12 }, (_, i) => i),
  );
  return addLabel(image, { ...label, name: "cells" });
}

/** Blocks of 4 × 4 image pixels, each an object but every third, in a label whose pixels are `step` image pixels wide. */
export const blocks = (height: number, width: number, step: number): Uint32Array<ArrayBuffer> =>
  Uint32Array.from({ length: height * width }, (_, i) => {
    const y = Math.floor(Math.floor(i / width) * step);
    const x = Math.floor((i % width) * step);
    const block = 1 + 3 * Math.floor(y / 4) + Math.floor(x / 4);
    return block % 3 === 0 ? 0 : block;
  });

/** A label with the image's own pixels. */
export const plain = (data: LabelPixels["data"]): Omit<LabelPixels, "name"> => ({
  axes: ["y", "x"],
  shape: [16, 12],
  scale: [1, 1],
  dtype: "uint32",
  data,
});
