/** "Project z": fractal-tasks-core's "Project Image", a volume seen along z, as an image of one plane beside it. */
import { Fault } from "../../base/fault.ts";
import { indexOf } from "../../ome/axes.ts";
import type { Task } from "../task.ts";

export interface ProjectZParams {
  readonly method: "max" | "min" | "mean" | "sum";
}

export const projectZ: Task<ProjectZParams> = {
  title: "Project z",
  summary:
    "Makes one plane of each volume: the largest, smallest or mean value along z, or the sum",
  output: "image",
  covers: "image",
  verb: "projected",
  outputName: "{image}_mip",
  schema: {
    method: {
      kind: "choice",
      title: "Method",
      hint: "What a pixel has of the voxels above it; sums that the image's type cannot hold become its largest value",
      options: [
        { value: "max", title: "Maximum" },
        { value: "min", title: "Minimum" },
        { value: "mean", title: "Mean" },
        { value: "sum", title: "Sum" },
      ],
    },
  },
  defaults: { method: "max" },
  makesOf({ method }, { image, level, outputName }) {
    const { dtype, shape } = level.array;
    const planes = shape[indexOf(image.axes, "z") ?? -1] ?? 1;
    if (planes === 1)
      throw new Fault("input", "The image has one plane, so there is no z to project");
    if (method === "sum" && /^(float|bool)/.test(dtype))
      throw new Fault(
        "input",
        `Level "${level.name}" holds ${dtype}, and sums are made of whole numbers; choose mean, maximum or minimum`,
      );
    return {
      halo: [0, 0, 0],
      channels: image.channels.map(({ index }) => index),
      times: "all",
      // Labels are of the volume: Fractal copies tables alone.
      array: {
        kind: "image",
        name: outputName,
        merge: "overwrite",
        dtype,
        z: "projected",
        copies: ["tables"],
      },
    };
  },
};
