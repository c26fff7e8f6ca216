/** A small stack with round cells in it and ROIs of several depths, for journeys that need an image with z. */
import { pixelBox } from "../src/geometry/box.ts";
import { worldFromPixel } from "../src/geometry/pixel-grid.ts";
import { newRoiTable } from "../src/roi/new-roi-table.ts";
import type { Roi } from "../src/roi/rois.ts";
import { createTable } from "../src/table/create-table.ts";
import { makeImage } from "../src/testing/make-image.ts";
import { writePixels } from "../src/testing/write-pixels.ts";
import { MemoryStore } from "../src/zarr/memory-store.ts";

/** z y x in voxels; a voxel is 1 × 0.5 × 0.5. */
export const STACK = [20, 320, 400] as const;
const CHUNK = 128;

/** Middles, z y x in voxels, and radii in world units. */
const CELLS: readonly (readonly [z: number, y: number, x: number, radius: number])[] = [
  [6, 100, 130, 7],
  [13, 110, 230, 6],
  [9, 220, 120, 9],
  [4, 230, 260, 5],
  [15, 210, 330, 6],
  [10, 60, 330, 8],
];

/** Bright cells on a dark ground or, as in transmitted light, dark ones on a bright ground. */
export async function stackImage(
  ground: "dark" | "bright" = "dark",
): Promise<ReadonlyMap<string, Uint8Array>> {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  const store = new MemoryStore({ kind: "memory", entries });
  const image = await makeImage(store, {
    axes: ["c", "z", "y", "x"],
    shape: [1, ...STACK],
    chunks: [1, 1, CHUNK, CHUNK],
    scale: [1, 1, 0.5, 0.5],
  });
  const { array, grid } = image.levels[0];
  const [depth, height, width] = STACK;
  const data = Uint16Array.from({ length: depth * height * width }, (_, i) => {
    const z = Math.floor(i / (height * width));
    const [y, x] = [Math.floor(i / width) % height, i % width];
    let light = 0;
    for (const [cz, cy, cx, radius] of CELLS) {
      const away = Math.hypot(z + 0.5 - cz, (y - cy) / 2, (x - cx) / 2);
      light = Math.max(light, 1 / (1 + Math.exp(2 * (away - radius))));
    }
    const noise = Math.imul(i + 1, 2654435761) >>> 26;
    return noise + (ground === "dark" ? 150 + 1500 * light : 1900 - 900 * light);
  });
  await writePixels(array, data);
  const boxes = [
    [3, 80, 110, 10, 120, 150],
    [9, 92, 212, 17, 128, 248],
    [0, 190, 90, 20, 250, 150],
  ] as const;
  const rois = boxes.map(
    ([z0, y0, x0, z1, y1, x1], i): Roi => ({
      name: `cell_${i + 1}`,
      box: worldFromPixel(grid, pixelBox([z0, y0, x0], [z1, y1, x1])),
      label: undefined,
    }),
  );
  const path = "tables/cell_ROI_table";
  const table = newRoiTable({ path, zarrFormat: 2, backend: "csv", rois });
  await createTable({ store, table });
  return entries;
}
