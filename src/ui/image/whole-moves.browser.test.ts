/** Moves by whole pixels of the device lose nothing of what a hand did. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { WholeMoves } from "./whole-moves.ts";

test("every move is of whole pixels of the device, and all of them come within half a one of the hand's", () => {
  const by = fc.double({ min: -50, max: 50, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(by, by), { minLength: 1, maxLength: 20 }), (hand) => {
      const moves = new WholeMoves();
      let [x, y] = [0, 0];
      for (const [dx, dy] of hand) {
        const move = moves.of(dx, dy);
        for (const pixels of [move.x * devicePixelRatio, move.y * devicePixelRatio])
          expect(Math.abs(pixels - Math.round(pixels))).toBeLessThan(1e-9);
        [x, y] = [x + dx - move.x, y + dy - move.y];
      }
      const half = 0.5 / devicePixelRatio + 1e-9;
      expect([Math.abs(x) <= half, Math.abs(y) <= half]).toEqual([true, true]);
    }),
  );
});
