/** Runs of "Project along z" give what Fractal's projection gives, each chunk stored once, however the volume is cut into chunks. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { worldBox } from "../geometry/box.ts";
import type { AxisName } from "../ome/multiscale.ts";
import { said } from "../testing/said.ts";
import {
  makeVolume,
  pixelsOf,
  projected,
  recipeOf,
  small,
  type Volume,
  wellOf,
} from "../testing/volume-image.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { readNode } from "../zarr/node.ts";
import { readWhole } from "../zarr/read-whole.ts";
import { planRun } from "./plan.ts";
import { levelOf } from "./recipe.ts";
import { wholeImage } from "./whole-image.ts";

/** One plane after the other, plainly: Fractal's "Project Image". */
function plainly(volume: Volume, method: "max" | "min" | "mean" | "sum"): number[] {
  const pixels = pixelsOf(volume);
  const [height = 1, width = 1] = volume.shape.slice(-2);
  const planes = volume.shape[volume.axes.indexOf("z")] ?? 1;
  const size = height * width;
  const out: number[] = [];
  for (let stack = 0; stack < pixels.length; stack += planes * size)
    for (let i = 0; i < size; i++) {
      const column = Array.from({ length: planes }, (_, z) => pixels[stack + z * size + i] ?? 0);
      const sum = column.reduce((a, b) => a + b, 0);
      const highest = { uint8: 255, uint16: 65535, int16: 32767, float32: Number.NaN };
      const mean = sum / planes;
      out.push(
        {
          max: Math.max(...column),
          min: Math.min(...column),
          // Not -0, which no integer is.
          mean: volume.dtype === "float32" ? Math.fround(mean) : Math.trunc(mean) + 0,
          sum: Math.min(highest[volume.dtype], Math.max(0, sum)),
        }[method],
      );
    }
  return out;
}

describe("a projection", () => {
  it("equals that of each stack alone, and stores each chunk once, whatever the chunks are", async () => {
    const cases = fc.record({
      axes: fc.constantFrom<AxisName[][]>(
        ["z", "y", "x"],
        ["c", "z", "y", "x"],
        ["t", "z", "y", "x"],
        ["t", "c", "z", "y", "x"],
      ),
      planes: fc.integer({ min: 2, max: 5 }),
      height: fc.integer({ min: 1, max: 9 }),
      width: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 513, max: 700 })),
      chunk: fc.tuple(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 3, max: 9 }),
        fc.integer({ min: 60, max: 700 }),
      ),
      dtype: fc.constantFrom("uint8", "uint16", "int16", "float32"),
      method: fc.constantFrom("max", "min", "mean", "sum"),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ axes, planes, height, width, chunk, dtype, method }) => {
        fc.pre(!(dtype === "float32" && method === "sum"));
        const at = { t: 2, c: 3, z: planes, y: height, x: width };
        const chunks = { t: 1, c: 1, z: chunk[0], y: chunk[1], x: chunk[2] };
        const volume: Volume = {
          axes,
          shape: axes.map((name) => at[name]),
          chunks: axes.map((name) => Math.min(at[name], chunks[name])),
          dtype,
        };
        const store = new WatchedStore();
        const image = await makeVolume(store, volume);
        store.operations.length = 0;
        const [fine] = (await projected(image, recipeOf(image, method))).levels;
        expect(fine.array.shape).toEqual(axes.map((name) => (name === "z" ? 1 : at[name])));
        const { data } = await readWhole(fine.array, {});
        expect(fine.array.dtype).toBe(dtype);
        expect(Array.from(data, Number)).toEqual(plainly(volume, method));
        const stored = store.sets.filter((key) => /0_mip\/\d\/\d/.test(key));
        expect(new Set(stored).size).toBe(stored.length);
        expect(store.collisions).toEqual([]);
      }),
      { numRuns: 40 },
    );
  }, 30_000);

  it("is an image of one plane a unit deep, with the channels and levels of the volume, listed in its acquisition", async () => {
    const image = await makeVolume(new WatchedStore(), small);
    const made = await projected(image);
    expect(made.levels.map(({ array, scale }) => [array.shape, array.chunks, scale])).toEqual([
      [
        [2, 2, 1, 12, 10],
        [1, 1, 1, 6, 6],
        [5, 1, 1, 0.5, 0.5],
      ],
      [
        [2, 2, 1, 6, 5],
        [1, 1, 1, 6, 6],
        [5, 1, 1, 1, 1],
      ],
    ]);
    expect(made.channels.map(({ label, wavelengthId }) => [label, wavelengthId])).toEqual([
      ["channel 0", "A00_C01"],
      ["channel 1", "A01_C01"],
    ]);
    expect(await wellOf(image)).toEqual({
      images: [
        { path: "0", acquisition: 3 },
        { path: "0_mip", acquisition: 3 },
      ],
    });
    const node = await readNode(image.store, "B/03/0_mip", { format: 2 });
    expect(node?.attributes["fovea"]).toMatchObject({ run: { recipe: { task: "project-z" } } });
  });

  it("counts the memory of one chunk's planes, and not of all", async () => {
    const image = await makeVolume(new WatchedStore(), {
      ...small,
      axes: ["z", "y", "x"],
      shape: [9, 12, 10],
      chunks: [2, 6, 6],
    });
    const [unit] = planRun(recipeOf(image), image).units;
    expect(unit).toMatchObject({
      held: 3 * 12 * 10,
      read: { max: [9, 12, 10] },
      box: { max: [1, 12, 10] },
    });
  });

  it("is refused where there is no z, or no sum, in a sentence", async () => {
    const flat = await makeVolume(new WatchedStore(), {
      ...small,
      axes: ["c", "y", "x"],
      shape: [2, 12, 10],
      chunks: [1, 6, 6],
    });
    expect(await said(projected(flat))).toBe(
      "The image has one plane, so there is no z to project",
    );
    const soft = await makeVolume(new WatchedStore(), { ...small, dtype: "float32" });
    expect(await said(projected(soft, recipeOf(soft, "sum")))).toBe(
      'Level "0" holds float32, and sums are made of whole numbers; choose mean, maximum or minimum',
    );
    expect(await wellOf(soft)).toEqual({ images: [{ path: "0", acquisition: 3 }] });
  });
});

describe("the whole image", () => {
  it("is every voxel once, in columns of whole chunks", async () => {
    const image = await makeVolume(new WatchedStore(), {
      ...small,
      axes: ["z", "y", "x"],
      shape: [3, 1300, 700],
      chunks: [1, 200, 600],
    });
    const rois = wholeImage(image, levelOf(recipeOf(image), image));
    expect(rois.map(({ name }) => name)).toEqual([
      "y 0–600, x 0–600",
      "y 0–600, x 600–700",
      "y 600–1200, x 0–600",
      "y 600–1200, x 600–700",
      "y 1200–1300, x 0–600",
      "y 1200–1300, x 600–700",
    ]);
    expect(rois.at(-1)?.box).toEqual(worldBox([0, 600, 300], [6, 650, 350]));
  });
});
