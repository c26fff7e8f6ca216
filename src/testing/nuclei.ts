/** An image of round bright nuclei on a dark ground, written to a store, and its fields of view: for tests of whole runs. */
import { type Box, pixelBox } from "../geometry/box.ts";
import type { Image } from "../ome/multiscale.ts";
import type { ZarrArray } from "../zarr/array.ts";
import { ChunkAccumulator } from "../zarr/chunk-accumulator.ts";
import { sizeOf } from "../zarr/pixels.ts";
import type { WritableStore } from "../zarr/store.ts";
import { makeImage } from "./make-image.ts";

const SIDE = 300;
const FIELD = 150;
/** Nuclei stand this far apart and have this radius. */
const PITCH = 25;
const RADIUS = 7;

/** Four fields of view of 36 nuclei each; a chunk holds parts of several fields. */
export const fields: readonly Box<"pixel">[] = [0, FIELD].flatMap((y) =>
  [0, FIELD].map((x) => pixelBox([0, y, x], [1, y + FIELD, x + FIELD])),
);
export const nucleiPerField: number = (FIELD / PITCH) ** 2;

/** One channel, no z; the pixels are the same every time. */
export async function makeNuclei(store: WritableStore): Promise<Image> {
  const image = await makeImage(store, {
    axes: ["c", "y", "x"],
    shape: [1, SIDE, SIDE],
    chunks: [1, 128, 128],
  });
  await fillWithNuclei(image.levels[0].array);
  return image;
}

/** Writes nuclei all over an array of one channel, c y x. */
export async function fillWithNuclei(array: ZarrArray): Promise<void> {
  const { shape } = array;
  const [, , width = 1] = shape;
  const writer = new ChunkAccumulator({
    array,
    touches: () => 1,
    merge: "overwrite",
    existing: "fill",
  });
  const data = Uint16Array.from({ length: sizeOf(shape) }, (_, i) => {
    const [y, x] = [Math.floor(i / width), i % width];
    const from = Math.hypot((y % PITCH) - PITCH / 2, (x % PITCH) - PITCH / 2);
    const noise = Math.imul(i + 1, 2654435761) >>> 26;
    return (from < RADIUS ? 1500 + 10 * Math.floor(x / PITCH) : 200) + noise;
  });
  await writer.put({ min: [0, 0, 0], shape, data });
  await writer.finish();
}
