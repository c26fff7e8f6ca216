/** Runs of "Measure features" give Fractal's table: its rows by ROI and time point, its columns by channel. */
import { describe, expect, it } from "vitest";
import { worldBox, type Zyx } from "../geometry/box.ts";
import type { AxisName, Image } from "../ome/multiscale.ts";
import { readTable } from "../table/read-table.ts";
import type { Table } from "../table/table.ts";
import { computeHere } from "../testing/compute-here.ts";
import { recorded, voxelsOf } from "../testing/golden-features.ts";
import { makeImage } from "../testing/make-image.ts";
import {
  counting,
  labelsIn,
  measured,
  numbersIn,
  plain,
  recipeOf,
  rows,
} from "../testing/measured.ts";
import { said } from "../testing/said.ts";
import { addLabel, writePixels } from "../testing/write-pixels.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { run } from "./run.ts";

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
    const bare = await makeImage(new MemoryStore(), {
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
      await run(
        image,
        { recipe, replace: true, version: "1" },
        { executor, onEvent: () => undefined },
      );
      const table = await readTable(image.store, "tables/features", 2);
      expect(labelsIn(table)).toEqual([]);
      expect(table.columns.size).toBe(12 + 5 + 2);
    }
  });

  it("are measured at every time point, one time point after the other", async () => {
    const axes: AxisName[] = ["t", "y", "x"];
    const shape = [3, 4, 6];
    const bare = await makeImage(new MemoryStore(), {
      axes,
      shape,
      chunks: [2, 3, 3],
      scale: [2.5, 1, 1],
    });
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
    const bare = await makeImage(new MemoryStore(), { axes, shape: [3, 4, 4], chunks: [2, 4, 4] });
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
