/** ROIs that touch the same chunks, against every pair of ROI and chunk looked at one by one. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { finished } from "../base/steps.ts";
import { pixelBox } from "../geometry/box.ts";
import { chunksTouching } from "../geometry/chunk-cover.ts";
import { sharedChunks } from "./shared-chunks.ts";

const chunk = [1, 10, 10] as const;
const shape = [3, 45, 60] as const;

test("two FOVs that meet inside a chunk share it; two that meet at its border share none", () => {
  const inside = Float64Array.of(0, 0, 0, 1, 10, 15, 0, 0, 15, 1, 10, 30);
  expect(finished(sharedChunks(inside, { shape, chunk }, 9))).toEqual({
    listed: [{ at: [0, 0, 1], rows: [0, 1] }],
    count: 1,
  });
  const border = Float64Array.of(0, 0, 0, 1, 10, 20, 0, 0, 20, 1, 10, 30);
  expect(finished(sharedChunks(border, { shape, chunk }, 9))).toEqual({ listed: [], count: 0 });
});

test("are those that more than one ROI touches", () => {
  const edge = (size: number) =>
    fc.tuple(fc.nat(size), fc.nat(size)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
  const box = fc.tuple(edge(3), edge(45), edge(60));
  fc.assert(
    fc.property(fc.array(box, { maxLength: 12 }), (boxes) => {
      const rows = boxes.map(([[z0 = 0, z1 = 0], [y0 = 0, y1 = 0], [x0 = 0, x1 = 0]]) => [
        ...[z0, y0, x0],
        ...[z1, y1, x1],
      ]);
      const touched = new Map<string, number[]>();
      for (const [row, [z0 = 0, y0 = 0, x0 = 0, z1 = 0, y1 = 0, x1 = 0]] of rows.entries())
        for (const at of chunksTouching(pixelBox([z0, y0, x0], [z1, y1, x1]), chunk))
          touched.set(at.join(), [...(touched.get(at.join()) ?? []), row]);
      const expected = [...touched].filter(([, all]) => all.length > 1);
      const found = finished(sharedChunks(Float64Array.from(rows.flat()), { shape, chunk }, 1000));
      expect(new Map(found?.listed.map(({ at, rows: all }) => [at.join(), all]))).toEqual(
        new Map(expected),
      );
      expect(found?.count).toBe(expected.length);
    }),
  );
});
