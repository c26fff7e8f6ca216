import { describe, expect, it } from "vitest";
import { labelNucleiTask, paramsProblem } from "./catalogue.ts";
import { labelNuclei } from "./label-nuclei.ts";

/** A dark plane with bright squares of the given corner and side. */
function squares(side: number, bright: readonly (readonly [y: number, x: number, n: number])[]) {
  const pixels = new Uint16Array(side * side).fill(100);
  for (const [y, x, n] of bright)
    for (let row = y; row < y + n; row++) pixels.fill(900, row * side + x, row * side + x + n);
  return pixels;
}

describe("labelNuclei", () => {
  const pixels = squares(40, [
    [4, 25, 6],
    [6, 4, 8],
    [30, 30, 2],
  ]);

  it("numbers bright objects in raster order and drops small ones", () => {
    const { labels, count } = labelNuclei(pixels, [1, 40, 40], {
      ...labelNucleiTask.defaults,
      sigma: 1,
    });
    expect(count).toBe(2);
    expect(labels[6 * 40 + 28]).toBe(1);
    expect(labels[9 * 40 + 8]).toBe(2);
    expect(labels[30 * 40 + 30]).toBe(0);
  });

  it("takes a fixed threshold on the pixels as they are", () => {
    const params = { sigma: 0, threshold: { kind: "fixed", value: 899 }, minimumSize: 0 } as const;
    const { labels, count, threshold } = labelNuclei(pixels, [1, 40, 40], params);
    expect({ count, threshold }).toEqual({ count: 3, threshold: 899 });
    expect(labels.filter((id) => id > 0)).toHaveLength(36 + 64 + 4);
  });

  it("finds nothing in an even image", () => {
    expect(labelNuclei(new Uint8Array(9).fill(5), [1, 3, 3], labelNucleiTask.defaults).count).toBe(
      0,
    );
  });
});

describe("paramsProblem", () => {
  it("says what cannot be used", () => {
    const { defaults } = labelNucleiTask;
    expect(paramsProblem(defaults)).toBeUndefined();
    expect(paramsProblem({ ...defaults, sigma: Number.NaN })).toMatch(/Smoothing/);
    expect(paramsProblem({ ...defaults, minimumSize: 1.5 })).toMatch(/smallest object/);
    const threshold = { kind: "fixed", value: Number.POSITIVE_INFINITY } as const;
    expect(paramsProblem({ ...defaults, threshold })).toMatch(/fixed threshold/);
  });
});
