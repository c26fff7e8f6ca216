/** A crowd of boxes is a veil: seen on white as on black, thicker the more there are, without seams between tiles. */
import { expect, test } from "vitest";
import { DensityPainter, PLAIN_COLOR, TILE_CELLS } from "./roi-density.ts";

/** A cell of a tile whose first column is `fromX`, with so many boxes of one cell for each cell between two columns. */
function paintedCell(
  x: number,
  perCell: number,
  { fromX = 0, columns = [0, TILE_CELLS * 2] } = {},
) {
  const painter = new DensityPainter();
  painter.begin([fromX, 0, fromX + TILE_CELLS, TILE_CELLS]);
  const [first = 0, end = 0] = columns;
  for (let column = first; column < end; column++)
    for (let row = 0; row < TILE_CELLS; row++)
      painter.add(column, row, column + 1, row + 1, PLAIN_COLOR, perCell);
  const at = 4 * ((TILE_CELLS / 2) * TILE_CELLS + x);
  const [r = 0, g = 0, b = 0, alpha = 0] = painter.picture()?.subarray(at, at + 4) ?? [];
  return { light: (r + g + b) / 3, alpha };
}

test("more boxes hide more, are darker than white and lighter than black", () => {
  let before = 0;
  for (const perCell of [2, 6, 18]) {
    const { light, alpha } = paintedCell(100, perCell);
    expect(alpha).toBeGreaterThan(before);
    before = alpha;
    expect(light).toBeGreaterThan(40);
    expect(255 - alpha + light).toBeLessThan(215);
  }
});

test("where a crowd begins it hides about as much as the boxes before it", () => {
  const before = paintedCell(100, 0.7).alpha;
  for (const perCell of [1, 1.3, 1.6, 2, 3])
    expect(paintedCell(100, perCell).alpha).toBeGreaterThan(0.8 * before);
});

test("beside a crowd there is nothing but a narrow edge of it", () => {
  const crowd = { columns: [0, 256] };
  expect(paintedCell(200, 3, crowd).alpha).toBeGreaterThan(100);
  expect(paintedCell(280, 3, crowd)).toEqual({ light: 0, alpha: 0 });
});

test("goes on from one tile to the next", () => {
  const crowd = { columns: [TILE_CELLS - 90, TILE_CELLS + 3] };
  const last = paintedCell(TILE_CELLS - 1, 3, crowd);
  const next = paintedCell(0, 3, { ...crowd, fromX: TILE_CELLS });
  expect(Math.abs(next.alpha - last.alpha)).toBeLessThan(6);
  expect(Math.abs(next.light - last.light)).toBeLessThan(6);
});

test("nothing is drawn beyond the rims of boxes, of a crowd neither", () => {
  const painter = new DensityPainter();
  painter.begin([0, 0, TILE_CELLS, TILE_CELLS]);
  expect(painter.ink()).toBeUndefined();
  for (let column = 100; column < 200; column++)
    for (let row = 50; row < 90; row++)
      painter.add(column, row, column + 1, row + 1, PLAIN_COLOR, 9);
  expect(painter.ink()).toEqual([99, 49, 201, 91]);
  const picture = painter.picture();
  const alpha = (x: number, y: number) => picture?.[4 * (y * TILE_CELLS + x) + 3];
  expect([alpha(98, 60), alpha(201, 60), alpha(150, 48), alpha(150, 91)]).toEqual([0, 0, 0, 0]);
  for (const lit of [alpha(99, 60), alpha(200, 60), alpha(150, 49), alpha(150, 90)])
    expect(lit).toBeGreaterThan(0);
  // Boxes that lie beside the tile alone.
  painter.begin([300, 0, 300 + TILE_CELLS, TILE_CELLS]);
  painter.add(290, 10, 295, 20, PLAIN_COLOR, 1);
  expect(painter.ink()).toBeUndefined();
  expect(painter.picture()).toBeUndefined();
});
