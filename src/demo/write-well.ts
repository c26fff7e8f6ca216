/** Writing one well of the demo plate: image, pyramid and tables first, the well's own group last, which opens it. */
import { throwIfStopped } from "../base/abort.ts";
import { createImage, type ImageSpec } from "../ome/create-image.ts";
import type { LevelSpec } from "../ome/create-multiscale.ts";
import { createWell } from "../ome/create-plate.ts";
import { newPyramidWriter } from "../ome/pyramid-writer.ts";
import { createTable } from "../table/create-table.ts";
import { below, keyOf, type Options, type WritableStore } from "../zarr/store.ts";
import { placeCells } from "./cells.ts";
import { fovPixels } from "./fov-pixels.ts";
import {
  CHANNELS,
  type DemoWell,
  FOV,
  FOVS,
  fovOrigin,
  PIXEL,
  PLANE,
  PLANES,
  WELL,
} from "./layout.ts";
import { imageTruth } from "./truth.ts";
import { wellTables } from "./well-tables.ts";

const IMAGE: Omit<ImageSpec, "attributes"> = {
  format: 2,
  name: "0",
  axes: [
    { name: "c", unit: undefined },
    { name: "z", unit: "micrometer" },
    { name: "y", unit: "micrometer" },
    { name: "x", unit: "micrometer" },
  ],
  levels: [levelAt(0), levelAt(1), levelAt(2), levelAt(3)],
  dtype: "uint16",
  compressor: "blosc-lz4",
  channels: [
    {
      label: "DAPI",
      wavelengthId: "A01_C01",
      color: [0x2e, 0x9b, 0xff],
      active: true,
      window: { start: 150, end: 1400 },
    },
    {
      label: "Tubulin",
      wavelengthId: "A02_C02",
      color: [0xff, 0x8a, 0x1f],
      active: true,
      window: { start: 130, end: 1800 },
    },
    {
      label: "Lamin B1",
      wavelengthId: "A03_C03",
      color: [0xff, 0x2f, 0x92],
      active: true,
      window: { start: 150, end: 1300 },
    },
  ],
};

/** A chunk is a field of view at the finest level, and the same size below, where fields share chunks. */
function levelAt(k: number): LevelSpec {
  const [height, width] = [WELL.height >> k, WELL.width >> k];
  return {
    shape: [CHANNELS, PLANES, height, width],
    chunks: [1, PLANES, Math.min(FOV.height, height), Math.min(FOV.width, width)],
    scale: [1, PLANE, PIXEL * 2 ** k, PIXEL * 2 ** k],
  };
}

/** Makes and writes a whole well. Written twice it is the same twice. */
export async function writeWell(
  store: WritableStore,
  well: DemoWell,
  options: Options = {},
): Promise<void> {
  const cells = placeCells(well.seed, well.condition);
  const path = below(well.path, IMAGE.name);
  const attributes = imageTruth(well.seed, cells);
  const image = await createImage(store, path, { ...IMAGE, attributes }, options);
  const writer = newPyramidWriter(image);
  for (const fov of FOVS) {
    throwIfStopped(options.signal);
    const { y, x } = fovOrigin(fov);
    const shape = [CHANNELS, PLANES, FOV.height, FOV.width];
    await writer.put({ min: [0, 0, y, x], shape, data: fovPixels(well.seed, fov, cells) }, options);
  }
  await writer.finish();
  // What a making that was cut off left there.
  await store.delete(keyOf(path, "tables"), options);
  for (const table of wellTables(path)) await createTable({ store, table }, options);
  await createWell(store, well.path, 2, [IMAGE.name], options);
}
