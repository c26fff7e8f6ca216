/** Patches on coarser levels, merged one after the other, are the levels that are stored of them. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ZarrArray } from "../zarr/array.ts";
import { createArray } from "../zarr/hierarchy.ts";
import { LiveChunks } from "../zarr/live-chunks.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import type { Merge, Patch } from "../zarr/patch.ts";
import { sizeOf } from "../zarr/pixels.ts";
import { readWhole } from "../zarr/read-whole.ts";
import { readRegion } from "../zarr/region.ts";
import { patchOnLevels } from "./patch-levels.ts";
import { PyramidWriter } from "./pyramid-writer.ts";

const LEVELS = [
  [13, 22],
  [6, 11],
  [3, 5],
];

const side = (length: number) =>
  fc
    .tuple(fc.nat(length - 1), fc.integer({ min: 1, max: length }))
    .map(([from, size]) => [from, Math.min(size, length - from)] as const);

const patches = fc.array(
  fc
    .record({
      y: side(13),
      x: side(22),
      value: fc.integer({ min: 0, max: 9 }),
      masked: fc.boolean(),
    })
    .map(({ y, x, value, masked }): Patch => {
      const shape = [y[1], x[1]];
      const length = sizeOf(shape);
      const mask = Uint8Array.from({ length }, (_, i) => (i * 7 + value) & 1);
      const data = Uint32Array.from({ length }, (_, i) => (i % 3 ? value + i : 0));
      return { min: [y[0], x[0]], shape, data, ...(masked ? { mask } : {}) };
    }),
  { minLength: 1, maxLength: 6 },
);

test("they are the levels of a pyramid that the same patches were written to", async () => {
  await fc.assert(
    fc.asyncProperty(
      patches,
      fc.constantFrom<Merge>("overwrite", "nonzero", "max"),
      async (given, merge) => {
        const store = new MemoryStore();
        const made = LEVELS.map((shape, level) =>
          createArray(store, String(level), {
            format: 2,
            shape,
            chunks: [4, 6],
            dtype: "uint32",
            fill: 0,
            separator: "/",
            compressor: "none",
          }),
        );
        const arrays = await Promise.all(made);
        const [finest, ...coarser] = arrays as [ZarrArray, ...ZarrArray[]];
        const touches = ([y = 0, x = 0]: readonly number[]) =>
          given.filter(({ min: [top = 0, left = 0], shape: [height = 0, width = 0] }) => {
            const isBeside = top >= 4 * (y + 1) || left >= 6 * (x + 1);
            return !isBeside && top + height > 4 * y && left + width > 6 * x;
          }).length;
        const writer = new PyramidWriter({
          arrays: [finest, ...coarser],
          touches,
          merge,
          existing: "fill",
          sample: "nearest",
        });
        const live = new LiveChunks(merge);
        for (const patch of given) {
          await writer.put(patch);
          for (const [level, part] of patchOnLevels(arrays, patch).entries()) {
            const array = arrays[level];
            if (array && part) live.put(array, part);
          }
        }
        await writer.finish();
        for (const array of arrays) {
          const seen = await readRegion(live, array, [0, 0], array.shape);
          expect(seen).toEqual((await readWhole(array, {})).data);
        }
      },
    ),
  );
});
