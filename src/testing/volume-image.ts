/** A small volume in a well, and its projection by a run: for tests of "Project along z". */
import { createImage } from "../ome/create-image.ts";
import type { AxisName, Image } from "../ome/multiscale.ts";
import { openImage } from "../ome/open-image.ts";
import type { Voxels } from "../tasks/kernels/voxels.ts";
import type { Recipe } from "../tasks/recipe.ts";
import { run } from "../tasks/run.ts";
import { wholeImage } from "../tasks/whole-image.ts";
import { writeGroup } from "../zarr/hierarchy.ts";
import { readNode } from "../zarr/node.ts";
import { computeHere } from "./compute-here.ts";
import { voxelsOf } from "./golden-features.ts";
import type { WatchedStore } from "./watched-store.ts";
import { writePixels } from "./write-pixels.ts";

export interface Volume {
  readonly axes: readonly AxisName[];
  /** Of the finest level; the next has half of y and x. */
  readonly shape: readonly number[];
  readonly chunks: readonly number[];
  readonly dtype: "uint8" | "uint16" | "int16" | "float32";
}

export const small: Volume = {
  axes: ["t", "c", "z", "y", "x"],
  shape: [2, 2, 5, 12, 10],
  chunks: [1, 1, 2, 6, 6],
  dtype: "uint16",
};

/** Looks random, and has all that the type can hold. */
export function pixelsOf({ shape, dtype }: Volume): Voxels {
  const size = shape.reduce((a, b) => a * b, 1);
  const values = Array.from({ length: size }, (_, i) => Math.imul(i + 1, 2654435761) >> 3);
  return voxelsOf(dtype, dtype === "float32" ? values.map((n) => n / 4) : values);
}

/** The image "0" of a well that lists it in acquisition 3. */
export async function makeVolume(store: WatchedStore, volume: Volume): Promise<Image> {
  const { axes, shape, chunks, dtype } = volume;
  const of = (name: AxisName) => axes.indexOf(name);
  const half = shape.map((n, i) => (i >= of("y") ? Math.max(1, Math.floor(n / 2)) : n));
  const scale = axes.map((name) => ({ t: 5, c: 1, z: 2, y: 0.5, x: 0.5 })[name]);
  const image = await createImage(store, "B/03/0", {
    format: 2,
    name: "0",
    axes: axes.map((name) => ({ name, unit: undefined })),
    levels: [
      { shape, chunks, scale },
      { shape: half, chunks, scale: scale.map((s, i) => (i >= of("y") ? 2 * s : s)) },
    ],
    dtype,
    compressor: "none",
    channels: Array.from({ length: shape[of("c")] ?? 1 }, (_, i) => ({
      label: `channel ${i}`,
      wavelengthId: `A0${i}_C01`,
      color: [255, 0, 0],
      active: true,
      window: undefined,
    })),
  });
  await writePixels(image.levels[0].array, pixelsOf(volume));
  const well = { well: { images: [{ path: "0", acquisition: 3 }] } };
  await writeGroup(store, "B/03", 2, well);
  return image;
}

export function recipeOf(
  image: Image,
  method: "max" | "min" | "mean" | "sum" = "max",
): Recipe<"project-z"> {
  const [level] = image.levels;
  const recipe = { task: "project-z", level: level.name, t: 0, params: { method } } as const;
  return { ...recipe, outputName: "0_mip", rois: wholeImage(image, level) };
}

/** The image that a run makes. */
export async function projected(image: Image, recipe: Recipe = recipeOf(image)): Promise<Image> {
  const executor = await computeHere(image, recipe, 3);
  await run(
    image,
    { recipe, replace: false, version: "1" },
    { executor, onEvent: () => undefined },
  );
  return openImage(image.store, "B/03/0_mip");
}

/** What the well says of its images. */
export async function wellOf(image: Image): Promise<unknown> {
  return (await readNode(image.store, "B/03", { format: 2 }))?.attributes["well"];
}
