import { describe, expect, it } from "vitest";
import { isFault } from "../base/fault.ts";
import { worldBox, type Zyx } from "../geometry/box.ts";
import type { AxisName, Image } from "../ome/multiscale.ts";
import { numbersOf } from "../table/columns.ts";
import { readTable } from "../table/read-table.ts";
import type { Table } from "../table/table.ts";
import { computeHere } from "../testing/compute-here.ts";
import { recorded, voxelsOf } from "../testing/golden-features.ts";
import { makeImage } from "../testing/make-image.ts";
import { addLabel, type LabelPixels, writePixels } from "../testing/write-pixels.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import type { Executor } from "./executor.ts";
import { type MeasureFeaturesParams, measureFeatures } from "./kinds/measure-features.ts";
import type { Recipe, RecipeRoi } from "./recipe.ts";
import { resumeRun, run, undoRun } from "./run.ts";

const memory = () => new MemoryStore({ kind: "memory", entries: new Map() });

const quiet = () => undefined;

/** ROIs of whole rows of pixels that are 1 wide. */
const rows = (...ranges: readonly (readonly [from: number, to: number])[]): RecipeRoi[] =>
  ranges.map(([from, to], id) => ({
    id,
    name: `ROI_${id}`,
    box: worldBox([0, from, 0], [9, to, 99]),
  }));

function recipeOf(
  params: Partial<MeasureFeaturesParams>,
  rois: readonly RecipeRoi[],
): Recipe<"measure-features"> {
  return {
    task: "measure-features",
    level: "0",
    t: 0,
    params: { ...measureFeatures.defaults, label: "cells", ...params },
    outputName: "features",
    rois,
  };
}

async function measured(
  image: Image,
  params: Partial<MeasureFeaturesParams>,
  rois: readonly RecipeRoi[],
): Promise<Table> {
  const recipe = recipeOf(params, rois);
  const executor = await computeHere(image, recipe, 3);
  await run(image, { recipe, replace: false, version: "1" }, { executor, onEvent: quiet });
  return readTable(image.store, "tables/features", image.zarrFormat);
}

const labelsIn = ({ index }: Table) => index.values.map(Number);
const numbersIn = ({ columns }: Table, name: string): number[] => {
  const column = columns.get(name);
  return column ? [...numbersOf(column)] : [];
};

const said = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "measured",
    (error: unknown) => (isFault(error) ? error.message : String(error)),
  );

/** An image of one channel and one plane, 16 × 12, whose pixels count on. */
async function counting(label: Omit<LabelPixels, "name">): Promise<Image> {
  const axes: AxisName[] = ["c", "y", "x"];
  const image = await makeImage(memory(), { axes, shape: [1, 16, 12], chunks: [1, 5, 7] });
  await writePixels(
    image.levels[0].array,
    Uint16Array.from({ length: 16 * 12 }, (_, i) => i),
  );
  return addLabel(image, { ...label, name: "cells" });
}

/** Blocks of 4 × 4 image pixels, each an object but every third; `at` says which voxel of the image is meant. */
const blocks = (height: number, width: number, step: number) =>
  Uint32Array.from({ length: height * width }, (_, i) => {
    const y = Math.floor(Math.floor(i / width) * step);
    const x = Math.floor((i % width) * step);
    const block = 1 + 3 * Math.floor(y / 4) + Math.floor(x / 4);
    return block % 3 === 0 ? 0 : block;
  });

const plain = (data: LabelPixels["data"]): Omit<LabelPixels, "name"> => ({
  axes: ["y", "x"],
  shape: [16, 12],
  scale: [1, 1],
  dtype: "uint32",
  data,
});

/** Equal to what Fractal gave, but for rounding. */
function expectNear(
  found: readonly number[],
  values: readonly (number | string)[],
  name: string,
): void {
  expect(found, name).toHaveLength(values.length);
  for (const [row, exact] of values.entries()) {
    const wanted = Number(exact);
    const value = found[row] ?? Number.POSITIVE_INFINITY;
    const isNear = Math.abs(value - wanted) <= 1e-6 * Math.abs(wanted) + 1e-7;
    expect(isNear || Object.is(value, wanted), `${name} ${row}: ${value}, ${wanted}`).toBe(true);
  }
}

