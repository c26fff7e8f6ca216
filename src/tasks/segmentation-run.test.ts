/** Whole runs of "Threshold segmentation": at a coarse level, to both resolutions, masked, and with the table of what was found. */
import { expect, it } from "vitest";
import { type Box, pixelBox, type Zyx } from "../geometry/box.ts";
import { pixelFromWorld, worldOf } from "../geometry/pixel-grid.ts";
import { openLabel } from "../ome/labels.ts";
import type { Image } from "../ome/multiscale.ts";
import { openImage } from "../ome/open-image.ts";
import { loadedAt } from "../roi/overlay.ts";
import { roisFromTable } from "../roi/roi-table.ts";
import { readTable } from "../table/read-table.ts";
import {
  coarseFields,
  coarseShape,
  fieldRois,
  makeCoarseNuclei,
} from "../testing/coarse-nuclei.ts";
import { computeHere } from "../testing/compute-here.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";
import { readWhole } from "../zarr/read-whole.ts";
import {
  type ThresholdSegmentationParams,
  thresholdSegmentation,
} from "./kinds/threshold-segmentation.ts";
import { objectRois } from "./object-rois.ts";
import type { Recipe, RecipeRoi } from "./recipe.ts";
import { run } from "./run.ts";
import { segment } from "./segment.ts";

const CHUNK = /\/labels\/\w+\/\d+\/\d+\/\d+$/;

function recipeOf(
  change: Partial<ThresholdSegmentationParams>,
  outputName = "nuclei",
  rois: readonly RecipeRoi[] = fieldRois,
): Recipe {
  const params = { ...thresholdSegmentation.defaults, ...change };
  return { task: "threshold-segmentation", params, level: "2", t: 0, outputName, rois };
}

async function label(store: WatchedStore, recipe: Recipe): Promise<void> {
  const image = await openImage(store, "B/03/0");
  const executor = await computeHere(image, recipe, 4);
  const job = { recipe, replace: false, version: "1" };
  await run(image, job, { executor, onEvent: () => undefined });
}

async function made(): Promise<{ readonly store: WatchedStore; readonly image: Image }> {
  const store = new WatchedStore();
  const image = await makeCoarseNuclei(store);
  store.operations.length = 0;
  return { store, image };
}

async function levelsOf(image: Image, name: string): Promise<readonly (readonly number[])[]> {
  const { levels } = await openLabel(image, name);
  const read = levels.map(async ({ array }) => Array.from((await readWhole(array)).data, Number));
  return Promise.all(read);
}

async function pixelsOf(image: Image): Promise<Uint16Array> {
  const { data } = await readWhole((image.levels[2] ?? image.levels[0]).array);
  return Uint16Array.from(data, Number);
}

/** The voxels of a box of the coarse level. */
function cut<T>(values: ArrayLike<T>, { min, max }: Box<"pixel">): T[] {
  const found: T[] = [];
  for (let y = min[1]; y < max[1]; y++)
    for (let x = min[2]; x < max[2]; x++)
      found.push(
        ...Array.prototype.slice.call(values, y * coarseShape[2] + x, y * coarseShape[2] + x + 1),
      );
  return found;
}

/** The coarse level after labelling one box after the other; where a mask is given, only there. */
function oneByOne(
  pixels: Uint16Array,
  boxes: readonly Box<"pixel">[],
  params: ThresholdSegmentationParams,
  masks: readonly (readonly boolean[])[] = [],
): number[] {
  const whole = new Array<number>(pixels.length).fill(0);
  let objects = 0;
  for (const [i, box] of boxes.entries()) {
    const mask = masks[i];
    const seen = Uint16Array.from(cut(pixels, box), (value, at) =>
      mask?.[at] === false ? 0 : value,
    );
    const [height, width] = [box.max[1] - box.min[1], box.max[2] - box.min[2]];
    const { labels, count } = segment(seen, [1, height, width], params);
    for (const [at, id] of labels.entries()) {
      if (mask?.[at] === false) continue;
      const y = box.min[1] + Math.floor(at / width);
      whole[y * coarseShape[2] + box.min[2] + (at % width)] = id === 0 ? 0 : id + objects;
    }
    objects += count;
  }
  return whole;
}

