/** What the units of a run read and compute: all that is looked up once, before the first of them. */
import type { ByteLru } from "../base/byte-lru.ts";
import { Fault } from "../base/fault.ts";
import { lengthsOf, pixelBox, type Zyx, zyx } from "../geometry/box.ts";
import { selection } from "../ome/axes.ts";
import type { Image } from "../ome/multiscale.ts";
import type { ZarrArray } from "../zarr/array.ts";
import type { ChunkSource } from "../zarr/chunk-source.ts";
import type { Options, WritableStore } from "../zarr/store.ts";
import type { ComputeTask, UnitPlace } from "./compute-task.ts";
import type { Unit } from "./plan.ts";
import { prepareIllumination } from "./prepare-illumination.ts";
import { prepareMeasure } from "./prepare-measure.ts";
import { prepareProjection } from "./prepare-projection.ts";
import { prepareSegmentation } from "./prepare-segmentation.ts";
import type { Profile } from "./profiles.ts";
import { type Recipe, recipeProblem } from "./recipe.ts";

export interface Prepared {
  /** The image's level first. */
  readonly inputs: readonly [ZarrArray, ...ZarrArray[]];
  readonly taskOf: (unit: Unit) => ComputeTask;
  /** Puts what was looked up into the run's folder as it begins: inputs lie there, and a run that goes on finds them. */
  readonly keep?: (folder: WritableStore, options: Options) => Promise<void>;
}

/** What a run brings along beside its recipe. */
export interface Preparation {
  /** The folder that the run has to itself; a preview has none. */
  readonly folder?: WritableStore;
  /** The run was begun before, and goes on with what was looked up then. */
  readonly isBegun?: boolean;
  /** The pixels of the profile files that the recipe names (`readProfile`). */
  readonly profiles?: ReadonlyMap<string, Profile>;
  /** Where pixels are looked at; a reader of its own unless given. */
  readonly source?: ChunkSource;
  /** What was estimated before, by all that decides it; for previews, in which one number changes at a time. */
  readonly estimates?: ByteLru<string, Profile>;
}

/** What a unit has whatever its task. */
export type Plain = (unit: Unit) => UnitPlace;

/** @throws Fault "input" where the recipe cannot be used on the image; what looking up a task's other inputs throws. */
export async function prepare(
  image: Image,
  recipe: Recipe,
  preparation: Preparation = {},
  options: Options = {},
): Promise<Prepared> {
  const problem = recipeProblem(recipe, image);
  if (problem !== undefined) throw new Fault("input", problem);
  const plain: Plain = ({ t, c, box, read }) => {
    const from = (corner: Zyx): Zyx => zyx((i) => corner[i] - read.min[i]);
    return {
      reads: [{ input: 0, ...selection(image.axes, { t, c }, read) }],
      shape: lengthsOf(read),
      core: pixelBox(from(box.min), from(box.max)),
    };
  };
  switch (recipe.task) {
    case "illumination-correction":
      return prepareIllumination(image, recipe, plain, preparation, options);
    case "measure-features":
      return prepareMeasure(image, recipe, plain, options);
    case "project-z":
      return prepareProjection(image, recipe, plain);
    case "threshold-segmentation":
      return prepareSegmentation(image, recipe, plain);
  }
}