describe.each(recorded.features)("measuring $name", (golden) => {
  const { shape, columns, channels, dtype, time } = golden;
  const isInPixels = golden.spacing[2] === 1;
  const scale: Zyx = isInPixels ? [3, 0.5, 0.5] : golden.spacing;

  it.each(["anndata", "csv"] as const)("gives Fractal's table as %s", async (backend) => {
    const names = Object.keys(channels);
    const times = time === undefined ? 1 : 3;
    const bare = await makeImage(memory(), {
      axes: ["t", "c", "z", "y", "x"],
      shape: [times, names.length, ...shape],
      chunks: [1, 1, 1, 5, 9],
      scale: [(time ?? 0) / 2 || 1, 1, ...scale],
      dtype,
    });
    // What was recorded is the last time point; before it there is nothing.
    const inTime = (values: readonly number[]) => [
      ...new Array<number>((times - 1) * values.length).fill(0),
      ...values,
    ];
    const pixels = voxelsOf(dtype, inTime(Object.values(channels).flat()));
    await writePixels(bare.levels[0].array, pixels);
    const data = Uint32Array.from(inTime(golden.labels));
    const axes: AxisName[] = ["t", "z", "y", "x"];
    const label = {
      axes,
      shape: [times, ...shape],
      scale: [1, ...scale],
      dtype: "uint32",
    } as const;
    const image = await addLabel(bare, { ...label, name: "cells", data });
    const [z, y, x] = shape;
    const box = worldBox([0, 0, 0], [z * scale[0], y * scale[1], x * scale[2]]);
    const table = await measured(
      image,
      {
        shape: "hull",
        inPixels: isInPixels,
        backend,
        channels: names.map((_, i) => ({ mode: "index", identifier: String(i) })),
      },
      [{ id: 0, name: "FOV_1", box }],
    );
    const { label: ids = [], ...expected } = columns;
    expect(labelsIn(table)).toEqual(ids);
    expect([...(table.columns.get("region")?.values ?? [])]).toEqual(expected["region"]);
    if (time === undefined) expect(numbersIn(table, "time_index")).toEqual(ids.map(() => 0));
    for (const [name, values] of Object.entries(expected)) {
      const stored = names.reduce((text, channel, i) => text.replace(`-${channel}`, `-${i}`), name);
      if (name !== "region") expectNear(numbersIn(table, stored), values, name);
    }
  });
});