/** Each voxel twice along y and x. */
function twice(values: readonly number[], [, height, width]: Zyx): number[] {
  return Array.from({ length: 4 * values.length }, (_, i) => {
    const [y, x] = [Math.floor(i / (2 * width)), i % (2 * width)];
    return values[(y >> 1) * width + (x >> 1)] ?? 0;
  }).slice(0, 4 * height * width);
}

it("labels fields of view that share one chunk as each alone, and stores that chunk once per level", async () => {
  const { store, image } = await made();
  const recipe = recipeOf({});
  await label(store, recipe);
  const expected = oneByOne(await pixelsOf(image), coarseFields, thresholdSegmentation.defaults);
  expect(Math.max(...expected)).toBeGreaterThan(20);
  expect(await levelsOf(image, "nuclei")).toEqual([expected]);
  expect(store.sets.filter((key) => CHUNK.test(key))).toEqual(["/B/03/0/labels/nuclei/0/0/0"]);
});

it("brings them to all levels of the image, each chunk stored once", async () => {
  const { store, image } = await made();
  await label(store, recipeOf({ resolution: "image" }));
  const coarse = oneByOne(await pixelsOf(image), coarseFields, thresholdSegmentation.defaults);
  const middle = twice(coarse, coarseShape);
  const finest = twice(middle, [1, 2 * coarseShape[1], 2 * coarseShape[2]]);
  expect(await levelsOf(image, "nuclei")).toEqual([finest, middle, coarse]);
  const { levels } = await openLabel(image, "nuclei");
  expect(levels.map(({ name }) => name)).toEqual(["0", "1", "2"]);
  expect(levels.map(({ grid }) => grid)).toEqual(image.levels.map(({ grid }) => grid));
  const chunks = store.sets.filter((key) => CHUNK.test(key));
  expect(new Set(chunks).size).toBe(chunks.length);
  expect(chunks.filter((key) => key.includes("/nuclei/2/"))).toHaveLength(1);
  expect(chunks).toHaveLength(1 + 2 * 3 + 4 * 5);
});

it("keeps the boxes of the objects as a masking ROI table, in the world", async () => {
  const { store, image } = await made();
  await label(store, recipeOf({ maskingTable: true }, "cells"));
  const path = "B/03/0/tables/cells_masking_ROI_table";
  const table = await readTable(store, path, 2);
  expect(table.attributes).toMatchObject({
    type: "masking_roi_table",
    region: { path: "../labels/cells" },
    instance_key: "label",
  });
  expect(await store.get("/B/03/0/tables/.zattrs")).toBeDefined();
  const [level] = (await openLabel(image, "cells")).levels;
  const { rois } = roisFromTable(table);
  const [voxels = []] = await levelsOf(image, "cells");
  expect(table.index.values).toHaveLength(Math.max(...voxels));
  for (const row of [0, 7, table.index.values.length - 1]) {
    const { box, label: id } = loadedAt(rois.base, row) ?? {};
    const places = voxels.flatMap((voxel, i) => (voxel === id ? i : []));
    const [ys, xs] = [
      places.map((i) => Math.floor(i / coarseShape[2])),
      places.map((i) => i % coarseShape[2]),
    ];
    expect(box && pixelFromWorld(level.grid, box)).toEqual(
      pixelBox(
        [0, Math.min(...ys), Math.min(...xs)],
        [1, Math.max(...ys) + 1, Math.max(...xs) + 1],
      ),
    );
  }
});

