/** A plan reads the voxels that ngio would, knows what ROIs share, and says what cannot be processed. */
import { describe, expect, it } from "vitest";
import { isFault } from "../base/fault.ts";
import { type Box, pixelBox, worldBox, type Zyx } from "../geometry/box.ts";
import type { Image } from "../ome/multiscale.ts";
import { makeImage } from "../testing/make-image.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { thresholdSegmentation } from "./kinds/threshold-segmentation.ts";
import { planRun } from "./plan.ts";
import type { Recipe } from "./recipe.ts";

const image = (chunk: Zyx = [1, 32, 32]): Promise<Image> =>
  makeImage(new MemoryStore(), {
    axes: ["c", "z", "y", "x"],
    shape: [2, 3, 96, 80],
    chunks: [1, ...chunk],
    scale: [1, 2, 0.5, 0.5],
  });

const recipe = (boxes: readonly Box<"world">[]): Recipe<"threshold-segmentation"> => ({
  task: "threshold-segmentation",
  level: "0",
  t: 0,
  params: thresholdSegmentation.defaults,
  outputName: "nuclei",
  rois: boxes.map((box, id) => ({ id, name: `ROI_${id}`, box })),
});

describe("planRun", () => {
  it("rounds boxes as ngio does and names the chunks they touch", async () => {
    const plan = planRun(recipe([worldBox([0, 5.2, 15.9], [6, 20, 20])]), await image());
    const [unit] = plan.units;
    expect(unit?.box).toEqual(pixelBox([0, 10, 31], [3, 40, 40]));
    expect(unit?.chunks).toHaveLength(3 * 2 * 2);
    expect(plan.touches.get("2,1,0")).toBe(1);
  });

  it("counts who shares chunks and who shares voxels", async () => {
    const one = worldBox([0, 0, 0], [2, 5, 5]);
    const near = worldBox([0, 8, 8], [2, 12, 12]);
    const onNear = worldBox([0, 11, 11], [2, 14, 14]);
    const far = worldBox([2, 32, 32], [4, 36, 36]);
    const alsoFar = worldBox([2, 37, 37], [4, 39, 39]);
    const alone = worldBox([4, 0, 0], [6, 4, 4]);
    const boxes = [one, near, onNear, far, alsoFar, alone];
    const plan = planRun(recipe(boxes), await image());
    expect({ sharing: plan.sharing, pairs: plan.overlappingPairs }).toEqual({
      sharing: 5,
      pairs: 1,
    });
    expect([...plan.touches]).toEqual([
      ["0,0,0", 3],
      ["1,2,2", 2],
      ["2,0,0", 1],
    ]);
    expect(plan.writes).toEqual([3]);
    expect(plan.bytes).toBe(3 * 32 * 32 * 4);
  });

  it("keeps an ROI that cannot be processed as a value with its reason", async () => {
    const plan = planRun(
      recipe([
        worldBox([0, 100, 0], [2, 110, 5]),
        worldBox([0, 5, 5], [2, 4, 6]),
        worldBox([0, Number.NaN, 5], [2, 4, 6]),
        worldBox([0, 0, 0], [2, 5, 5]),
      ]),
      await image(),
    );
    expect(plan.skipped.map(({ why }) => why)).toEqual([
      '"ROI_0" holds no voxel of level "0"',
      '"ROI_1" has a negative length or a missing number',
      '"ROI_2" has a negative length or a missing number',
    ]);
    expect(plan.units.map(({ index, roi }) => [index, roi.id])).toEqual([[0, 3]]);
  });

  it("refuses a recipe that does not fit the image, in a sentence", async () => {
    const here = await image();
    const sound = recipe([worldBox([0, 0, 0], [2, 5, 5])]);
    const said = (change: Partial<typeof sound>): string => {
      try {
        planRun({ ...sound, ...change }, here);
        return "planned";
      } catch (error) {
        return isFault(error, "input") ? error.message : String(error);
      }
    };
    expect(said({})).toBe("planned");
    expect(said({ level: "7" })).toBe('The image has no level "7"; it has "0"');
    const channel = { mode: "index", identifier: "2" } as const;
    expect(said({ params: { ...sound.params, channel } })).toBe(
      "The image has no channel at index 2; it has 0, 1",
    );
    expect(said({ t: 1 })).toBe("The image has no time point 1; it has 1, counted from 0");
    expect(said({ outputName: "a/b" })).toMatch(/label/);
    expect(said({ params: { ...sound.params, sigma: -1 } })).toBe(
      "Sigma must be a number between 0 and 100 (px)",
    );
  });
});
