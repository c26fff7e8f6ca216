/** The mesh of the density picture: it covers what is wanted once, and spares triangles only where nothing changes. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { cornersOf, trianglesOf } from "./roi-density-mesh.ts";

test("corners lie in the middles of bins, one beyond each edge of the tile", () => {
  const corners = cornersOf(4);
  const x = [0, 1, 2, 3].map((column) => corners[2 * column]);
  const y = [0, 1, 2, 3].map((row) => corners[2 * 4 * row + 1]);
  expect([corners.length, x, y]).toEqual([
    32,
    [-0.25, 0.25, 0.75, 1.25],
    [-0.25, 0.25, 0.75, 1.25],
  ]);
});

test("squares that look the same are one rectangle, others are themselves", () => {
  const all = () => true;
  const rectangles = (alike: (a: number, b: number) => boolean) =>
    trianglesOf(5, all, alike).length / 6;
  expect(rectangles(all)).toBe(1);
  expect(rectangles(() => false)).toBe(16);
});

const mesh = fc.integer({ min: 2, max: 8 }).chain((across) =>
  fc.record({
    across: fc.constant(across),
    values: fc.array(fc.nat({ max: 1 }), {
      minLength: across * across,
      maxLength: across * across,
    }),
    wanted: fc.array(fc.boolean(), { minLength: across * across, maxLength: across * across }),
  }),
);

interface Rectangle {
  readonly first: number;
  readonly width: number;
  readonly height: number;
}

function rectanglesOf(triangles: Uint16Array, across: number): Rectangle[] {
  return Array.from({ length: triangles.length / 6 }, (_, i) => {
    const [a = 0, b = 0, c = 0, ...others] = triangles.slice(6 * i, 6 * i + 6);
    expect(others).toEqual([c, b, c + b - a]);
    return { first: a, width: b - a, height: (c - a) / across };
  });
}

/** The rows and columns of a lattice. */
function placesIn(height: number, width: number): (readonly [row: number, column: number])[] {
  return Array.from({ length: height * width }, (_, i) => [Math.floor(i / width), i % width]);
}

const between = (from: number, to: number, part: number): number => from + (to - from) * part;

test("every square that is wanted is covered once and no other, and every corner looks as it would alone", () => {
  fc.assert(
    fc.property(mesh, ({ across, values, wanted }) => {
      const alike = (a: number, b: number): boolean => values[a] === values[b];
      const isWanted = (corner: number): boolean => wanted[corner] === true;
      const covered: number[] = [];
      for (const rectangle of rectanglesOf(trianglesOf(across, isWanted, alike), across)) {
        const { first, width, height } = rectangle;
        const corner = (row: number, column: number): number => first + row * across + column;
        const value = (row: number, column: number) => values[corner(row, column)] ?? Number.NaN;
        for (const [row, column] of placesIn(height + 1, width + 1)) {
          const top = between(value(0, 0), value(0, width), column / width);
          const bottom = between(value(height, 0), value(height, width), column / width);
          expect(between(top, bottom, row / height)).toBeCloseTo(value(row, column), 9);
        }
        covered.push(...placesIn(height, width).map(([row, column]) => corner(row, column)));
      }
      const squares = placesIn(across - 1, across - 1).map(
        ([row, column]) => row * across + column,
      );
      expect(covered.sort((a, b) => a - b)).toEqual(squares.filter(isWanted));
    }),
    { numRuns: 500 },
  );
});
