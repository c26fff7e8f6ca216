/** "Project z" as arguments of fractal-tasks-core's `init_projection_hcs`, or of its `projection` outside of plates. */
import type { Image } from "../ome/multiscale.ts";
import { type FractalWords, newImageWords, templateOf, those } from "./fractal-words.ts";
import type { ProjectZParams } from "./kinds/project-z.ts";
import type { Recipe } from "./recipe.ts";

const METHODS: Readonly<Record<ProjectZParams["method"], string>> = {
  max: "Maximum intensity projection",
  min: "Minimum intensity projection",
  mean: "Mean intensity projection",
  sum: "Sum intensity projection",
};

const ZARR = ".zarr";

export function projectionWords(recipe: Recipe<"project-z">, image: Image): FractalWords {
  const { params, level, outputName } = recipe;
  const method = METHODS[params.method];
  const [finest] = image.levels;
  const made = newImageWords(image);
  const unsaid = [
    ...made.unsaid,
    ...those([
      [
        level !== finest.name,
        `Level "${level}": Fractal projects the finest level, and makes the others from it`,
      ],
    ]),
  ];
  if (isInWell(image))
    return {
      task: "Project Image (HCS Plate)",
      arguments: {
        method,
        output_plate_name: "{plate_name}_{method}",
        overwrite: false,
        re_initialize_plate: false,
      },
      unsaid,
      notes: [
        "Fractal makes a plate of projections, in which each has the name of its image, and not an image beside it",
        ...made.notes,
      ],
    };
  const own = image.path.split("/").at(-1) ?? "";
  const stem = own.endsWith(ZARR) ? own.slice(0, -ZARR.length) : "";
  const template = outputName.endsWith(ZARR) ? templateOf(outputName, stem) : undefined;
  return {
    task: "Project Image",
    arguments: { method, output_image_name: template ?? "", overwrite: false },
    unsaid: [
      ...unsaid,
      ...those([
        [
          stem === "",
          `The image "${own}" outside of a plate: Fractal projects images of plates, and others whose names end with "${ZARR}"`,
        ],
        [
          stem !== "" && template === undefined,
          `The name "${outputName}": Fractal's must hold that of the image, "${stem}", and end with "${ZARR}"`,
        ],
      ]),
    ],
    notes: made.notes,
  };
}

/** Whether it lies where images of plates do: row, column, image. */
function isInWell({ path }: Image): boolean {
  return path.split("/").length >= 3;
}
