/** A frame that is shifted has the pixels of one drawn in full, and draws no more than what came into view. */
import type { Layer } from "@deck.gl/core";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { NONE_SELECTED } from "../editor/selection.ts";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import { boxes, image, isSame, label, rois, StillDeck } from "../testing/still-deck.ts";
import { roiLayers } from "./roi-layers.ts";

let deck: StillDeck;

beforeEach(async () => {
  deck = await StillDeck.made();
});

afterEach(() => {
  expect(deck.gl.getError()).toBe(0);
  deck.remove();
});

test("a move by whole pixels draws what came into view, and its pixels are those of a whole frame", () => {
  deck.show([...image(), ...label(), ...boxes()]);
  deck.at(1, 0);
  for (const [x, y, parts] of [
    [5, 0, ["shift", "236,0,4,160"]],
    [5, -3, ["shift", "0,157,240,3"]],
    [10, 4, ["shift", "0,0,240,7", "235,7,5,153"]],
    [1, 2, ["shift", "0,158,240,2", "0,0,9,158"]],
  ] as const) {
    deck.places();
    const shifted = deck.at(x, y);
    expect(deck.places()).toEqual(parts);
    const whole = deck.whole();
    expect(deck.places()).toEqual(["all"]);
    expect(isSame(shifted, whole)).toBe(true);
  }
});

test("moves in any number lead to the pixels of a whole frame", () => {
  deck.show([...image(), ...label(), ...boxes()]);
  const by = fc.integer({ min: -20, max: 20 });
  let [x, y] = [0, 0];
  fc.assert(
    fc.property(fc.array(fc.tuple(by, by), { minLength: 1, maxLength: 8 }), (moves) => {
      let pixels = deck.at(x, y);
      for (const [dx, dy] of moves) {
        [x, y] = [x + dx, y + dy];
        pixels = deck.at(x, y);
      }
      expect(isSame(pixels, deck.whole())).toBe(true);
      // Not so far that nothing is left to be seen.
      [x, y] = [x % 60, y % 60];
    }),
    { numRuns: 12 },
  );
});

test("where the camera jumps, ROIs and their names are drawn in the very frame that has their handles", () => {
  const far = roisOfBoxes([flatBox([30, 30, 110, 90]), flatBox([630, 30, 710, 90])]);
  const scene = { preview: undefined, invalid: NONE_SELECTED, hovered: undefined, visible: true };
  const plane = { min: 0.01, max: 0.99 };
  const layers = (id: number): Layer[] =>
    roiLayers({ ...scene, rois: far, selection: new Set([id]), plane, pixelsPerUnit: 1 });
  deck.show(layers(0));
  deck.setProps({ layers: layers(1) });
  const first = deck.at(600, 0);
  deck.frame();
  expect(isSame(first, deck.whole())).toBe(true);
});

test("names are shifted along, and differ by no more than rounding", () => {
  deck.show(rois());
  deck.at(1, 0);
  deck.places();
  const shifted = deck.at(5, -3);
  expect(deck.places()[0]).toBe("shift");
  const whole = deck.whole();
  const off = shifted.map((value, i) => Math.abs(value - (whole[i] ?? 0)));
  // Corners lie on sixteenths of a pixel.
  expect(off.reduce((most, one) => Math.max(most, one), 0)).toBeLessThanOrEqual(32);
});

test("a name at the edge of the view moves along with its box, and is set anew when the view rests", async () => {
  const around = roisOfBoxes([flatBox([-200, -200, 500, 500])]);
  const scene = { preview: undefined, invalid: NONE_SELECTED, hovered: undefined, visible: true };
  const plane = { min: 0.01, max: 0.99 };
  deck.show(
    roiLayers({ ...scene, rois: around, selection: NONE_SELECTED, plane, pixelsPerUnit: 1 }),
  );
  deck.at(1, 0);
  deck.places();
  for (let i = 2; i <= 5; i++) {
    deck.at(3 * i, i);
    expect(deck.places()[0]).toBe("shift");
  }
  const moving = deck.whole();
  deck.at(15, 6);
  deck.at(15, 5);
  const { promise, resolve } = Promise.withResolvers<void>();
  deck.setProps({ onAfterRender: () => resolve() });
  // All is drawn when the camera rests: names have been set by then.
  await promise;
  const rested = deck.frame();
  expect(isSame(rested, moving)).toBe(false);
  deck.at(15, 5, 1);
  deck.at(15, 5);
  expect(isSame(rested, deck.whole())).toBe(true);
});
