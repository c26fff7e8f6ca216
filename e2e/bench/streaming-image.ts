/** Images for the streaming bench, made by Fovea's own writers: nuclei on a noisy ground, always the same bytes. */
import { randomOf, seedOf } from "../../src/demo/random.ts";
import { worldBox } from "../../src/geometry/box.ts";
import { createImage } from "../../src/ome/create-image.ts";
import { newPyramidWriter } from "../../src/ome/pyramid-writer.ts";
import { newRoiTable } from "../../src/roi/new-roi-table.ts";
import { createTable } from "../../src/table/create-table.ts";
import type { ZarrFormat } from "../../src/zarr/array.ts";
import { MemoryStore } from "../../src/zarr/memory-store.ts";

export const CHANNELS = 3;

/** World units per voxel of the finest level, as a 20× objective has them, in micrometres. */
const VOXEL = 0.325;

export type Entries = Map<string, Uint8Array<ArrayBuffer>>;

export interface Pyramid {
  readonly format: ZarrFormat;
  readonly height: number;
  readonly width: number;
  /** Pixels along y and x; a level smaller than that is one chunk. */
  readonly chunk: readonly [height: number, width: number];
  /** Each half as long as the one before. */
  readonly levels: number;
  readonly nuclei: number;
}

/** One plane, three channels (axes c z y x), uint16, and a table of its four fields of view, at the root of a store. */
export async function pyramidOf(pyramid: Pyramid): Promise<Entries> {
  const entries: Entries = new Map();
  const store = new MemoryStore({ kind: "memory", entries });
  const { format, height, width } = pyramid;
  const image = await createImageOf(store, pyramid);
  const writer = newPyramidWriter(image);
  for (let c = 0; c < CHANNELS; c++)
    await writer.put({ min: [c, 0, 0, 0], shape: [1, 1, height, width], data: plane(c, pyramid) });
  await writer.finish();
  const [halfY, halfX] = [(height * VOXEL) / 2, (width * VOXEL) / 2];
  const rois = [0, 1, 2, 3].map((k) => {
    const [y, x] = [Math.floor(k / 2) * halfY, (k % 2) * halfX];
    const box = worldBox([0, y, x], [1, y + halfY, x + halfX]);
    return { name: `FOV_${k + 1}`, box, label: undefined };
  });
  const path = "tables/FOV_ROI_table";
  const table = newRoiTable({ path, zarrFormat: format, backend: "csv", rois });
  await createTable({ store, table });
  return entries;
}

/** The metadata alone. */
export function createImageOf(
  store: MemoryStore,
  { format, height, width, chunk, levels }: Pyramid,
  chunkOf = (_level: number) => chunk,
) {
  const levelAt = (k: number) => {
    const [y, x] = [height >> k, width >> k];
    const [chunkY, chunkX] = chunkOf(k);
    return {
      shape: [CHANNELS, 1, y, x],
      chunks: [1, 1, Math.min(chunkY, y), Math.min(chunkX, x)],
      scale: [1, 1, VOXEL * 2 ** k, VOXEL * 2 ** k],
    };
  };
  const coarser = Array.from({ length: levels - 1 }, (_, k) => levelAt(k + 1));
  return createImage(store, "", {
    format,
    name: "image",
    axes: (["c", "z", "y", "x"] as const).map((name) => ({
      name,
      unit: name === "c" ? undefined : "micrometer",
    })),
    levels: [levelAt(0), ...coarser],
    dtype: "uint16",
    compressor: "blosc-lz4",
    channels: COLORS.map((color, i) => ({
      label: `channel ${i}`,
      wavelengthId: undefined,
      color,
      active: true,
      window: { start: 100, end: 1200 },
    })),
  });
}

const COLORS = [
  [0, 255, 255],
  [255, 0, 255],
  [255, 255, 0],
] as const;

/** One channel: noise of four bits, as a camera has it, and round nuclei. */
function plane(channel: number, { height, width, nuclei }: Pyramid): Uint16Array<ArrayBuffer> {
  const random = randomOf(seedOf(channel, height, width));
  const pixels = new Uint16Array(height * width);
  for (let i = 0; i < pixels.length; i++) pixels[i] = 100 + Math.floor(16 * random.next());
  for (let k = 0; k < nuclei; k++) {
    const [cy, cx] = [random.between(0, height), random.between(0, width)];
    const [radius, peak] = [random.between(12, 26), random.between(300, 1800)];
    for (let y = Math.max(0, Math.floor(cy - radius)); y < Math.min(height, cy + radius); y++)
      for (let x = Math.max(0, Math.floor(cx - radius)); x < Math.min(width, cx + radius); x++) {
        const away = ((y - cy) ** 2 + (x - cx) ** 2) / radius ** 2;
        const at = y * width + x;
        if (away < 1) pixels[at] = Math.min(65535, (pixels[at] ?? 0) + peak * (1 - away));
      }
  }
  return pixels;
}
