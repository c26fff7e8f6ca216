/** The view onto a box of any size: fitted, and zoomed neither too far in nor out. */
import { describe, expect, it } from "vitest";
import {
  type Camera,
  clampZoom,
  fitRect,
  rectInView,
  worldPerPixel,
  zoomLimits,
} from "./camera.ts";
import type { Rect } from "./rect.ts";

const SIZE = { width: 800, height: 600 };

function expectRect(found: Rect, wanted: Rect): void {
  for (const [i, value] of wanted.entries()) expect(found[i]).toBeCloseTo(value, 9);
}

describe("fitting", () => {
  it("shows a box whole, with room around it, as large as the canvas allows", () => {
    expectRect(rectInView(fitRect([100, 50, 300, 150], SIZE), SIZE), [
      200 - (400 * 200) / 752,
      100 - (300 * 200) / 752,
      200 + (400 * 200) / 752,
      100 + (300 * 200) / 752,
    ]);
    expect(rectInView(fitRect([0, 0, 1, 100], SIZE), SIZE)[1]).toBeCloseTo((-24 * 100) / 552, 9);
  });

  it("looks at a box without area, or in a canvas without room, without losing its way", () => {
    expect(fitRect([5, 5, 5, 5], SIZE)).toEqual({ target: [5, 5], zoom: 0 });
    expect(fitRect([0, 0, 10, 10], { width: 0, height: 0 }).zoom).toBeCloseTo(Math.log2(0.1));
  });
});

describe("the view", () => {
  it("has smaller pixels on a dense screen", () => {
    expect(worldPerPixel({ target: [0, 0], zoom: 3 })).toBe(1 / 8);
    expect(worldPerPixel({ target: [0, 0], zoom: -1 }, 2)).toBe(1);
  });
});

describe("zoom limits", () => {
  it("reach from a quarter of the canvas to voxels of 64 pixels", () => {
    const { minZoom, maxZoom } = zoomLimits([0, 0, 752, 100], 0.5, SIZE);
    expect(minZoom).toBeCloseTo(-2);
    expect(maxZoom).toBe(7);
    const camera: Camera = { target: [1, 2], zoom: 9 };
    expect(clampZoom(camera, { minZoom, maxZoom })).toEqual({ target: [1, 2], zoom: 7 });
    expect(clampZoom({ ...camera, zoom: -9 }, { minZoom, maxZoom }).zoom).toBeCloseTo(-2);
  });

  it("always hold the whole image, be it of one voxel", () => {
    const limits = zoomLimits([0, 0, 1, 1], 1, SIZE);
    const { zoom } = fitRect([0, 0, 1, 1], SIZE);
    expect(clampZoom({ target: [0, 0], zoom }, limits).zoom).toBe(zoom);
  });
});
