/** Distances equal the least over all background voxels. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Zyx } from "../../geometry/box.ts";
import { squaredDistances } from "./distance.ts";

/** The definition, plainly: the least over all background voxels. */
function leastOverAll(mask: Uint8Array, [, height, width]: Zyx): number[] {
  const at = (i: number) =>
    [Math.floor(i / (height * width)), Math.floor(i / width) % height, i % width] as const;
  const background = [...mask.keys()].filter((i) => mask[i] === 0).map(at);
  return Array.from(mask, (_, i) => {
    const [z, y, x] = at(i);
    return Math.min(...background.map((b) => (z - b[0]) ** 2 + (y - b[1]) ** 2 + (x - b[2]) ** 2));
  });
}

describe("squaredDistances", () => {
  it("is the least over all background voxels", () => {
    const side = fc.integer({ min: 1, max: 9 });
    const masks = fc.tuple(side, side, side).chain(([z, y, x]) =>
      fc.tuple(
        fc.constant<Zyx>([z, y, x]),
        fc.array(fc.constantFrom(0, 1, 1, 1, 1, 1, 1, 1, 1, 1), {
          minLength: z * y * x,
          maxLength: z * y * x,
        }),
        fc.nat(),
      ),
    );
    fc.assert(
      fc.property(masks, ([shape, voxels, background]) => {
        const mask = Uint8Array.from(voxels);
        mask[background % mask.length] = 0;
        expect([...squaredDistances(mask, shape)]).toEqual(leastOverAll(mask, shape));
      }),
      { numRuns: 300 },
    );
  });

  it("is scipy's where there is no background", () => {
    expect([...squaredDistances(new Uint8Array(6).fill(1), [1, 2, 3])]).toEqual([1, 2, 5, 4, 5, 8]);
    expect([...squaredDistances(new Uint8Array(4).fill(1), [2, 1, 2])]).toEqual([1, 2, 4, 5]);
  });

  it("refuses shapes whose squares do not fit", () => {
    expect(() => squaredDistances(new Uint8Array(0), [1, 1, 50_000])).toThrow(/too large/);
  });
});
