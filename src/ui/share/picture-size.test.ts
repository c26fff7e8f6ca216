/** Sizes of pictures: never more than can be held, always one, and pieces that cover a picture once. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { worldBox } from "../../geometry/box.ts";
import type { Level } from "../../ome/multiscale.ts";
import { makeImage } from "../../testing/make-image.ts";
import { MemoryStore } from "../../zarr/memory-store.ts";
import { PIXELS_MAX, pictureSizes, piecesOf, SIDE_MAX } from "./picture-size.ts";

const length = fc.double({ min: 1e-3, max: 1e5, noNaN: true });

const voxel = async (scale: number): Promise<readonly Level[]> => {
  const store = new MemoryStore();
  const shape = [4000, 4000];
  const image = await makeImage(store, {
    axes: ["y", "x"],
    shape,
    chunks: shape,
    scale: [scale, scale],
  });
  return image.levels;
};

test("an ROI has the sizes of the screen and, from its own voxels on, that of each level", async () => {
  const sizes = pictureSizes(worldBox([0, 20.1, 10], [1, 270.1, 510]), 0.5, await voxel(0.2));
  expect(sizes.map(({ of, width, height }) => [typeof of, width, height])).toEqual([
    ["number", 1000, 500],
    ["number", 2000, 1000],
    ["object", 2500, 1251],
    ["number", 4000, 2000],
  ]);
  expect(sizes.map(({ perScreenPixel }) => perScreenPixel)).toEqual([1, 2, 3, 4]);
  expect(sizes[2]?.rect).toEqual([10, 20, 510, 270.2]);
});

test("there is always a size, and none is more than can be held", () => {
  fc.assert(
    fc.property(length, length, length, (width, height, screen) => {
      const sizes = pictureSizes(worldBox([0, 7, 5], [1, 7 + height, 5 + width]), screen, []);
      expect(sizes.length).toBeGreaterThan(0);
      for (const size of sizes) {
        expect(Math.max(size.width, size.height)).toBeLessThanOrEqual(SIDE_MAX);
        expect(size.width * size.height).toBeLessThanOrEqual(PIXELS_MAX);
        expect(Math.min(size.width, size.height)).toBeGreaterThan(0);
      }
    }),
  );
});

test("pieces cover each pixel of a picture once", () => {
  const edge = fc.integer({ min: 1, max: SIDE_MAX });
  fc.assert(
    fc.property(edge, edge, fc.integer({ min: 1, max: 9 }), (width, height, per) => {
      const size = { width, height, perScreenPixel: per, worldPerPixel: 1, of: 1 };
      const pieces = piecesOf({ ...size, rect: [0, 0, width, height] });
      let covered = 0;
      for (const piece of pieces) {
        expect(piece.width * piece.height * per * per).toBeLessThanOrEqual(1024 * 512);
        const right = Math.min(width, (piece.left + piece.width) * per);
        const bottom = Math.min(height, (piece.top + piece.height) * per);
        covered += (right - piece.left * per) * (bottom - piece.top * per);
      }
      expect(covered).toBe(width * height);
      expect(new Set(pieces.map(({ left, top }) => `${left},${top}`)).size).toBe(pieces.length);
    }),
  );
});
