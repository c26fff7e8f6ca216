/** What is read for a projection: the planes of an ROI, a chunk's depth at a time. */
import { type Box, pixelBox } from "../geometry/box.ts";
import { chunkZyx, selection } from "../ome/axes.ts";
import type { Image } from "../ome/multiscale.ts";
import type { Read } from "./compute-task.ts";
import type { Plain, Prepared } from "./prepare.ts";
import { levelOf, type Recipe } from "./recipe.ts";

/** Planes that are decoded together are read together, and no more of them. */
export function prepareProjection(
  image: Image,
  recipe: Recipe<"project-z">,
  plain: Plain,
): Prepared {
  const { task, params } = recipe;
  const { array } = levelOf(recipe, image);
  const [depth] = chunkZyx(array, image.axes);
  return {
    inputs: [array],
    taskOf: (unit) => {
      const { t, c, read } = unit;
      const [first, ...others] = slabsOf(read, depth).map(
        (slab): Read => ({ input: 0, ...selection(image.axes, { t, c }, slab) }),
      );
      const place = plain(unit);
      return { task, params, ...place, reads: first ? [first, ...others] : place.reads };
    },
  };
}

/** The box cut along z where chunks begin. */
function slabsOf({ min, max }: Box<"pixel">, depth: number): readonly Box<"pixel">[] {
  const slabs: Box<"pixel">[] = [];
  for (let z = min[0]; z < max[0]; ) {
    const next = Math.min(max[0], depth * (Math.floor(z / depth) + 1));
    slabs.push(pixelBox([z, min[1], min[2]], [next, max[1], max[2]]));
    z = next;
  }
  return slabs;
}
