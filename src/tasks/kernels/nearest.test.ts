/** A label that is enlarged has the voxels that ngio would give it. */
import { describe, expect, it } from "vitest";
import { recorded } from "../../testing/golden-features.ts";
import { zoomNearest } from "./nearest.ts";

describe("zoomNearest", () => {
  it("takes the voxels that ngio takes", () => {
    for (const { shape, labels, targets } of recorded.zooms)
      for (const target of targets) {
        const zoomed = zoomNearest(Uint32Array.from(labels), shape, target.shape);
        expect([...zoomed], `${shape} to ${target.shape}`).toEqual(target.labels);
      }
  });

  it("keeps the type, and the labels themselves where nothing changes", () => {
    const labels = Uint8Array.of(1, 2);
    expect(zoomNearest(labels, [1, 1, 2], [1, 1, 2])).toBe(labels);
    expect(zoomNearest(labels, [1, 1, 2], [2, 1, 3])).toEqual(Uint8Array.of(1, 2, 2, 1, 2, 2));
  });
});