describe("a label of another resolution", () => {
  const counts = (table: Table) => [labelsIn(table), numbersIn(table, "num_pixels")];

  it.each([
    ["as fine", 1],
    ["coarser", 2],
    ["much coarser", 4],
    ["finer", 0.5],
  ])("that is %s is brought to the image's", async (_, step) => {
    const [height, width] = [16 / step, 12 / step];
    const image = await counting({
      axes: ["y", "x"],
      shape: [height, width],
      scale: [step, step],
      dtype: "uint32",
      data: blocks(height, width, step),
    });
    const table = await measured(image, {}, rows([0, 16]));
    expect(counts(table)).toEqual([
      [1, 2, 4, 5, 7, 8, 10, 11],
      [16, 16, 16, 16, 16, 16, 16, 16],
    ]);
    // Of pixels that count on, the first of a block, and the last three rows and columns on.
    const first = [0, 4, 48, 52, 96, 100, 144, 148];
    expect(numbersIn(table, "intensity_min-channel 0")).toEqual(first);
    expect(numbersIn(table, "intensity_max-channel 0")).toEqual(first.map((n) => n + 3 * 12 + 3));
  });

  it.each([
    { finest: 0.125, second: 0.5, objects: 8 },
    { finest: 1, second: 2, objects: 1 },
  ])("is read at the level whose pixels are the nearest in size", async (given) => {
    const { finest, second, objects } = given;
    const at = (scale: number) => ({ shape: [16 / scale, 12 / scale], scale: [scale, scale] });
    const [height = 0, width = 0] = at(second).shape;
    const image = await counting({
      axes: ["y", "x"],
      ...at(finest),
      dtype: "uint32",
      data: new Uint32Array((16 / finest) * (12 / finest)).fill(1),
      coarser: { ...at(second), data: blocks(height, width, second) },
    });
    expect(labelsIn(await measured(image, {}, rows([0, 16])))).toHaveLength(objects);
  });

  it("that is flat holds for every plane and every time point", async () => {
    const axes: AxisName[] = ["t", "z", "y", "x"];
    const bare = await makeImage(memory(), { axes, shape: [2, 3, 4, 6], chunks: [1, 1, 4, 6] });
    await writePixels(bare.levels[0].array, new Uint16Array(2 * 3 * 4 * 6).fill(7));
    const data = Uint8Array.from({ length: 24 }, (_, i) => (i % 6 < 2 ? 9 : 0));
    const flat = { name: "cells", axes: ["y", "x"] as const, scale: [1, 1], data };
    const image = await addLabel(bare, { ...flat, shape: [4, 6], dtype: "uint8" });
    const roi = { id: 0, name: "upper planes", box: worldBox([1, 0, 0], [3, 4, 6]) };
    const table = await measured(image, {}, [roi]);
    expect(counts(table)).toEqual([
      [9, 9],
      [16, 16],
    ]);
    expect([...table.columns.keys()]).not.toContain("perimeter");
  });

  it("that cannot be this image's is refused in a sentence, and no table is left", async () => {
    const wide = await counting({ ...plain(new Uint32Array(16 * 20)), shape: [16, 20] });
    expect(await said(measured(wide, {}, rows([0, 16])))).toBe(
      'The label "cells" covers 16 × 20 (y × x, world units) and the image 16 × 12',
    );
    const deep = await counting({
      axes: ["z", "y", "x"],
      shape: [3, 16, 12],
      scale: [1, 1, 1],
      dtype: "uint32",
      data: new Uint32Array(3 * 16 * 12),
    });
    expect(await said(measured(deep, {}, rows([0, 16])))).toBe(
      'The label "cells" has 3 planes and the image one',
    );
    const late = await counting({
      axes: ["t", "y", "x"],
      shape: [2, 16, 12],
      scale: [1, 1, 1],
      dtype: "uint32",
      data: new Uint32Array(2 * 16 * 12),
    });
    expect(await said(measured(late, {}, rows([0, 16])))).toBe(
      'The label "cells" has 2 time points and the image 1',
    );
    const soft = await counting({ ...plain(new Float32Array(192)), dtype: "float32" });
    expect(await said(measured(soft, {}, rows([0, 16])))).toBe(
      'The label "cells" holds float32, which are no ids',
    );
    expect(await said(measured(soft, { label: "nuclei" }, rows([0, 16])))).toBe(
      'The image has no label "nuclei"; it has "cells"',
    );
    for (const { store } of [wide, deep, late, soft])
      expect(await said(readTable(store, "tables/features", 2))).not.toBe("measured");
  });
});

