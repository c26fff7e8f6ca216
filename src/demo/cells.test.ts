/** The cells of the demo: as many as the demo says, where it says, and a threshold finds nearly all of them. */
import { describe, expect, test } from "vitest";
import { gaussian } from "../tasks/kernels/gaussian.ts";
import { labelComponents } from "../tasks/kernels/label-components.ts";
import { otsu } from "../tasks/kernels/otsu.ts";
import { placeCells } from "./cells.ts";
import { fovPixels } from "./fov-pixels.ts";
import { DEMO_WELLS, FOV, FOVS, fovName, fovOrigin, PLANES } from "./layout.ts";
import { demoTruth, imageTruth } from "./truth.ts";

describe.each(DEMO_WELLS)("well $path", ({ seed, condition }) => {
  const cells = placeCells(seed, condition);

  test("has every nucleus whole inside the field it is counted in", () => {
    for (const { fov, y, x, long } of cells) {
      const origin = fovOrigin(fov);
      expect(y - origin.y).toBeGreaterThan(long);
      expect(origin.y + FOV.height - y).toBeGreaterThan(long);
      expect(x - origin.x).toBeGreaterThan(long);
      expect(origin.x + FOV.width - x).toBeGreaterThan(long);
    }
  });

  test("has nearly as many nuclei as its condition says, and its truth counts them", () => {
    const truth = demoTruth(imageTruth(seed, cells));
    expect([...(truth ?? new Map()).values()].reduce((a, b) => a + b, 0)).toBe(cells.length);
    for (const fov of FOVS) {
      const count = cells.filter((cell) => cell.fov === fov).length;
      expect(truth?.get(fovName(fov))).toBe(count);
      expect(Math.abs(count - condition.density)).toBeLessThan(0.08 * condition.density);
    }
  });

  test("is the same every time", () => {
    expect(placeCells(seed, condition)).toEqual(cells);
  });
});

test("no two wells are alike", () => {
  const firsts = DEMO_WELLS.map(({ seed, condition }) => placeCells(seed, condition)[0]?.y);
  expect(new Set(firsts).size).toBe(DEMO_WELLS.length);
});

test("other attributes hold no truth", () => {
  expect(demoTruth({ fovea: { recipe: 1 } })).toBeUndefined();
});

/** The DNA channel of the plane in focus, as means of 2 × 2. */
function halved(pixels: Uint16Array): Uint16Array<ArrayBuffer> {
  const { height, width } = FOV;
  const plane = pixels.subarray(height * width, 2 * height * width);
  const at = (y: number, x: number): number => plane[y * width + x] ?? 0;
  return Uint16Array.from({ length: (height * width) / 4 }, (_, i) => {
    const [y, x] = [2 * Math.floor(i / (width / 2)), 2 * (i % (width / 2))];
    return (at(y, x) + at(y, x + 1) + at(y + 1, x) + at(y + 1, x + 1)) / 4;
  });
}

test.each(DEMO_WELLS.filter((_, i) => i === 0 || i === 5))(
  "at the second level, a smoothed threshold finds 95 % of $path",
  (well) => {
    const cells = placeCells(well.seed, well.condition);
    const [fov = 0] = FOVS;
    const pixels = fovPixels(well.seed, fov, cells);
    expect(pixels).toHaveLength(3 * PLANES * FOV.height * FOV.width);
    const shape = [1, FOV.height / 2, FOV.width / 2] as const;
    const smooth = gaussian(halved(pixels), shape, 2);
    const threshold = otsu(smooth);
    const { count } = labelComponents(
      Uint8Array.from(smooth, (v) => (v > threshold ? 1 : 0)),
      shape,
    );
    const truth = cells.filter((cell) => cell.fov === fov).length;
    expect(count).toBeLessThanOrEqual(truth);
    expect(count).toBeGreaterThanOrEqual(0.95 * truth);
  },
  60_000,
);
