/** Neighbours of tiles: each side once and in its place, whatever sizes tiles have and in whatever order they come. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { tileOf } from "../testing/tile.ts";
import type { Tile } from "./tile.ts";
import { tilesAround } from "./tiles-around.ts";

interface Cut {
  readonly widths: readonly number[];
  readonly heights: readonly number[];
  readonly scale: number;
}

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
const cuts: fc.Arbitrary<Cut> = fc.record({
  widths: sizes,
  heights: sizes,
  scale: fc.double({ min: 0.01, max: 100, noNaN: true }),
});

/** Row by row; where one ends the next begins, to the bit. */
function gridOf({ widths, heights, scale }: Cut, level = 0): readonly (readonly Tile[])[] {
  const edge = (lengths: readonly number[], end: number): number =>
    scale * lengths.slice(0, end).reduce((sum, length) => sum + length, 0);
  return heights.map((height, row) =>
    widths.map((width, column) => ({
      ...tileOf([], { width, height, level }),
      bounds: [
        edge(widths, column),
        edge(heights, row),
        edge(widths, column + 1),
        edge(heights, row + 1),
      ],
    })),
  );
}

const SIDES = [-1, 0, 1];

test("each tile has those that touch it around it, and none where the image ends", () => {
  fc.assert(
    fc.property(
      cuts.chain((cut) => {
        const grid = gridOf(cut);
        const all = grid.flat();
        return fc.record({
          grid: fc.constant(grid),
          listed: fc.shuffledSubarray(all, { minLength: all.length }),
        });
      }),
      ({ grid, listed }) => {
        for (const [row, tiles] of grid.entries())
          for (const [column, tile] of tiles.entries()) {
            const around = SIDES.flatMap((dy) => SIDES.map((dx) => grid[row + dy]?.[column + dx]));
            expect(tilesAround(tile, listed)).toEqual(around);
          }
      },
    ),
  );
});

test("what lies beyond a border on another plane, at another time or level is no neighbour", () => {
  const [[left, right] = []] = gridOf({ widths: [4, 4], heights: [4], scale: 1 });
  if (left === undefined || right === undefined) throw new Error("the grid has two tiles");
  const alone = Array.from({ length: 9 }, (_, side) => (side === 4 ? left : undefined));
  for (const other of [{ z: 1 }, { t: 1 }, { level: 1 }])
    expect(tilesAround(left, [left, { ...right, ...other }])).toEqual(alone);
});

test("a tile that begins at the same border but is wider or lower is no neighbour", () => {
  const own = tileOf([], { width: 4, height: 4, x: 4, y: 4 });
  const beside = [
    tileOf([], { width: 4, height: 5, x: 8, y: 4 }),
    tileOf([], { width: 5, height: 4, x: 4, y: 8 }),
    tileOf([], { width: 3, height: 4, x: 0, y: 4 }),
    tileOf([], { width: 4, height: 4, x: 12, y: 4 }),
  ];
  expect(tilesAround(own, [...beside, own]).filter((other) => other)).toEqual([own]);
});
