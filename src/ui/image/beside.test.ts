/** What lies beside a click covers neither it nor the handles around it, and is as near as it can be. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { CanvasPoint } from "../../scene/camera-moves.ts";
import { placeBeside } from "./beside.ts";

const size = { width: 90, height: 60 };
const room = { width: 800, height: 600 };

/** The eight handles of a box. */
const handles = (x0: number, y0: number, x1: number, y1: number): CanvasPoint[] =>
  [x0, (x0 + x1) / 2, x1].flatMap((x) =>
    [y0, (y0 + y1) / 2, y1].map((y) => ({ x, y })).filter((_, i) => i !== 1 || x !== (x0 + x1) / 2),
  );

test.each([
  ["right below the point, where nothing else is", [], { x: 314, y: 214 }],
  ["there too in a large box", handles(100, 50, 500, 350), { x: 314, y: 214 }],
  ["beside a handle that lies there", [{ x: 350, y: 240 }], { x: 314, y: 170 }],
])("it lies %s", (_, clear, place) => {
  expect(placeBeside({ x: 300, y: 200 }, size, { clear, room })).toEqual(place);
});

test("it stays in the room, and lies as usual where there is none", () => {
  expect(placeBeside({ x: 790, y: 590 }, size, { clear: [], room })).toEqual({ x: 686, y: 516 });
  const small = { width: 50, height: 50 };
  expect(placeBeside({ x: 20, y: 20 }, size, { clear: [], room: small })).toEqual({ x: 34, y: 34 });
});

test("it covers no handle of any box, nor the point, and is within reach of it", () => {
  const place = fc.integer({ min: 200, max: 400 });
  const side = fc.integer({ min: 24, max: 400 });
  fc.assert(
    fc.property(place, place, side, side, fc.nat(100), fc.nat(100), (x, y, w, h, px, py) => {
      const at = { x: x + (w * px) / 100, y: y + (h * py) / 100 };
      const clear = handles(x, y, x + w, y + h);
      const wide = { width: 1200, height: 1200 };
      const found = placeBeside(at, size, { clear, room: wide });
      const covered = [at, ...clear].filter(
        (point) =>
          point.x > found.x - 8 &&
          point.x < found.x + size.width + 8 &&
          point.y > found.y - 8 &&
          point.y < found.y + size.height + 8,
      );
      expect(covered).toEqual([]);
      const dx = Math.max(found.x - at.x, at.x - found.x - size.width, 0);
      const dy = Math.max(found.y - at.y, at.y - found.y - size.height, 0);
      expect(Math.hypot(dx, dy)).toBeLessThan(120);
    }),
  );
});