describe("ids", () => {
  it.each([
    ["uint64", BigUint64Array.of(4294967295n)],
    ["int64", BigInt64Array.of(5n)],
    ["int8", Int8Array.of(5)],
    ["bool", Uint8Array.of(1)],
  ] as const)("of %s are kept", async (dtype, [id = 0]) => {
    const ids = { int64: BigInt64Array, uint64: BigUint64Array, int8: Int8Array, bool: Uint8Array };
    const data = new ids[dtype](192);
    (data as { fill(value: unknown): unknown }).fill(id);
    const table = await measured(await counting({ ...plain(data), dtype }), {}, rows([0, 4]));
    expect(labelsIn(table)).toEqual([Number(id)]);
  });

  it("of more than 32 bits are refused", async () => {
    const data = new BigUint64Array(192).fill(4294967296n);
    const image = await counting({ ...plain(data), dtype: "uint64" });
    expect(await said(measured(image, {}, rows([0, 4])))).toBe(
      "The label has the id 4294967296, and Fovea tells ids apart up to 4294967295",
    );
  });

  it("below 0 are background", async () => {
    const data = new BigInt64Array(192).fill(-3n);
    data[5] = 2n;
    const image = await counting({ ...plain(data), dtype: "int64" });
    expect(labelsIn(await measured(image, {}, rows([0, 4])))).toEqual([2]);
  });
});

describe("ROIs", () => {
  it("that cut an object have a row for it each, those without objects none", async () => {
    const data = new Uint32Array(192);
    for (let y = 2; y < 8; y++) data.fill(7, 12 * y + 3, 12 * y + 6);
    const rois = rows([0, 5], [12, 16], [20, 30], [5, 12], [0, 16]);
    const table = await measured(await counting(plain(data)), {}, rois);
    expect(labelsIn(table)).toEqual([7, 7, 7]);
    expect(table.columns.get("region")?.values).toEqual(["ROI_0", "ROI_3", "ROI_4"]);
    expect(numbersIn(table, "num_pixels")).toEqual([9, 9, 18]);
    expect(table.attributes).toMatchObject({
      type: "feature_table",
      backend: "anndata_v1",
      index_key: "label",
      instance_key: "label",
      region: { path: "../labels/cells" },
      fovea: { run: { recipe: { task: "measure-features" } } },
    });
  });

  it("without any object leave a table of no rows with all columns", async () => {
    const image = await counting(plain(new Uint32Array(192)));
    for (const backend of ["anndata", "csv"] as const) {
      const recipe = recipeOf({ backend }, rows([0, 8], [8, 16]));
      const executor = await computeHere(image, recipe, 2);
      await run(image, { recipe, replace: true, version: "1" }, { executor, onEvent: quiet });
      const table = await readTable(image.store, "tables/features", 2);
      expect(labelsIn(table)).toEqual([]);
      expect(table.columns.size).toBe(12 + 5 + 2);
    }
  });

  it("are measured at every time point, one time point after the other", async () => {
    const axes: AxisName[] = ["t", "y", "x"];
    const shape = [3, 4, 6];
    const bare = await makeImage(memory(), { axes, shape, chunks: [2, 3, 3], scale: [2.5, 1, 1] });
    await writePixels(
      bare.levels[0].array,
      Uint16Array.from({ length: 72 }, (_, i) => Math.floor(i / 24)),
    );
    const data = Uint16Array.from({ length: 72 }, (_, i) => (i % 24 < 12 ? 1 : 2));
    const label = {
      name: "cells",
      axes,
      shape,
      scale: [2.5, 1, 1],
      dtype: "uint16",
      data,
    } as const;
    const table = await measured(await addLabel(bare, label), {}, rows([0, 3], [3, 4]));
    expect(labelsIn(table)).toEqual([1, 2, 2, 1, 2, 2, 1, 2, 2]);
    expect(numbersIn(table, "num_pixels")).toEqual([12, 6, 6, 12, 6, 6, 12, 6, 6]);
    expect(numbersIn(table, "time_index")).toEqual([0, 0, 0, 2.5, 2.5, 2.5, 5, 5, 5]);
    expect(numbersIn(table, "intensity_mean-channel 0")).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2]);
  });
});

