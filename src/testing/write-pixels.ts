/** Pixels put into arrays, and labels made of them, for tests. */
import { createMultiscale } from "../ome/create-multiscale.ts";
import { labelsPath } from "../ome/labels.ts";
import type { AxisName, Image } from "../ome/multiscale.ts";
import { openImage } from "../ome/open-image.ts";
import { registerLabel } from "../ome/register-label.ts";
import type { NumberType, Pixels, ZarrArray } from "../zarr/array.ts";
import { ChunkAccumulator } from "../zarr/chunk-accumulator.ts";
import { writable } from "../zarr/store.ts";

/** @param data all pixels of the array, of its own type. */
export async function writePixels(array: ZarrArray, data: Pixels): Promise<void> {
  const writer = new ChunkAccumulator({
    array,
    touches: () => 1,
    merge: "overwrite",
    existing: "fill",
  });
  await writer.put({ min: array.shape.map(() => 0), shape: array.shape, data });
  await writer.finish();
}

export interface LabelPixels {
  readonly name: string;
  readonly axes: readonly AxisName[];
  readonly shape: readonly number[];
  readonly scale: readonly number[];
  readonly dtype: NumberType;
  readonly data: Pixels;
  /** Of 8 voxels along each axis unless said otherwise. */
  readonly chunks?: readonly number[];
  /** A second level. */
  readonly coarser?: Pick<LabelPixels, "shape" | "scale" | "data">;
}

/** Adds a label to an image, and opens the image again. */
export async function addLabel(image: Image, label: LabelPixels): Promise<Image> {
  const { name, axes, dtype, data, chunks, coarser } = label;
  const levelOf = ({ shape, scale }: Pick<LabelPixels, "shape" | "scale">) => ({
    shape,
    chunks: shape.map((n, axis) => Math.min(n, chunks?.[axis] ?? 8)),
    scale,
  });
  const store = writable(image.store);
  const made = await createMultiscale(
    store,
    `${labelsPath(image.path)}/${name}`,
    {
      format: image.zarrFormat,
      name,
      axes: axes.map((axis) => ({ name: axis, unit: undefined })),
      levels: [levelOf(label), ...(coarser ? [levelOf(coarser)] : [])],
      dtype,
      compressor: "none",
    },
    { "image-label": {} },
  );
  await writePixels(made.levels[0].array, data);
  const second = made.levels[1]?.array;
  if (coarser && second) await writePixels(second, coarser.data);
  await registerLabel(image, name);
  return openImage(store, image.path);
}

/** Adds a label of 9 by 9 pixels in which there is no object. */
export function addEmptyLabel(image: Image, name: string): Promise<Image> {
  const [axes, shape] = [
    ["y", "x"],
    [9, 9],
  ] as const;
  return addLabel(image, {
    name,
    axes,
    shape,
    scale: [1, 1],
    dtype: "uint8",
    data: new Uint8Array(81),
  });
}
