/** The image that the bench of a task runs on: one channel of a well, repeated until it is large, as a folder's files. */
import { DEMO_WELLS } from "../../src/demo/layout.ts";
import { makeDemo } from "../../src/demo/make-demo.ts";
import { type Box, lengthsOf, pixelBox, volumeOf } from "../../src/geometry/box.ts";
import { pixelFromWorld, worldFromPixel } from "../../src/geometry/pixel-grid.ts";
import { selection } from "../../src/ome/axes.ts";
import { createImage } from "../../src/ome/create-image.ts";
import type { Image } from "../../src/ome/multiscale.ts";
import { openNode } from "../../src/ome/open-node.ts";
import { PyramidWriter } from "../../src/ome/pyramid-writer.ts";
import { newRoiTable } from "../../src/roi/new-roi-table.ts";
import { roisFromTable } from "../../src/roi/roi-table.ts";
import { idsOf, roiAt } from "../../src/roi/rois.ts";
import { createTable } from "../../src/table/create-table.ts";
import { readTable } from "../../src/table/read-table.ts";
import type { NumberType, Pixels } from "../../src/zarr/array.ts";
import { ChunkReader } from "../../src/zarr/chunk-reader.ts";
import { MemoryStore } from "../../src/zarr/memory-store.ts";
import { openStore } from "../../src/zarr/open-store.ts";
import { readRegion } from "../../src/zarr/region.ts";
import type { Store } from "../../src/zarr/store.ts";
import { openFolder } from "../interop/folder.ts";

const CHUNK = 512;
/** The coarsest level of the pyramid is no larger than a screen. */
const COARSEST = 1024;

/** One well: its first channel at the finest level, z y x, and its fields of view there. */
export interface Tile {
  readonly pixels: Pixels;
  readonly dtype: NumberType;
  readonly whole: Box<"pixel">;
  readonly scale: readonly [number, number, number];
  readonly fields: readonly Box<"pixel">[];
}

/** @param source the path or the address of an OME-Zarr: the first image there, at its finest level; without, the demo's */
export async function tileOf(source: string | undefined): Promise<Tile> {
  const image = source === undefined ? await demoImage() : await firstImage(storeOf(source), "");
  const { array, grid, scale } = image.levels[0];
  const { dtype } = array;
  if (dtype === "int64" || dtype === "uint64") throw new Error(`${image.path} holds ${dtype}`);
  const whole = pixelBox([0, 0, 0], grid.shape);
  const { min, max } = selection(image.axes, { t: 0, c: 0 }, whole);
  const pixels = await readRegion(new ChunkReader(), array, min, max);
  const path = [image.path, "tables", "FOV_ROI_table"].filter(Boolean).join("/");
  const { rois } = roisFromTable(await readTable(image.store, path, image.zarrFormat));
  const fields = idsOf(rois).flatMap((id) => {
    const roi = roiAt(rois, id);
    return roi ? pixelFromWorld(grid, roi.box) : [];
  });
  const [z = 1, y = 1, x = 1] = [1, ...scale].slice(-3);
  return { pixels, dtype, whole, scale: [z, y, x], fields };
}

async function demoImage(): Promise<Image> {
  const store = new MemoryStore();
  await makeDemo(store);
  return firstImage(store, `${DEMO_WELLS[0]?.path}/0`);
}

function storeOf(source: string): Store {
  if (/^https?:/.test(source)) return openStore({ kind: "url", url: source });
  return openFolder(source).store;
}

async function firstImage(store: Store, path: string): Promise<Image> {
  const node = await openNode(store, path);
  const below = (name: string | undefined) =>
    firstImage(store, [path, name ?? ""].filter(Boolean).join("/"));
  switch (node.kind) {
    case "image":
      return node.image;
    case "plate":
      return below(node.plate.wells[0]?.path);
    case "well":
      return below(node.well.images[0]?.path);
  }
}

export interface Tiled {
  readonly entries: ReadonlyMap<string, Uint8Array>;
  readonly rois: number;
  /** Of all ROIs. */
  readonly voxels: number;
}

/** The tile repeated `side` times along y and x, with a pyramid and a table of all its fields. */
export async function tiled(
  { pixels, dtype, whole, scale, fields }: Tile,
  side: number,
): Promise<Tiled> {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  const store = new MemoryStore({ kind: "memory", entries });
  const [depth, height, width] = lengthsOf(whole);
  const levelAt = (k: number) => {
    const shape = [1, depth, (height * side) >> k, (width * side) >> k];
    return {
      shape,
      chunks: [1, depth, CHUNK, CHUNK].map((n, i) => Math.min(n, shape[i] ?? n)),
      scale: [1, scale[0], scale[1] * 2 ** k, scale[2] * 2 ** k],
    };
  };
  const longest = side * Math.max(height, width);
  const levels = Math.max(0, Math.ceil(Math.log2(longest / COARSEST)));
  const image = await createImage(store, "", {
    format: 2,
    name: "bench",
    axes: (["c", "z", "y", "x"] as const).map((name) => ({
      name,
      unit: name === "c" ? undefined : "micrometer",
    })),
    levels: [levelAt(0), ...Array.from({ length: levels }, (_, k) => levelAt(k + 1))],
    dtype,
    compressor: "blosc-lz4",
    channels: [
      {
        label: "first",
        wavelengthId: undefined,
        color: [255, 255, 255],
        active: true,
        window: undefined,
      },
    ],
  });
  const [finest, ...coarser] = image.levels;
  const tilesIn = (chunk: number, length: number): number => {
    const last = Math.min((chunk + 1) * CHUNK, length * side) - 1;
    return Math.floor(last / length) - Math.floor((chunk * CHUNK) / length) + 1;
  };
  const writer = new PyramidWriter({
    arrays: [finest.array, ...coarser.map(({ array }) => array)],
    touches: ([, , y = 0, x = 0]) => tilesIn(y, height) * tilesIn(x, width),
    merge: "overwrite",
    existing: "fill",
    sample: "mean",
  });
  const corners = Array.from({ length: side * side }, (_, i) => {
    return [height * Math.floor(i / side), width * (i % side)] as const;
  });
  for (const [y, x] of corners)
    await writer.put({ min: [0, 0, y, x], shape: [1, depth, height, width], data: pixels });
  await writer.finish();
  const boxes = corners.flatMap(([y, x]) =>
    fields.map(({ min, max }) =>
      pixelBox([min[0], min[1] + y, min[2] + x], [max[0], max[1] + y, max[2] + x]),
    ),
  );
  const rois = boxes.map((box, i) => ({
    name: `FOV_${i + 1}`,
    box: worldFromPixel(finest.grid, box),
    label: undefined,
  }));
  const path = "tables/FOV_ROI_table";
  const table = newRoiTable({ path, zarrFormat: 2, backend: "csv", rois });
  await createTable({ store, table });
  return { entries, rois: rois.length, voxels: boxes.reduce((sum, box) => sum + volumeOf(box), 0) };
}
