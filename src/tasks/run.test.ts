/** A run in any order equals the sequential one, and stores each chunk once. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Box, pixelBox, type Zyx } from "../geometry/box.ts";
import { openLabel } from "../ome/labels.ts";
import type { AxisName, Multiscale } from "../ome/multiscale.ts";
import { openImage } from "../ome/open-image.ts";
import { boxIn } from "../testing/engine-cases.ts";
import { coarser, madeUpExecutor, recipeFor, sequentially } from "../testing/label-runs.ts";
import { makeImage } from "../testing/make-image.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { encodeChunk } from "../zarr/encode.ts";
import { readNode } from "../zarr/node.ts";
import { readWhole } from "../zarr/read-whole.ts";
import type { RunTools } from "./carry-out.ts";
import { AHEAD } from "./compute-ahead.ts";
import type { RunEvent } from "./events.ts";
import type { Executor } from "./executor.ts";
import type { Recipe } from "./recipe.ts";
import { run } from "./run.ts";

const tools = (executor: Executor, events: RunEvent[] = []): RunTools => ({
  executor,
  onEvent: (event) => events.push(event),
});

const job = (recipe: Recipe) => ({ recipe, replace: false, version: "1.2.3" });

/** The label's levels as stored, of one time point. */
async function levelsOf(label: Multiscale, t: number): Promise<number[][]> {
  return Promise.all(
    label.levels.map(async ({ array }) => {
      const { data, shape } = await readWhole(array, {});
      const times = label.axes[0]?.name === "t" ? (shape[0] ?? 1) : 1;
      const size = data.length / times;
      return Array.from(data.slice(t * size, (t + 1) * size), Number);
    }),
  );
}

/** The same levels made one ROI after the other. */
function expectedLevels(
  label: Multiscale,
  boxes: readonly Box<"pixel">[],
  failing: ReadonlySet<number>,
): number[][] {
  let fine = label.levels[0].grid.shape;
  let pixels = sequentially(fine, boxes, failing);
  const levels = [Array.from(pixels)];
  for (const { grid } of label.levels.slice(1)) {
    pixels = coarser(pixels, fine, grid.shape);
    fine = grid.shape;
    levels.push(Array.from(pixels));
  }
  return levels;
}

const axisSets: readonly (readonly AxisName[])[] = [
  ["y", "x"],
  ["z", "y", "x"],
  ["t", "c", "z", "y", "x"],
  ["t", "y", "x"],
];

/** Wide images have coarser levels. */
const cases = fc
  .record({
    axes: fc.constantFrom(...axisSets),
    depth: fc.integer({ min: 1, max: 3 }),
    height: fc.integer({ min: 1, max: 14 }),
    width: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 257, max: 1100 })),
    chunk: fc.tuple(
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 3 }),
    ),
    size: fc.integer({ min: 1, max: 5 }),
    turns: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 8 }),
    storeTurns: fc.integer({ min: 0, max: 20 }),
    format: fc.constantFrom(2 as const, 3 as const),
  })
  .chain((base) => {
    const depth = base.axes.includes("z") ? base.depth : 1;
    const shape: Zyx = [depth, base.height, base.width];
    return fc.record({
      base: fc.constant(base),
      shape: fc.constant(shape),
      boxes: fc.array(boxIn(shape), { minLength: 1, maxLength: 12 }),
      failing: fc.uniqueArray(fc.integer({ min: 1, max: 11 }), { maxLength: 3 }),
    });
  });

