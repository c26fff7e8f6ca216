/** A plan of very many ROIs is made on another thread, is the same as here, and gives way to a newer one. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { pixelBox } from "../geometry/box.ts";
import type { Image } from "../ome/multiscale.ts";
import { recipeFor } from "../testing/label-runs.ts";
import { makeImage } from "../testing/make-image.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { planRun } from "./plan.ts";
import { planCard } from "./plan-card.ts";
import { type Plans, startPlans } from "./start-plans.ts";

/** Boxes of 2 × 2 voxels that touch; the last lies outside. */
const many = Array.from({ length: 20_000 }, (_, i) => {
  const [y, x] = [2 * Math.floor(i / 200), 2 * (i % 200)];
  return i === 19_999
    ? pixelBox([0, 999, 0], [1, 1001, 1])
    : pixelBox([0, y, x], [1, y + 2, x + 2]);
});

let image: Image;
let plans: Plans;

beforeEach(async () => {
  const store = new MemoryStore();
  image = await makeImage(store, { axes: ["y", "x"], shape: [200, 400], chunks: [64, 64] });
  plans = startPlans();
});

afterEach(() => plans.close());

it("says of many ROIs what this thread would, and of few", async () => {
  for (const boxes of [many, many.slice(0, 4)]) {
    const recipe = recipeFor(boxes);
    expect(await plans.planOf(recipe, image)).toEqual(planCard(planRun(recipe, image)));
  }
});

it("refuses as this thread does", async () => {
  const recipe = { ...recipeFor(many), level: "7" };
  await expect(plans.planOf(recipe, image)).rejects.toThrow('The image has no level "7"');
});

it("gives up the older for a newer one, be that of many ROIs or of few", async () => {
  for (const boxes of [many.slice(1), many.slice(0, 4)]) {
    const older = plans.planOf(recipeFor(many), image);
    const newer = plans.planOf(recipeFor(boxes), image);
    await expect(older).rejects.toMatchObject({ tag: "aborted" });
    expect((await newer).rois + (await newer).skipped).toBe(boxes.length);
  }
});
