import { describe, expect, it } from "vitest";
import { thresholdSegmentation } from "./kinds/threshold-segmentation.ts";
import { segment } from "./segment.ts";

/** A dark plane with bright squares of the given corner and side. */
function squares(side: number, bright: readonly (readonly [y: number, x: number, n: number])[]) {
  const pixels = new Uint16Array(side * side).fill(100);
  for (const [y, x, n] of bright)
    for (let row = y; row < y + n; row++) pixels.fill(900, row * side + x, row * side + x + n);
  return pixels;
}

describe("segment", () => {
  const pixels = squares(40, [
    [4, 25, 6],
    [6, 4, 8],
    [30, 30, 2],
  ]);

  const asTheyAre = { ...thresholdSegmentation.defaults, sigma: 0, minimumSize: 0 };

  it.each(["otsu", "triangle", "li"] as const)("finds the bright objects by %s", (kind) => {
    const { count, threshold } = segment(pixels, [1, 40, 40], {
      ...asTheyAre,
      threshold: { kind },
    });
    expect(count).toBe(3);
    expect(threshold).toBeGreaterThanOrEqual(100);
    expect(threshold).toBeLessThan(900);
  });

  it("fills holes where it is asked to", () => {
    const ring = squares(20, [[4, 4, 9]]);
    ring[8 * 20 + 8] = 100;
    const at = (fillHoles: boolean) =>
      segment(ring, [1, 20, 20], { ...asTheyAre, fillHoles }).labels[8 * 20 + 8];
    expect([at(false), at(true)]).toEqual([0, 1]);
  });

  it("splits objects that touch where it is asked to, and loses no voxel", () => {
    const pair = squares(40, [
      [5, 5, 12],
      [14, 14, 12],
    ]);
    const at = (splitDistance: number) =>
      segment(pair, [1, 40, 40], { ...asTheyAre, splitDistance });
    expect([at(0).count, at(5).count]).toEqual([1, 2]);
    expect(at(5).labels[8 * 40 + 8]).not.toBe(at(5).labels[22 * 40 + 22]);
    expect(at(5).labels.filter((id) => id > 0)).toHaveLength(2 * 144 - 9);
  });

  it("numbers bright objects in raster order and drops small ones", () => {
    const { labels, count } = segment(pixels, [1, 40, 40], {
      ...thresholdSegmentation.defaults,
      sigma: 1,
    });
    expect(count).toBe(2);
    expect(labels[6 * 40 + 28]).toBe(1);
    expect(labels[9 * 40 + 8]).toBe(2);
    expect(labels[30 * 40 + 30]).toBe(0);
  });

  it("takes a fixed threshold on the pixels as they are", () => {
    const { labels, count, threshold } = segment(pixels, [1, 40, 40], {
      ...asTheyAre,
      threshold: { kind: "fixed", value: 899 },
    });
    expect({ count, threshold }).toEqual({ count: 3, threshold: 899 });
    expect(labels.filter((id) => id > 0)).toHaveLength(36 + 64 + 4);
  });

  it("finds nothing in an even image", () => {
    expect(
      segment(new Uint8Array(9).fill(5), [1, 3, 3], thresholdSegmentation.defaults).count,
    ).toBe(0);
  });
});
