/** The steps of a segmentation in their order, and what it sees of masked and even pixels. */
import { describe, expect, it } from "vitest";
import { equalizeAdaptive } from "./kernels/equalize-adaptive.ts";
import { gaussian } from "./kernels/gaussian.ts";
import { median } from "./kernels/median.ts";
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

  it("drops objects that the border cuts where it is asked to", () => {
    const cut = squares(20, [
      [0, 4, 5],
      [8, 8, 5],
      [10, 15, 5],
    ]);
    const { labels, count } = segment(cut, [1, 20, 20], { ...asTheyAre, clearBorder: true });
    expect(count).toBe(1);
    expect([labels[4], labels[10 * 20 + 10], labels[12 * 20 + 17]]).toEqual([0, 1, 0]);
  });

  it("takes the median, then equalises, then smooths", () => {
    const noisy = Uint16Array.from(
      squares(48, [
        [6, 6, 12],
        [26, 20, 14],
      ]),
      (value, i) => value + ((Math.imul(i + 1, 2654435761) >>> 24) % 200) + 3 * (i % 48),
    );
    const shape = [2, 24, 48] as const;
    const steps = { ...asTheyAre, medianSize: 2, equalize: true, sigma: 1.5 };
    const byHand = gaussian(
      equalizeAdaptive(median(noisy, shape, [1, 2, 2]), shape, { clipLimit: 0.01, bins: 256 }),
      shape,
      1.5,
    );
    const expected = segment(byHand, shape, asTheyAre);
    expect(expected.count).toBeGreaterThan(0);
    expect(segment(noisy, shape, steps)).toEqual(expected);
    for (const without of [{ medianSize: 0 }, { equalize: false }, { sigma: 0 }])
      expect(segment(noisy, shape, { ...steps, ...without }).labels).not.toEqual(expected.labels);
  });

  it("refuses to equalise pixels whose range it does not know", () => {
    const equalize = () =>
      segment(new Float32Array(9), [1, 3, 3], { ...asTheyAre, equalize: true });
    expect(equalize).toThrow(/8 or 16 bits/);
  });

  it("sees 0 outside a mask, counts that for the threshold, and numbers what is inside", () => {
    const mask = new Uint8Array(1600).fill(1);
    // Leaves out the first object, half of the second, and keeps the third's ground dark.
    for (let i = 0; i < 1600; i++) if (i % 40 >= 20 && i < 800) mask[i] = 0;
    for (let i = 0; i < 1600; i++) if (i % 40 < 8) mask[i] = 0;
    const zeroed = pixels.map((value, i) => (mask[i] === 0 ? 0 : value));
    const { labels, count } = segment(pixels, [1, 40, 40], asTheyAre, mask);
    // Depends on all values, where Otsu's is anywhere in a gap.
    const li = { ...asTheyAre, threshold: { kind: "li" } } as const;
    const masked = segment(pixels, [1, 40, 40], li, mask).threshold;
    expect(masked).toBe(segment(zeroed, [1, 40, 40], li).threshold);
    expect(masked).not.toBe(segment(pixels, [1, 40, 40], li).threshold);
    expect(count).toBe(2);
    expect([labels[6 * 40 + 28], labels[8 * 40 + 6], labels[8 * 40 + 9]]).toEqual([0, 0, 1]);
    expect(labels[30 * 40 + 30]).toBe(2);
  });

  it("finds nothing where the mask leaves nothing, whatever the threshold", () => {
    const nothing = new Uint8Array(1600);
    for (const threshold of [
      { kind: "otsu" },
      { kind: "triangle" },
      { kind: "li" },
      { kind: "fixed", value: -1 },
    ] as const)
      expect(segment(pixels, [1, 40, 40], { ...asTheyAre, threshold }, nothing).count).toBe(0);
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
