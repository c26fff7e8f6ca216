/** An image of nuclei with a coarse level whose one chunk holds four fields of view: for tests of runs at that level. */
import { type Box, pixelBox, worldBox, type Zyx } from "../geometry/box.ts";
import { createImage } from "../ome/create-image.ts";
import type { Image } from "../ome/multiscale.ts";
import type { RecipeRoi } from "../tasks/recipe.ts";
import type { WritableStore } from "../zarr/store.ts";
import { fillWithNuclei } from "./nuclei.ts";

const [HEIGHT, WIDTH] = [120, 150];

/** Of the coarse level, whose voxels are 2 wide. */
export const coarseShape: Zyx = [1, HEIGHT, WIDTH];

/** In voxels of the coarse level: each a quarter of it. */
export const coarseFields: readonly Box<"pixel">[] = [0, HEIGHT / 2].flatMap((y) =>
  [0, WIDTH / 2].map((x) => pixelBox([0, y, x], [1, y + HEIGHT / 2, x + WIDTH / 2])),
);

export const fieldRois: readonly RecipeRoi[] = coarseFields.map(({ min, max }, id) => ({
  id,
  name: `FOV_${id + 1}`,
  box: worldBox([min[0], 2 * min[1], 2 * min[2]], [max[0], 2 * max[1], 2 * max[2]]),
}));

/** Three levels of one channel, of which "2" alone has pixels; the finest has 20 chunks. */
export async function makeCoarseNuclei(store: WritableStore): Promise<Image> {
  const level = (k: number) => ({
    shape: [1, HEIGHT * 2 ** k, WIDTH * 2 ** k],
    chunks: [1, Math.min(128, HEIGHT * 2 ** k), Math.min(128, WIDTH * 2 ** k)],
    scale: [1, 2 / 2 ** k, 2 / 2 ** k],
  });
  const coarse = { ...level(0), chunks: [...coarseShape] };
  const image = await createImage(store, "B/03/0", {
    format: 2,
    name: "nuclei",
    axes: [
      { name: "c", unit: undefined },
      { name: "y", unit: "micrometer" },
      { name: "x", unit: "micrometer" },
    ],
    levels: [level(2), level(1), coarse],
    dtype: "uint16",
    compressor: "none",
    channels: [
      {
        label: "DAPI",
        wavelengthId: "A01_C01",
        color: [255, 255, 255],
        active: true,
        window: undefined,
      },
    ],
  });
  await fillWithNuclei((image.levels[2] ?? image.levels[0]).array);
  return image;
}
