/** Components are those of scikit-image, and of plain flooding. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Zyx } from "../../geometry/box.ts";
import { labelComponents } from "./label-components.ts";

type Planes = readonly (readonly string[])[];

/** Draws the labels of a drawn mask: "#" is foreground, an id is its digit. */
function drawn(planes: Planes): string[][] {
  const height = planes[0]?.length ?? 0;
  const width = planes[0]?.[0]?.length ?? 0;
  const mask = Uint8Array.from(planes.flat().join(""), (voxel) => (voxel === "#" ? 1 : 0));
  const { labels } = labelComponents(mask, [planes.length, height, width]);
  return planes.map((plane, z) =>
    plane.map((_, y) =>
      Array.from({ length: width }, (__, x) => labels[(z * height + y) * width + x] || ".").join(
        "",
      ),
    ),
  );
}

/** The voxels that touch a voxel by a face, edge or corner, and itself. */
function around(voxel: number, [planes, height, width]: Zyx): number[] {
  const near = (i: number, length: number) => [i - 1, i, i + 1].filter((k) => k >= 0 && k < length);
  const y = Math.floor(voxel / width) % height;
  return near(Math.floor(voxel / width / height), planes).flatMap((zz) =>
    near(y, height).flatMap((yy) =>
      near(voxel % width, width).map((xx) => (zz * height + yy) * width + xx),
    ),
  );
}

/** The definition, plainly: the first voxel without a number starts the next object, which spreads to its neighbours. */
function flooded(mask: Uint8Array, shape: Zyx): number[] {
  const labels = new Array<number>(mask.length).fill(0);
  const isOpen = (voxel: number) => mask[voxel] !== 0 && labels[voxel] === 0;
  let count = 0;
  for (const first of labels.keys()) {
    if (!isOpen(first)) continue;
    count++;
    const spreading = [first];
    for (let at = spreading.pop(); at !== undefined; at = spreading.pop()) {
      labels[at] = count;
      spreading.push(...around(at, shape).filter(isOpen));
    }
  }
  return labels;
}

describe("labelComponents", () => {
  it("equals skimage.measure.label on a plane", () => {
    expect(
      drawn([["#..##..#.#..", ".#....##..#.", "..#.#.....##", "#...#.##....", "##.....#.#.#"]]),
    ).toEqual([["1..22..3.4..", ".1....33..4.", "..1.5.....44", "6...5.77....", "66.....7.8.9"]]);
  });

  it("equals skimage.measure.label on a volume, where corners touch across planes", () => {
    expect(
      drawn([
        ["#.....#", "..#....", "......#"],
        [".......", ".#.#...", "#......"],
        ["....##.", ".......", "......."],
      ]),
    ).toEqual([
      ["1.....2", "..1....", "......3"],
      [".......", ".1.1...", "1......"],
      ["....11.", ".......", "......."],
    ]);
  });

  it("joins what meets only later", () => {
    expect(drawn([["#.#", "#.#", "###"]])).toEqual([["1.1", "1.1", "111"]]);
  });

  it("equals flooding from each first voxel", () => {
    const side = fc.integer({ min: 1, max: 7 });
    const volumes = fc.tuple(side, side, side).chain(([z, y, x]) =>
      fc.tuple(
        fc.constant<Zyx>([z, y, x]),
        fc.array(fc.constantFrom(0, 0, 0, 1), {
          minLength: z * y * x,
          maxLength: z * y * x,
        }),
      ),
    );
    fc.assert(
      fc.property(volumes, ([shape, voxels]) => {
        const mask = Uint8Array.from(voxels);
        const expected = flooded(mask, shape);
        const { labels, count } = labelComponents(mask, shape);
        expect([...labels]).toEqual(expected);
        expect(count).toBe(Math.max(0, ...expected));
      }),
      { numRuns: 300 },
    );
  });
});
