/** The index finds what looking at every box finds, and looks at little else. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { finished } from "../base/steps.ts";
import { rectIndexOf, runsIn } from "./rect-index.ts";

const number = fc.double({ min: -1e3, max: 1e3, noNaN: true });
const length = fc.oneof(
  fc.double({ min: -1, max: 300, noNaN: true }),
  fc.constantFrom(0, Number.NaN, Number.POSITIVE_INFINITY, 1, 2, 4),
);
const box = fc.record({ x: number, y: number, width: length, height: length });
const rect = fc.tuple(number, number, number, number);
const sides = fc.record({
  least: fc.constantFrom(0, 1, 3, 40),
  below: fc.constantFrom(0.5, 3, 40, Number.POSITIVE_INFINITY),
});

const boundsOf = (boxes: readonly { x: number; y: number; width: number; height: number }[]) =>
  Float64Array.from(
    boxes.flatMap(({ x, y, width, height }) => [0, y, x, 1, y + height, x + width]),
  );

test("all that touch a rectangle and are of a size", () => {
  fc.assert(
    fc.property(fc.array(box, { maxLength: 60 }), rect, sides, (boxes, [x, y, x1, y1], wanted) => {
      const bounds = boundsOf(boxes);
      const [minX, minY, maxX, maxY] = [
        Math.min(x, x1),
        Math.min(y, y1),
        Math.max(x, x1),
        Math.max(y, y1),
      ];
      const right = (row: number): boolean => {
        const [, y0 = 0, x0 = 0, , yEnd = 0, xEnd = 0] = bounds.subarray(6 * row);
        const side = Math.max(xEnd - x0, yEnd - y0);
        const there = Number.isFinite(side) && xEnd >= x0 && yEnd >= y0;
        const touches = x0 <= maxX && xEnd >= minX && y0 <= maxY && yEnd >= minY;
        return there && touches && side >= wanted.least && side < wanted.below;
      };
      const runs = runsIn(finished(rectIndexOf(bounds)), [minX, minY, maxX, maxY], wanted);
      const found = runs.flatMap(({ ids, from, to }) => [...ids.subarray(from, to)]);
      expect(new Set(found).size).toBe(found.length);
      expect(found.filter(right).sort((a, b) => a - b)).toEqual(
        boxes.map((_, row) => row).filter(right),
      );
    }),
    { numRuns: 400 },
  );
});

test("a corner of 10⁵ boxes costs about what lies there, a size there is none of nothing", () => {
  const boxes = Array.from({ length: 1e5 }, (_, i) => ({
    x: 10 * (i % 1000),
    y: 10 * Math.floor(i / 1000),
    width: 5,
    height: 5,
  }));
  const index = finished(rectIndexOf(boundsOf(boxes)));
  const all = { least: 0, below: Number.POSITIVE_INFINITY };
  const corner = runsIn(index, [0, 0, 199, 199], all);
  const inside = corner.reduce((sum, { from, to }) => sum + to - from, 0);
  expect(inside).toBeGreaterThanOrEqual(400);
  expect(inside).toBeLessThan(800);
  // Also those that reach in from the cell before.
  for (let at = 0; at < 900; at += 4.99) {
    const wanted = 1000 * Math.floor(at / 10) + Math.floor(at / 10);
    const runs = runsIn(index, [at, at, at, at], all);
    const found = runs.some(({ ids, from, to }) => ids.subarray(from, to).includes(wanted));
    expect([at, found || at % 10 > 5]).toEqual([at, true]);
  }
  expect(runsIn(index, [0, 0, 1e4, 1e3], { ...all, least: 8 })).toEqual([]);
  expect(runsIn(index, [0, 0, 1e4, 1e3], { ...all, below: 3.9 })).toEqual([]);
});