it("confines each ROI to its object, by a label or by its masking table alike", async () => {
  const { store, image: bare } = await made();
  await writeBands(store);
  const image = await openImage(store, "B/03/0");
  const level = image.levels[2] ?? image.levels[0];
  const rois = await objectRois(image, level, "regions", 0, new ChunkReader());
  expect(rois.length).toBeGreaterThan(1);
  const table = await readTable(store, "B/03/0/tables/regions_masking_ROI_table", 2);
  const rows = roisFromTable(table).rois.base;
  expect(rois.map(({ name, box, label: id }) => ({ name, box, label: id }))).toEqual(
    rois.map((_, row) => loadedAt(rows, row)),
  );

  const [, , coarse = []] = await levelsOf(image, "regions");
  const boxes = rois.map(({ box }) => pixelFromWorld(level.grid, box));
  const masks = boxes.map((box, i) => cut(coarse, box).map((id) => id === rois[i]?.label));
  const byLabel = { kind: "label", name: "regions" } as const;
  const byTable = { kind: "table", name: "regions_masking_ROI_table" } as const;
  // The second finds specks of noise too, which are all over the boxes.
  for (const threshold of [{ kind: "otsu" }, { kind: "fixed", value: 240 }] as const) {
    const inside = { sigma: 0, minimumSize: 3, threshold };
    const params = { ...thresholdSegmentation.defaults, ...inside };
    const expected = oneByOne(await pixelsOf(bare), boxes, params, masks);
    expect(expected).not.toEqual(oneByOne(await pixelsOf(bare), boxes, params));
    const names = [byLabel, byTable].map(({ kind }) => `${threshold.kind}_by_${kind}`);
    for (const [i, masking] of [byLabel, byTable].entries())
      await label(store, recipeOf({ ...inside, masking }, names[i], rois));
    for (const name of names) expect(await levelsOf(image, name)).toEqual([expected]);
  }
});

/** A label "regions" of all the image's levels, with its table: diagonal bands, whose boxes overlap. */
async function writeBands(store: WatchedStore): Promise<void> {
  const image = await openImage(store, "B/03/0");
  const whole = { id: 0, name: "whole", box: worldOf(image.levels[0].grid) };
  const recipe = recipeOf({ maskingTable: true, resolution: "image" }, "regions", [whole]);
  const labels = Uint32Array.from({ length: coarseShape[1] * coarseShape[2] }, (_, i) => {
    const along = (i % coarseShape[2]) + Math.floor(i / coarseShape[2]);
    return along % 60 < 35 ? 1 + Math.floor(along / 60) : 0;
  });
  const compute = async () => ({ kind: "label", labels, count: 5 }) as const;
  const job = { recipe, replace: false, version: "1" };
  await run(image, job, { executor: { size: 1, compute }, onEvent: () => undefined });
}

it("confines an ROI that is about no object to all objects", async () => {
  const { store } = await made();
  await label(store, recipeOf({ minimumSize: 40 }, "regions"));
  const masking = { kind: "label", name: "regions" } as const;
  const all = { kind: "fixed", value: 0 } as const;
  await label(store, recipeOf({ sigma: 0, minimumSize: 0, threshold: all, masking }, "again"));
  const image = await openImage(store, "B/03/0");
  const [[regions = []], [again = []]] = [
    [(await levelsOf(image, "regions"))[0]],
    [(await levelsOf(image, "again"))[0]],
  ];
  expect(regions.some((id) => id > 0)).toBe(true);
  expect(again.map((id) => id > 0)).toEqual(regions.map((id) => id > 0));
});

it.each([
  [{ kind: "label", name: "cells" }, 'no label "cells" to mask by; it has none'],
  [{ kind: "table", name: "cells_ROI_table" }, 'no table "cells_ROI_table" to mask by'],
] as const)("says what is missing to mask by: %o", async (masking, sentence) => {
  const { store } = await made();
  await expect(label(store, recipeOf({ masking }))).rejects.toMatchObject({
    message: expect.stringContaining(sentence),
  });
});