describe("run", () => {
  it("equals one ROI after the other, bit by bit, and stores every chunk once, whatever the order of results", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ base, shape, boxes, failing: failingList }) => {
        const { axes, chunk, size, turns, storeTurns, format } = base;
        const failing = new Set(failingList);
        const t = axes.includes("t") ? 1 : 0;
        const at = { t: 2, c: 1, z: shape[0], y: shape[1], x: shape[2] };
        const chunkX = chunk[2] * Math.ceil(shape[2] / 7);
        const chunks = { t: chunk[0] > 1 ? 2 : 1, c: 1, z: chunk[0], y: chunk[1], x: chunkX };
        const store = new WatchedStore();
        const image = await makeImage(store, {
          axes,
          shape: axes.map((name) => at[name]),
          chunks: axes.map((name) => Math.min(at[name], chunks[name])),
          format,
        });
        store.before = async () => {
          for (let i = storeTurns; i > 0; i--) await undefined;
        };
        const executor = madeUpExecutor(size, turns, failing);
        const summary = await run(image, job(recipeFor(boxes, t)), tools(executor));
        const label = await openLabel(image, "nuclei");
        expect(await levelsOf(label, t)).toEqual(expectedLevels(label, boxes, failing));
        const chunkSets = store.sets.filter((key) => /labels\/nuclei\/\d+\/(c\/)?\d/.test(key));
        expect(new Set(chunkSets).size).toBe(chunkSets.length);
        expect(summary.chunks.reduce((a, b) => a + b)).toBe(chunkSets.length);
        expect(summary.mostWrites).toBe(Math.min(1, chunkSets.length));
        expect(store.collisions).toEqual([]);
        expect(executor.most()).toBeLessThanOrEqual(size);
        expect(store.sets.at(-1)).toMatch(format === 2 ? /labels\/\.z/ : /labels\/zarr.json/);
      }),
      { numRuns: 100 },
    );
  }, 30_000);

  it("loses voxels if results are merged into chunks as they come, each by reading and writing them", async () => {
    const boxes = Array.from({ length: 8 }, (_, i) => pixelBox([0, 0, 4 * i], [1, 4, 4 * i + 4]));
    const store = new WatchedStore();
    const spec = { axes: ["y", "x"], shape: [4, 32], chunks: [4, 32], dtype: "uint32" } as const;
    const { array } = (await makeImage(store, spec)).levels[0];
    const naive = async (box: Box<"pixel">) => {
      const { data } = await readWhole(array, {});
      const whole = Uint32Array.from(data, Number);
      for (let y = 0; y < 4; y++) whole.fill(1, y * 32 + box.min[2], y * 32 + box.max[2]);
      await store.set("/0/0/0", await encodeChunk(array, whole));
    };
    await Promise.all(boxes.map(naive));
    const { data } = await readWhole(array, {});
    expect(Array.from(data, Number)).toContain(0);
  });

  it("tells the news of each ROI in order and of each chunk on disk, and keeps how the label was made", async () => {
    const store = new WatchedStore();
    const image = await makeImage(store, { axes: ["y", "x"], shape: [8, 600], chunks: [8, 100] });
    const boxes = [pixelBox([0, 0, 0], [1, 8, 300]), pixelBox([0, 0, 250], [1, 8, 600])];
    const events: RunEvent[] = [];
    const recipe = recipeFor([...boxes, pixelBox([0, 9, 0], [1, 12, 4])]);
    const executor = madeUpExecutor(2, [9, 0]);
    const summary = await run(image, job(recipe), tools(executor, events));
    const roisOf = (kind: "started" | "retired") =>
      events.flatMap((event) => (event.kind === kind ? [event.roi.name] : []));
    expect(events[0]?.kind).toBe("planned");
    expect(roisOf("started")).toEqual(["ROI_0", "ROI_1"]);
    expect(roisOf("retired")).toEqual(["ROI_0", "ROI_1"]);
    expect(events.at(-1)).toEqual({ kind: "done", summary });
    const stored = events.flatMap((event) => (event.kind === "stored" ? [event.level] : []));
    expect(stored.sort()).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2]);
    expect(summary).toMatchObject({
      output: "nuclei",
      objects: 4,
      chunks: [6, 3, 2],
      rois: [
        { kind: "done", objects: 1, facts: { threshold: 0 } },
        { kind: "done", objects: 3, facts: { threshold: 1 } },
        { kind: "skipped" },
      ],
    });
    const node = await readNode(store, "labels/nuclei", { format: 2 });
    expect(node?.attributes["fovea"]).toMatchObject({
      run: { recipe, version: "1.2.3", input: { level: "0", shape: [8, 600] }, summary },
    });
    expect((await openImage(store, "")).labels).toEqual(["nuclei"]);
  });

  it("runs no further ahead of a slow ROI than the window", async () => {
    const image = await makeImage(new WatchedStore(), {
      axes: ["y", "x"],
      shape: [1, 40],
      chunks: [1, 40],
    });
    const boxes = Array.from({ length: 40 }, (_, i) => pixelBox([0, 0, i], [1, 1, i + 1]));
    const { compute } = madeUpExecutor(2);
    let started = 0;
    let startedBeforeSlow = 0;
    let release = (): void => undefined;
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    const executor: Executor = {
      size: 2,
      compute: async (unit, options) => {
        // The window is full: nothing else can start until the slow one is done.
        if (++started === 2 * AHEAD) release();
        if (unit.index > 0) return compute(unit, options);
        await slow;
        for (let i = 0; i < 100; i++) await undefined;
        startedBeforeSlow = started;
        return compute(unit, options);
      },
    };
    await run(image, job(recipeFor(boxes)), tools(executor));
    expect(startedBeforeSlow).toBe(2 * AHEAD);
    expect(started).toBe(40);
  });
});
