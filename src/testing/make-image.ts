/** A small image in a store, for tests: one level, its axes and shape as asked. */
import { createImage } from "../ome/create-image.ts";
import type { AxisName, Image } from "../ome/multiscale.ts";
import type { NumberType, ZarrFormat } from "../zarr/array.ts";
import type { WritableStore } from "../zarr/store.ts";

export interface ImageShape {
  readonly axes: readonly AxisName[];
  readonly shape: readonly number[];
  readonly chunks: readonly number[];
  readonly scale?: readonly number[];
  readonly dtype?: NumberType;
  readonly format?: ZarrFormat;
}

/** The image at the store's root, its pixels all 0. */
export function makeImage(store: WritableStore, image: ImageShape): Promise<Image> {
  const { axes, shape, chunks, scale = shape.map(() => 1) } = image;
  const { dtype = "uint16", format = 2 } = image;
  return createImage(store, "", {
    format,
    name: "image",
    axes: axes.map((name) => ({ name, unit: undefined })),
    levels: [{ shape, chunks, scale }],
    dtype,
    compressor: "none",
    channels: Array.from({ length: shape[axes.indexOf("c")] ?? 1 }, (_, i) => ({
      label: `channel ${i}`,
      wavelengthId: undefined,
      color: [255, 255, 255],
      active: true,
      window: undefined,
    })),
  });
}
