/** The plain way to segment a folder's ROIs: one after the other, each read, labelled, and merged into its chunks on disk. */
import { worldBox } from "../../src/geometry/box.ts";
import { openImage } from "../../src/ome/open-image.ts";
import { roisFromTable } from "../../src/roi/roi-table.ts";
import { idsOf, roiAt } from "../../src/roi/rois.ts";
import { readTable } from "../../src/table/read-table.ts";
import { computeTask } from "../../src/tasks/compute.ts";
import { thresholdSegmentation } from "../../src/tasks/kinds/threshold-segmentation.ts";
import { planRun, type Unit } from "../../src/tasks/plan.ts";
import { prepare } from "../../src/tasks/prepare.ts";
import type { Recipe } from "../../src/tasks/recipe.ts";
import type { ZarrArray } from "../../src/zarr/array.ts";
import { placeOf } from "../../src/zarr/chunk-grid.ts";
import { chunkKey } from "../../src/zarr/chunk-key.ts";
import { ChunkReader } from "../../src/zarr/chunk-reader.ts";
import { decodeChunk } from "../../src/zarr/decode.ts";
import { encodeChunk } from "../../src/zarr/encode.ts";
import { createArray } from "../../src/zarr/hierarchy.ts";
import { openStore } from "../../src/zarr/open-store.ts";
import { mergePatch, type Patch } from "../../src/zarr/patch.ts";
import { filled, sizeOf } from "../../src/zarr/pixels.ts";
import { keyOf, writable } from "../../src/zarr/store.ts";

declare global {
  interface Window {
    /** Settles once a folder was dropped on the page and segmented. @returns milliseconds, without a pyramid */
    segmentPlainly: Promise<number>;
  }
}

/** Not yet in TypeScript's libraries. */
interface Dropped {
  getAsFileSystemHandle(): Promise<FileSystemDirectoryHandle>;
}

/** Of a label: chunks as large as those of the run's. */
async function labelIn(image: Awaited<ReturnType<typeof openImage>>): Promise<ZarrArray> {
  const { shape, chunks } = image.levels[0].array;
  return createArray(writable(image.store), "plain", {
    format: 2,
    shape: shape.slice(1),
    chunks: chunks.slice(1),
    dtype: "uint32",
    fill: 0,
    separator: "/",
    compressor: "blosc-zstd",
  });
}

async function merge(array: ZarrArray, unit: Unit, patch: Patch): Promise<void> {
  for (const coords of unit.chunks) {
    const key = keyOf(array.path, chunkKey(array, coords));
    const bytes = await array.store.get(key);
    const pixels = bytes
      ? (await decodeChunk(array, bytes)).data
      : filled(array, sizeOf(array.chunks));
    mergePatch(pixels, placeOf(array, coords), patch, "overwrite");
    await writable(array.store).set(key, await encodeChunk(array, pixels));
  }
}

async function segmentIn(handle: FileSystemDirectoryHandle): Promise<number> {
  const image = await openImage(openStore({ kind: "directory", handle }), "");
  const { rois } = roisFromTable(await readTable(image.store, "tables/FOV_ROI_table", 2));
  const recipe: Recipe = {
    task: "threshold-segmentation",
    level: "0",
    t: 0,
    params: thresholdSegmentation.defaults,
    outputName: "plain",
    rois: idsOf(rois).map((id) => {
      const { name, box } = roiAt(rois, id) ?? { name: "", box: worldBox([0, 0, 0], [0, 0, 0]) };
      return { id, name, box };
    }),
  };
  const label = await labelIn(image);
  const { inputs, taskOf } = await prepare(image, recipe);
  const { units } = planRun(recipe, image);
  const reader = new ChunkReader({ cacheBytes: 0 });
  const begin = performance.now();
  let objects = 0;
  for (const unit of units) {
    const result = await computeTask(reader, inputs, taskOf(unit));
    if (result.kind !== "label") throw new Error("This task makes no label");
    const { labels, count } = result;
    for (let i = 0; i < labels.length; i++) if (labels[i]) labels[i] = (labels[i] ?? 0) + objects;
    objects += count;
    const { min, max } = unit.box;
    const shape = max.map((to, axis) => to - (min[axis] ?? 0));
    await merge(label, unit, { min, shape, data: labels });
  }
  return performance.now() - begin;
}

window.segmentPlainly = new Promise((resolve, reject) => {
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    const [item] = event.dataTransfer?.items ?? [];
    const handle = (item as Dropped | undefined)?.getAsFileSystemHandle();
    handle?.then(segmentIn).then(resolve, reject);
  });
});
