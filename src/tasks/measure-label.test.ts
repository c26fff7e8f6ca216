/** The label that is measured: of any resolution it is brought to the image's, of any type its ids are kept, and what cannot be is refused. */
import { describe, expect, it } from "vitest";
import { worldBox } from "../geometry/box.ts";
import type { AxisName } from "../ome/multiscale.ts";
import { readTable } from "../table/read-table.ts";
import type { Table } from "../table/table.ts";
import { makeImage } from "../testing/make-image.ts";
import {
  blocks,
  counting,
  labelsIn,
  measured,
  numbersIn,
  plain,
  rows,
} from "../testing/measured.ts";
import { said } from "../testing/said.ts";
import { addLabel, writePixels } from "../testing/write-pixels.ts";
import { MemoryStore } from "../zarr/memory-store.ts";

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
    const bare = await makeImage(new MemoryStore(), {
      axes,
      shape: [2, 3, 4, 6],
      chunks: [1, 1, 4, 6],
    });
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

  const threeAxes = (first: AxisName, count: number) => ({
    axes: [first, "y", "x"] as const,
    shape: [count, 16, 12],
    scale: [1, 1, 1],
    dtype: "uint32" as const,
    data: new Uint32Array(count * 16 * 12),
  });
  const soft = { ...plain(new Float32Array(192)), dtype: "float32" as const };

  it.each([
    [
      { ...plain(new Uint32Array(16 * 20)), shape: [16, 20] },
      {},
      'The label "cells" covers 16 × 20 (y × x, world units) and the image 16 × 12',
    ],
    [threeAxes("z", 3), {}, 'The label "cells" has 3 planes and the image one'],
    [threeAxes("t", 2), {}, 'The label "cells" has 2 time points and the image 1'],
    [soft, {}, 'The label "cells" holds float32, which are no ids'],
    [soft, { label: "nuclei" }, 'The image has no label "nuclei"; it has "cells"'],
  ])(
    "that cannot be this image's is refused in a sentence, and no table is left (%#)",
    async (label, options, sentence) => {
      const image = await counting(label);
      expect(await said(measured(image, options, rows([0, 16])))).toBe(sentence);
      expect(await said(readTable(image.store, "tables/features", 2))).toBeDefined();
    },
  );
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
