/** A crowd of boxes is a veil: seen on white as on black, thicker the more there are, without seams between tiles. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { drawnAt } from "../testing/density.ts";
import { PLAIN_COLOR } from "./palette.ts";
import { BIN } from "./roi-crowd.ts";
import { DensityPainter, TILE_CELLS } from "./roi-density.ts";

const MIDDLE = TILE_CELLS / 2;

/** A tile whose first column is `fromX`, with so many boxes of one cell for each cell between two columns. */
function painted(perCell: number, { fromX = 0, columns = [0, TILE_CELLS * 2] } = {}) {
  const painter = new DensityPainter();
  painter.begin([fromX, 0, fromX + TILE_CELLS, TILE_CELLS]);
  const [first = 0, end = 0] = columns;
  for (let column = first; column < end; column++)
    for (let row = 0; row < TILE_CELLS; row++)
      painter.add(column, row, column + 1, row + 1, PLAIN_COLOR, perCell);
  return painter.picture();
}

function cellOf(picture: ReturnType<typeof painted>, x: number, y = MIDDLE) {
  const [r, g, b, alpha] = drawnAt(picture, x, y);
  return { light: (r + g + b) / 3, alpha };
}

test("more boxes hide more, are darker than white and lighter than black", () => {
  let before = 0;
  for (const perCell of [2, 6, 18]) {
    const { light, alpha } = cellOf(painted(perCell), 100);
    expect(alpha).toBeGreaterThan(before);
    before = alpha;
    expect(light).toBeGreaterThan(40);
    expect(255 - alpha + light).toBeLessThan(215);
  }
});

test("where a crowd begins it hides about as much as the boxes before it", () => {
  /** The mean alpha of a picture with boxes of 3 × 3 cells, so many cells apart. */
  const hidden = (apart: number): number => {
    const painter = new DensityPainter();
    painter.begin([0, 0, TILE_CELLS, TILE_CELLS]);
    for (let x = 0; x < TILE_CELLS; x += apart)
      for (let y = 0; y < TILE_CELLS; y += apart) painter.add(x, y, x + 3, y + 3, PLAIN_COLOR, 1);
    const picture = painter.picture();
    let sum = 0;
    for (let x = 200; x < 260; x++)
      for (let y = 200; y < 260; y++) sum += drawnAt(picture, x, y)[3] / 60 ** 2;
    return sum;
  };
  const apart = [6, 5, 4.5, 4, 3.5, 3, 2];
  const each = apart.map(hidden);
  for (const [i, one] of each.entries())
    for (const other of each.slice(0, i)) expect(one).toBeGreaterThan(0.8 * other);
});

test("beside a crowd there is nothing but a narrow edge of it", () => {
  const picture = painted(3, { columns: [0, 256] });
  expect(cellOf(picture, 200).alpha).toBeGreaterThan(100);
  expect(cellOf(picture, 280)).toEqual({ light: 0, alpha: 0 });
});

test("goes on from one tile to the next", () => {
  const columns = [TILE_CELLS - 90, TILE_CELLS + 3];
  const last = cellOf(painted(3, { columns }), TILE_CELLS - 1);
  const next = cellOf(painted(3, { columns, fromX: TILE_CELLS }), 0);
  expect(Math.abs(next.alpha - last.alpha)).toBeLessThan(6);
  expect(Math.abs(next.light - last.light)).toBeLessThan(6);
});

test("a crowd is a mesh and no picture, lone boxes are a picture of the squares they lie in", () => {
  const { veiled, cells, lit } = painted(3, { columns: [-BIN, TILE_CELLS + BIN] }) ?? {};
  expect(veiled?.length).toBeGreaterThan(0);
  // It is alike from end to end but at its upper and its lower edge, where no boxes follow and lone ones are told.
  expect([lit?.length, cells === undefined]).toEqual([12, false]);
  const painter = new DensityPainter();
  painter.begin([0, 0, TILE_CELLS, TILE_CELLS]);
  for (let x = -BIN; x < TILE_CELLS + BIN; x++)
    for (let y = -BIN; y < TILE_CELLS + BIN; y++) painter.add(x, y, x + 1, y + 1, PLAIN_COLOR, 3);
  expect(painter.picture()).toMatchObject({ cells: undefined, lit: new Uint16Array(0) });
  painter.begin([0, 0, TILE_CELLS, TILE_CELLS]);
  painter.add(100, 100, 103, 103, PLAIN_COLOR, 1);
  const lone = painter.picture();
  expect([lone?.veil, lone?.veiled.length, lone?.lit.length]).toEqual([undefined, 0, 6]);
});

test("a crowd no larger than a bin is seen", () => {
  const painter = new DensityPainter();
  painter.begin([0, 0, TILE_CELLS, TILE_CELLS]);
  painter.add(10, 10, 11, 11, PLAIN_COLOR, 1);
  painter.add(400, 400, 401, 401, PLAIN_COLOR, 1);
  const middle = 6.5 * BIN;
  painter.add(middle - 6, middle - 6, middle + 6, middle + 6, PLAIN_COLOR, 40);
  expect(drawnAt(painter.picture(), middle, middle)[3]).toBeGreaterThan(100);
});

test("every cell that a box or its rim reaches is drawn, alone or in a crowd", () => {
  const place = fc.integer({ min: 0, max: 80 });
  const box = fc.tuple(place, place, fc.integer({ min: 1, max: 12 }), fc.nat({ max: 30 }));
  fc.assert(
    fc.property(fc.array(box, { minLength: 1, maxLength: 6 }), (boxes) => {
      const painter = new DensityPainter();
      painter.begin([0, 0, TILE_CELLS, TILE_CELLS]);
      for (const [x, y, size, more] of boxes)
        for (let i = 0; i <= more; i++) painter.add(x, y, x + size, y + size, PLAIN_COLOR, 1);
      const picture = painter.picture();
      for (const [x, y, size] of boxes)
        for (const at of [x - 1, x, x + size - 1, x + size])
          if (at >= 0) expect(drawnAt(picture, at, y)[3]).toBeGreaterThan(40);
    }),
    { numRuns: 40 },
  );
});

test("nothing is drawn beyond the rims of boxes, of a crowd neither", () => {
  const painter = new DensityPainter();
  painter.begin([0, 0, TILE_CELLS, TILE_CELLS]);
  expect(painter.picture()).toBeUndefined();
  for (let column = 100; column < 200; column++)
    for (let row = 50; row < 90; row++)
      painter.add(column, row, column + 1, row + 1, PLAIN_COLOR, 9);
  const picture = painter.picture();
  expect(picture?.ink).toEqual([99, 49, 201, 91]);
  const alpha = (x: number, y: number) => drawnAt(picture, x, y)[3];
  expect([alpha(98, 60), alpha(201, 60), alpha(150, 48), alpha(150, 91)]).toEqual([0, 0, 0, 0]);
  for (const seen of [alpha(99, 60), alpha(200, 60), alpha(150, 49), alpha(150, 90)])
    expect(seen).toBeGreaterThan(0);
  // Boxes that lie beside the tile alone.
  painter.begin([300, 0, 300 + TILE_CELLS, TILE_CELLS]);
  painter.add(290, 10, 295, 20, PLAIN_COLOR, 1);
  expect(painter.picture()).toBeUndefined();
});
