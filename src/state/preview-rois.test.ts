/** Which ROIs are tried, and how much of one that is too large. */
import { describe, expect, it } from "vitest";
import { lengthsOf, volumeOf, worldBox } from "../geometry/box.ts";
import { type PixelGrid, pixelFromWorld } from "../geometry/pixel-grid.ts";
import type { RecipeRoi } from "../tasks/recipe.ts";
import { previewPart, previewRois } from "./preview-rois.ts";

const roi = (id: number, y: number, x: number, size = 10): RecipeRoi => ({
  id,
  name: `ROI_${id}`,
  box: worldBox([0, y, x], [1, y + size, x + size]),
});
const four = [roi(0, 0, 0), roi(1, 0, 20), roi(2, 20, 0), roi(3, 20, 20)];
const ids = (rois: readonly RecipeRoi[]) => rois.map(({ id }) => id);
const none = new Set<number>();

describe("the ROIs of a preview", () => {
  it("are the first three that are selected, in the order of the recipe", () => {
    expect(ids(previewRois(four, new Set([3, 1]), [0, 0, 0]))).toEqual([1, 3]);
    expect(ids(previewRois(four, new Set([3, 2, 1, 0]), [0, 0, 0]))).toEqual([0, 1, 2]);
  });

  it("are the one looked at, else the nearest", () => {
    expect(ids(previewRois(four, none, [0, 25, 5]))).toEqual([2]);
    expect(ids(previewRois(four, none, [0, 14, 17]))).toEqual([1]);
    expect(ids(previewRois(four, new Set([9]), [0, 100, 100]))).toEqual([3]);
  });

  it("is the smallest of several around the place", () => {
    const well = roi(7, 0, 0, 40);
    expect(ids(previewRois([well, ...four], none, [0, 5, 25]))).toEqual([1]);
    expect(ids(previewRois([well, ...four], none, [0, 15, 15]))).toEqual([7]);
  });

  it("passes over one that lies nowhere, and is none where there is none", () => {
    const lost = { ...roi(8, 0, 0), box: worldBox([0, Number.NaN, 0], [1, 1, 1]) };
    expect(ids(previewRois([lost, ...four], none, [0, 0, 0]))).toEqual([0]);
    expect(previewRois([], none, [0, 0, 0])).toEqual([]);
  });
});

describe("the part of an ROI", () => {
  const grid: PixelGrid = { shape: [20, 8192, 8192], scale: [2, 0.5, 0.5] };
  const field = (planes: number, height: number, width: number): RecipeRoi => ({
    id: 0,
    name: "FOV_1",
    box: worldBox([0, 0, 0], [planes * 2, height / 2, width / 2]),
  });
  const voxels = (one: RecipeRoi) => pixelFromWorld(grid, one.box);

  it("is all of an FOV of a usual camera", () => {
    const fov = field(1, 2160, 2560);
    expect(previewPart(fov, grid, [0, 0, 0], false)).toEqual({ ...fov, isPart: false });
  });

  it("is as many planes around the one looked at as there is time for", () => {
    const part = previewPart(field(20, 2160, 2560), grid, [21, 0, 0], false);
    expect(part.isPart).toBe(true);
    expect(voxels(part)).toMatchObject({ min: [10, 0, 0], max: [11, 2160, 2560] });
    const small = previewPart(field(20, 1024, 1024), grid, [3, 0, 0], false);
    expect(voxels(small)).toMatchObject({ min: [0, 0, 0], max: [8, 1024, 1024] });
  });

  it("is a square around the place where one plane is too large, and lies in the ROI", () => {
    const whole = field(1, 8192, 8192);
    const middle = voxels(previewPart(whole, grid, [0, 2048, 2048], false));
    expect(lengthsOf(middle)).toEqual([1, 2896, 2896]);
    expect(middle.min).toEqual([0, 4096 - 1448, 4096 - 1448]);
    const corner = voxels(previewPart(whole, grid, [0, 0, 9e9], false));
    expect([corner.min[1], corner.max[2]]).toEqual([0, 8192]);
  });

  it("keeps all planes where they are needed", () => {
    const part = voxels(previewPart(field(20, 2160, 2560), grid, [0, 0, 0], true));
    expect(lengthsOf(part)).toEqual([20, 647, 647]);
    expect(volumeOf(part)).toBeLessThanOrEqual(2 ** 23);
  });
});
