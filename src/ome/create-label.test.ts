/** Creating images and labels: what they look like when they are opened again. */
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../base/json.ts";
import type { ZarrFormat } from "../zarr/array.ts";
import { writeAttributes, writeGroup } from "../zarr/hierarchy.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { readNode } from "../zarr/node.ts";
import { createImage } from "./create-image.ts";
import { createLabel, imageLevels, labelLevels } from "./create-label.ts";
import { openLabel } from "./labels.ts";
import type { Image } from "./multiscale.ts";
import { openImage } from "./open-image.ts";
import { registerLabel, unregisterLabel } from "./register-label.ts";

const emptyStore = () => new MemoryStore();

function newImage(store: MemoryStore, format: ZarrFormat): Promise<Image> {
  const level = (k: number) => ({
    shape: [2, 3, Math.floor(1081 / 2 ** k), Math.floor(1280 / 2 ** k)],
    chunks: [1, 1, 540, 640],
    scale: [1, 1, 0.325 * 2 ** k, 0.325 * 2 ** k],
  });
  return createImage(store, "B/03/0", {
    format,
    name: "0",
    axes: [
      { name: "c", unit: undefined },
      { name: "z", unit: "micrometer" },
      { name: "y", unit: "micrometer" },
      { name: "x", unit: "micrometer" },
    ],
    levels: [level(0), level(1)],
    dtype: "uint16",
    compressor: "blosc-lz4",
    channels: [
      {
        label: "DAPI",
        color: [0, 0, 255],
        active: true,
        wavelengthId: "A01_C01",
        window: { start: 1, end: 9 },
      },
      {
        label: "GFP",
        color: [0, 255, 0],
        active: true,
        wavelengthId: undefined,
        window: undefined,
      },
    ],
    attributes: { mine: 1 },
  });
}

describe.each([2, 3] as const)("in Zarr v%i", (format) => {
  test("a created image opens as what was created", async () => {
    const store = emptyStore();
    const created = await newImage(store, format);
    const opened = await openImage(store, "B/03/0");
    expect(JSON.parse(JSON.stringify(opened))).toEqual(JSON.parse(JSON.stringify(created)));
    expect(opened.problems).toEqual([]);
    expect((await readNode(store, "B/03/0"))?.attributes["mine"]).toBe(1);
  });

  test("a label opens with the level's voxels, is unlisted until registered, and can be taken back", async () => {
    const store = emptyStore();
    const image = await newImage(store, format);
    const level = image.levels[1] ?? image.levels[0];
    const attributes: JsonObject = { fovea: { recipe: "label nuclei" } };
    const levels = labelLevels(image.axes, level);
    await createLabel(image, { name: "nuclei", levels, dtype: "uint32", attributes });
    const label = await openLabel(image, "nuclei");
    expect(label.axes.map(({ name }) => name).join("")).toBe("zyx");
    expect(label.levels[0].grid).toEqual(level.grid);
    expect(label.levels[0].array).toMatchObject({ dtype: "uint32", chunks: [1, 540, 640] });
    expect(label.problems).toEqual([]);
    const node = await readNode(store, "B/03/0/labels/nuclei");
    expect(node?.attributes).toMatchObject(attributes);
    expect(JSON.stringify(node?.attributes)).toContain('"source":{"image":"../../"}');

    expect((await openImage(store, "B/03/0")).labels).toEqual([]);
    await registerLabel(image, "nuclei");
    await registerLabel(image, "cells");
    await registerLabel(image, "nuclei");
    expect((await openImage(store, "B/03/0")).labels).toEqual(["nuclei", "cells"]);
    const list = await readNode(store, "B/03/0/labels");
    expect(JSON.stringify(list?.attributes)).toContain('"labels":["nuclei","cells"]');
    await unregisterLabel(image, "nuclei");
    expect((await openImage(store, "B/03/0")).labels).toEqual(["cells"]);
  });

  test("registering keeps what else the labels group says, hidden names too", async () => {
    const store = emptyStore();
    const image = await newImage(store, format);
    const list = format === 2 ? { labels: ["_hidden"] } : { ome: { labels: ["_hidden"], x: 1 } };
    await writeGroup(store, "B/03/0/labels", format, { ...list, other: [1] });
    await registerLabel(image, "nuclei");
    const attributes = (await readNode(store, "B/03/0/labels"))?.attributes;
    expect(attributes).toEqual(
      format === 2
        ? { labels: ["_hidden", "nuclei"], other: [1] }
        : { ome: { version: "0.5", labels: ["_hidden", "nuclei"], x: 1 }, other: [1] },
    );
  });
});

test("a flat list of an older 0.5 writer moves to where it belongs", async () => {
  const store = emptyStore();
  const image = await newImage(store, 3);
  await writeGroup(store, "B/03/0/labels", 3, {});
  await writeAttributes(store, "B/03/0/labels", 3, { labels: ["old"] });
  await registerLabel(image, "new");
  expect((await readNode(store, "B/03/0/labels"))?.attributes).toEqual({
    ome: { version: "0.5", labels: ["old", "new"] },
  });
});

test("unregistering where nothing is writes nothing", async () => {
  const store = emptyStore();
  const image = await newImage(store, 2);
  const before = store.spec.entries.size;
  await unregisterLabel(image, "nuclei");
  expect(store.spec.entries.size).toBe(before);
});

test("a label's levels halve, rounded down, at the same world size, until one chunk holds them", async () => {
  const image = await newImage(emptyStore(), 2);
  const levels = labelLevels(image.axes, image.levels[0]);
  expect(levels.map(({ shape }) => shape)).toEqual([
    [3, 1081, 1280],
    [3, 540, 640],
  ]);
  expect(levels[1]?.scale[1]).toBeCloseTo((0.325 * 1081) / 540, 12);
  expect(levels[1]?.scale[2]).toBe(0.65);
  expect(levels[1]?.chunks).toEqual([1, 540, 640]);
});

test("a label of the image's own levels has their names, shapes and scales, without channels", async () => {
  const image = await newImage(emptyStore(), 2);
  const levels = image.levels.map((level) => ({ ...level, name: `s${level.name}` }));
  const [finest = image.levels[0], ...coarser] = levels;
  const spec = imageLevels({ ...image, levels: [finest, ...coarser] });
  await createLabel(image, { name: "nuclei", levels: spec, dtype: "uint32" });
  const label = await openLabel(image, "nuclei");
  expect(label.problems).toEqual([]);
  expect(label.levels.map(({ name }) => name)).toEqual(["s0", "s1"]);
  expect(label.levels.map(({ grid }) => grid)).toEqual(image.levels.map(({ grid }) => grid));
});
