/** Fovea's own numbers beside those that fractal-tasks-core 1.6 and ngio 1.1 gave for the same boxes. */
import { expect, test } from "vitest";
import { worldBox } from "./box.ts";
import { pixelFromWorld } from "./pixel-grid.ts";
import { taskCoreVoxels } from "./task-core-voxels.ts";

const grid = { shape: [1, 1, 96], scale: [1, 1, 1] } as const;

test.each([
  [10.5, 26.5, [10, 37], [10, 37]],
  [10.4, 20, [10, 31], [10, 30]],
  [10.005, 20.005, [10, 30], [10, 30]],
  [10.011, 20, [10, 31], [10, 30]],
  [10.3, 19.7, [10, 30], [10, 30]],
  [11.5, 1, [11, 13], [12, 12]],
  [90, 20, [90, 96], [90, 96]],
  [100, 5, [96, 96], [96, 96]],
  [-3, 10, [0, 7], undefined],
  [3, 0.4, [3, 4], [3, 3]],
])("from %f, %f long, are %o to ngio and %o to fractal-tasks-core", (x, length, ngio, core) => {
  const box = worldBox([0, 0, x], [1, 1, x + length]);
  const [a, b] = [pixelFromWorld(grid, box), taskCoreVoxels(grid, box)];
  expect([a.min[2], a.max[2]]).toEqual(ngio);
  expect(b && [b.min[2], b.max[2]]).toEqual(core);
});

test("at a coarser level the grid's own scale counts", () => {
  const [base, level] = [0.325, { shape: [1, 1, 24], scale: [1, 1, 1.3] } as const];
  const box = worldBox([0, 0, 7 * base], [1, 1, 20 * base]);
  const [a, b] = [pixelFromWorld(level, box), taskCoreVoxels(level, box)];
  expect([a.min[2], a.max[2]]).toEqual([1, 5]);
  expect(b && [b.min[2], b.max[2]]).toEqual([2, 5]);
});