describe("channels", () => {
  async function threeChannels(names: readonly string[]): Promise<Image> {
    const axes: AxisName[] = ["c", "y", "x"];
    const bare = await makeImage(memory(), { axes, shape: [3, 4, 4], chunks: [2, 4, 4] });
    await writePixels(
      bare.levels[0].array,
      Uint16Array.from({ length: 48 }, (_, i) => 10 * Math.floor(i / 16)),
    );
    const data = new Uint8Array(16).fill(1);
    const label = { name: "cells", axes: ["y", "x"] as const, shape: [4, 4], scale: [1, 1] };
    const image = await addLabel(bare, { ...label, dtype: "uint8", data });
    const channels = image.channels.map((channel, i) => ({ ...channel, label: names[i] ?? "" }));
    return { ...image, channels };
  }
  const means = (table: Table) =>
    [...table.columns.keys()]
      .filter((name) => name.startsWith("intensity_mean"))
      .map((name) => [name, ...numbersIn(table, name)]);

  it("are all, by their labels, unless some are chosen, by what they are called", async () => {
    const image = await threeChannels(["a", "b", "a-b"]);
    const all = await measured(image, { shape: "none" }, rows([0, 4]));
    expect(means(all)).toEqual([
      ["intensity_mean-a", 0],
      ["intensity_mean-b", 10],
      ["intensity_mean-a-b", 20],
    ]);
    const recipe = { mode: "index", identifier: "2" } as const;
    const other = await threeChannels(["a", "b", "c"]);
    const some = await measured(
      other,
      { channels: [recipe, { mode: "label", identifier: "a" }] },
      rows([0, 4]),
    );
    expect(means(some)).toEqual([
      ["intensity_mean-2", 20],
      ["intensity_mean-a", 0],
    ]);
  });

  it("that cannot be told apart, or are not there, are refused", async () => {
    const image = await threeChannels(["a", "b", "a"]);
    expect(await said(measured(image, {}, rows([0, 4])))).toBe(
      'Two channels are named "a", and features are told apart by their channel\'s name; choose channels by index',
    );
    const channels = [{ mode: "label", identifier: "d" }] as const;
    expect(await said(measured(image, { channels }, rows([0, 4])))).toBe(
      'The image has no channel labelled "d"; it has "a", "b", "a"',
    );
  });
});

describe("a run that makes a table alone", () => {
  const rois = rows([0, 4], [4, 8], [8, 12], [12, 16], [2, 14]);
  const job = { recipe: recipeOf({ shape: "hull" }, rois), replace: false, version: "1" };

  it("goes on after a pause without measuring an ROI again, and gives the same table", async () => {
    const whole = await counting(plain(blocks(16, 12, 1)));
    const expected = await measured(whole, { shape: "hull" }, rois);
    for (let pauseAfter = 0; pauseAfter < rois.length; pauseAfter++) {
      const image = await counting(plain(blocks(16, 12, 1)));
      const folder = memory();
      const here = await computeHere(image, job.recipe, 1);
      const computed: string[] = [];
      const pause = new AbortController();
      const executor: Executor = {
        size: 1,
        compute: (unit, options) => {
          computed.push(unit.roi.name);
          if (computed.length > pauseAfter) pause.abort();
          return here.compute(unit, options);
        },
      };
      const tools = { executor, onEvent: quiet, folder };
      const paused = await said(run(image, job, { ...tools, pause: pause.signal }));
      if (pauseAfter + 1 < rois.length) {
        expect(paused).toBe(`Paused after ${pauseAfter + 1} of ${rois.length} ROIs`);
        await resumeRun(image, tools);
      }
      expect(computed).toEqual(rois.map(({ name }) => name));
      const table = await readTable(image.store, "tables/features", 2);
      expect(labelsIn(table)).toEqual(labelsIn(expected));
      expect([...table.columns]).toEqual([...expected.columns]);
    }
  });

  it("is taken back as if it had never been", async () => {
    const image = await counting(plain(blocks(16, 12, 1)));
    const { entries } = (image.store as MemoryStore).spec;
    const before = new Map(entries);
    const folder = memory();
    const executor = await computeHere(image, job.recipe, 2);
    await run(image, job, { executor, onEvent: quiet, folder });
    expect(entries.size).toBeGreaterThan(before.size);
    await undoRun(image, folder);
    expect(entries).toEqual(before);
  });
});
