/** Where the wells of a plate lie, how many pixels each has, and which one is at a place. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { PixelGrid } from "../geometry/pixel-grid.ts";
import {
  cellRect,
  originOf,
  pictureRect,
  pictureSize,
  plateLattice,
  wellPlaceAt,
  wellsRect,
} from "./plate-place.ts";

const gridOf = (height: number, width: number, scale: number): PixelGrid => ({
  shape: [1, height, width],
  scale: [1, scale, scale],
});

const SCREEN = { width: 1280, height: 800 };

function latticeOf(rows: number, columns: number, finest: PixelGrid, coarsest: PixelGrid = finest) {
  return plateLattice({ rows, columns, finest, coarsest, screen: SCREEN });
}

it("gives a cell the pixels of the coarsest level, where there is room for them", () => {
  const place = latticeOf(2, 3, gridOf(80, 100, 0.5), gridOf(20, 25, 2));
  expect(place).toEqual({ rows: 2, columns: 3, width: 25, height: 20, gap: 2, scale: 2 });
  expect(pictureSize(place)).toEqual({ width: 81, height: 44 });
  expect(pictureRect(place)).toEqual([0, 0, 162, 88]);
  expect(originOf(place, { rowIndex: 1, columnIndex: 2 })).toEqual([108, 44]);
  expect(cellRect(place, { rowIndex: 1, columnIndex: 2 })).toEqual([108, 44, 158, 84]);
});

it("gives a cell one and a half pixels for one of the screen, and no more than the level has", () => {
  const grid = gridOf(500, 500, 1);
  expect(latticeOf(8, 12, grid).width).toBe(150);
  expect(latticeOf(16, 24, grid).width).toBe(75);
  expect(latticeOf(8, 12, grid, gridOf(125, 125, 4)).width).toBe(125);
});

it("keeps the picture of any plate within what a screen shows", () => {
  const sides = fc.integer({ min: 1, max: 60 });
  const edges = fc.integer({ min: 1, max: 4000 });
  fc.assert(
    fc.property(sides, sides, edges, edges, (rows, columns, height, width) => {
      const grid = gridOf(height, width, 0.65);
      const place = latticeOf(rows, columns, grid);
      const size = pictureSize(place);
      expect(Math.max(size.width, size.height)).toBeLessThanOrEqual(3072 + rows + columns);
      // A cell is never smaller than its well, and less than a pixel larger.
      expect(place.width * place.scale).toBeGreaterThanOrEqual(width * 0.65 - 1e-6 * place.scale);
      expect(place.width * place.scale - width * 0.65).toBeLessThanOrEqual(place.scale);
    }),
  );
});

it("finds the well at every place of its cell, and none in the gaps", () => {
  const place = latticeOf(8, 12, gridOf(108, 128, 1), gridOf(54, 64, 2));
  const wells = fc.record({
    rowIndex: fc.nat({ max: 7 }),
    columnIndex: fc.nat({ max: 11 }),
  });
  const part = fc.double({ min: 0, max: 0.999, noNaN: true });
  fc.assert(
    fc.property(wells, part, part, (well, u, v) => {
      const [x0, y0, x1, y1] = cellRect(place, well);
      const at = { x: x0 + u * (x1 - x0), y: y0 + v * (y1 - y0) };
      expect(wellPlaceAt(place, at)).toEqual(well);
      expect(wellPlaceAt(place, { x: x1 + place.scale / 2, y: at.y })).toBeUndefined();
    }),
  );
  expect(wellPlaceAt(place, { x: -1, y: 5 })).toBeUndefined();
  expect(wellPlaceAt(place, { x: 5, y: pictureRect(place)[3] + 1 })).toBeUndefined();
});

it("shows the part of the plate that has wells", () => {
  const place = latticeOf(8, 12, gridOf(10, 10, 1), gridOf(10, 10, 1));
  const wells = [
    { rowIndex: 3, columnIndex: 5 },
    { rowIndex: 1, columnIndex: 7 },
  ];
  expect(wellsRect(place, wells)).toEqual([55, 11, 87, 43]);
  expect(wellsRect(place, [])).toEqual(pictureRect(place));
});
