/** What is told before a run: its waves as ngio plans them, which ROIs overlap, and how long it may take. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Box, overlaps, pixelBox } from "../geometry/box.ts";
import { recipeFor } from "../testing/label-runs.ts";
import { makeImage } from "../testing/make-image.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { overlappingPairs, wavesOf } from "./overlapping.ts";
import { type Plan, planRun } from "./plan.ts";
import { expectedMs, planCard } from "./plan-card.ts";

async function planOf(
  boxes: readonly Box<"pixel">[],
  side: readonly [number, number],
  chunk: number,
): Promise<Plan> {
  const store = new MemoryStore();
  const chunks = side.map((length) => Math.min(length, chunk));
  const image = await makeImage(store, { axes: ["y", "x"], shape: side, chunks });
  return planRun(recipeFor(boxes), image);
}

const grid = (rows: number, columns: number, side: number) =>
  Array.from({ length: rows * columns }, (_, i) => {
    const [y, x] = [Math.floor(i / columns) * side, (i % columns) * side];
    return pixelBox([0, y, x], [1, y + side, x + side]);
  });

describe("waves", () => {
  it("are as many as ngio 1.1.3 plans", async () => {
    const waves = async (...given: Parameters<typeof planOf>) =>
      wavesOf((await planOf(...given)).units).map(({ length }) => length);
    expect(await waves(grid(2, 2, 128), [256, 256], 128)).toEqual([4]);
    expect(await waves(grid(4, 4, 64), [256, 256], 128)).toEqual([4, 4, 4, 4]);
    expect(await waves(grid(2, 2, 96), [256, 256], 128)).toEqual([1, 1, 1, 1]);
    // The fields of a well at a low resolution.
    const fields = await waves(grid(8, 9, 270), [2160, 2430], 2048);
    expect([fields.length, fields[0]]).toEqual([64, 2]);
  });
});

describe("overlapping pairs", () => {
  it("are those of comparing each with each", async () => {
    const range = fc
      .tuple(fc.nat(19), fc.integer({ min: 1, max: 8 }))
      .map(([from, size]) => [from, Math.min(20, from + size)] as const);
    const box = fc.tuple(range, range).map(([y, x]) => pixelBox([0, y[0], x[0]], [1, y[1], x[1]]));
    await fc.assert(
      fc.asyncProperty(fc.array(box, { minLength: 1, maxLength: 12 }), async (boxes) => {
        const { units } = await planOf(boxes, [20, 20], 8);
        const pairs = boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => overlaps(a, b)));
        expect(overlappingPairs(units)).toBe(pairs.length);
      }),
    );
  });
});

describe("the plan card", () => {
  it("says what the run will do", async () => {
    const nowhere = pixelBox([0, 5000, 0], [1, 5001, 1]);
    const plan = await planOf([...grid(8, 9, 270), nowhere], [2160, 2430], 2048);
    expect(planCard(plan)).toEqual({
      rois: 72,
      skipped: 1,
      skippedWhy: '"ROI_72" holds no voxel of level "0"',
      chunks: 4,
      writes: 5,
      keptBytes: 0,
      bytes: 4 * 2048 * 2048 * 4 + 1080 * 1215 * 4,
      overlappingPairs: 0,
      sharing: 72,
      waves: 64,
      reads: { all: 72 * 270 * 270, most: 270 * 270 },
    });
  });

  it("tells the time from one ROI that was measured", async () => {
    const card = planCard(await planOf(grid(2, 4, 10), [20, 40], 10));
    const measured = { ms: 30, voxels: 50 };
    expect(expectedMs(card, measured, 4)).toBe((8 * 60) / 4);
    expect(expectedMs(card, measured, 100)).toBe(60);
  });
});
