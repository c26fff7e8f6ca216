/** A projection in the words of Fractal, which makes a plate of projections, or an image that ends with .zarr. */
import { expect, test } from "vitest";
import type { Image } from "../ome/multiscale.ts";
import { type Common, imageOf, recipeOf, unsaid } from "../testing/fractal-recipes.ts";
import { fractalExport } from "./fractal-arguments.ts";

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
