/** Chunks of a box: exactly those that hold one of its voxels. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { intersect, overlaps, pixelBox, volumeOf, type Zyx } from "./box.ts";
import { boxOfChunk, chunksTouching } from "./chunk-cover.ts";

test("a box that ends on a chunk's edge does not touch the next chunk", () => {
  expect(chunksTouching(pixelBox([0, 2, 4], [1, 4, 8]), [1, 2, 4])).toEqual([[0, 1, 1]]);
});

test("an empty box touches no chunk", () => {
  expect(chunksTouching(pixelBox([0, 2, 2], [1, 2, 9]), [1, 4, 4])).toEqual([]);
});

test("the last chunk is cut off at the grid's end", () => {
  expect(boxOfChunk([0, 1, 2], [1, 4, 4], [1, 6, 9])).toEqual(pixelBox([0, 4, 8], [1, 6, 9]));
});

test("the chunks found are disjoint, each overlaps the box, and together they cover it", () => {
  const small = fc.integer({ min: 1, max: 5 });
  const zyx = fc.tuple(small, small, small);
  fc.assert(
    fc.property(zyx, zyx, zyx, (min, size, chunk) => {
      const box = pixelBox(min, [min[0] + size[0], min[1] + size[1], min[2] + size[2]]);
      const everything: Zyx = [99, 99, 99];
      const boxes = chunksTouching(box, chunk).map((c) => boxOfChunk(c, chunk, everything));
      expect(boxes.every((b) => overlaps(b, box))).toBe(true);
      const covered = boxes.reduce((sum, b) => sum + volumeOf(intersect(b, box)), 0);
      expect(covered).toBe(volumeOf(box));
    }),
  );
});
