/** Tiles that overlap are cut into parts that do not: each place is drawn once. */
import fc from "fast-check";
import { expect, it } from "vitest";
import {
  overlapOf,
  type Rect,
  rectHolds,
  rectsOverlap,
  rectWithout,
  visibleParts,
} from "./rect.ts";

const rects = fc
  .tuple(fc.nat(8), fc.nat(8), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .map(([x, y, width, height]): Rect => [x, y, x + width, y + height]);

const SIDE = 14;
const cells = Array.from(
  { length: SIDE * SIDE },
  (_, i) => [(i % SIDE) + 0.5, Math.floor(i / SIDE) + 0.5] as const,
);

it("says what two rectangles share", () => {
  fc.assert(
    fc.property(rects, rects, (a, b) => {
      const [x0, y0, x1, y1] = overlapOf(a, b);
      for (const cell of cells)
        expect(rectHolds([x0, y0, x1, y1], cell)).toBe(rectHolds(a, cell) && rectHolds(b, cell));
      expect((x1 - x0) * (y1 - y0) > 0).toBe(rectsOverlap(a, b));
    }),
  );
});

it("cuts a hole out of a rectangle, into disjoint parts", () => {
  fc.assert(
    fc.property(rects, rects, (rect, hole) => {
      const rest = rectWithout(rect, hole);
      const covers = cells.map((cell) => rest.filter((part) => rectHolds(part, cell)).length);
      expect(covers).toEqual(
        cells.map((cell) => Number(rectHolds(rect, cell) && !rectHolds(hole, cell))),
      );
    }),
  );
});

it("shows every covered place through exactly one rectangle: the last over it", () => {
  fc.assert(
    fc.property(fc.array(rects, { maxLength: 6 }), (all) => {
      const parts = visibleParts(all);
      const shown = cells.map((cell) =>
        parts.flatMap((some, i) => some.filter((part) => rectHolds(part, cell)).map(() => i)),
      );
      expect(shown).toEqual(
        cells.map((cell) => {
          const top = all.findLastIndex((rect) => rectHolds(rect, cell));
          return top < 0 ? [] : [top];
        }),
      );
    }),
  );
});

it("does not count touching edges as overlap", () => {
  expect(rectsOverlap([0, 0, 2, 2], [2, 0, 4, 2])).toBe(false);
  expect(rectsOverlap([0, 0, 2, 2], [1, 1, 4, 2])).toBe(true);
});
