/** Of what was computed with a halo, the core alone is kept. */
import { expect, it } from "vitest";
import { pixelBox } from "../geometry/box.ts";
import { croppedLabels } from "./crop.ts";

it("keeps the core's voxels and numbers anew the objects that are in it", () => {
  const labels = Uint32Array.of(...[1, 1, 0, 2], ...[0, 3, 3, 2], ...[4, 0, 5, 5]);
  const core = pixelBox([0, 1, 1], [1, 3, 3]);
  const cut = croppedLabels({ labels, count: 5, threshold: 7 }, [1, 3, 4], core);
  expect(cut).toEqual({ labels: Uint32Array.of(1, 1, 0, 2), count: 2, threshold: 7 });
});

it("leaves alone what has no halo", () => {
  const result = { labels: Uint32Array.of(1, 0), count: 1, threshold: 7 };
  expect(croppedLabels(result, [1, 1, 2], pixelBox([0, 0, 0], [1, 1, 2]))).toBe(result);
});
