/** Light and colour in exact numbers. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { LUT_NAMES } from "../ome/lut-names.ts";
import { colorsOfLight, lightOf } from "./channel-light.ts";
import { lutOf, RAMP_STOPS } from "./luts.ts";

test("a value's light is its place in the window, to the power of gamma", () => {
  expect([-5, 0, 25, 100, 200].map((value) => lightOf(value, [0, 100]))).toEqual([
    0, 0, 0.25, 1, 1,
  ]);
  expect(lightOf(25, [0, 100], 0.5)).toBe(0.5);
  expect(lightOf(125, [100, 200], 2)).toBe(0.0625);
  expect([lightOf(-1, [0, 1], 0.5), lightOf(9, [0, 1], 3)]).toEqual([0, 1]);
});

test("light never falls as values rise, and stays between 0 and 1", () => {
  const finite = fc.double({ noNaN: true, min: -1e6, max: 1e6 });
  fc.assert(
    fc.property(
      finite,
      finite,
      finite,
      fc.double({ min: 0.1, max: 5, noNaN: true }),
      (a, b, at, gamma) => {
        const window = [Math.min(a, b), Math.max(a, b) + 1] as const;
        const [low, high] = [lightOf(at, window, gamma), lightOf(at + 10, window, gamma)];
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeGreaterThanOrEqual(low);
        expect(high).toBeLessThanOrEqual(1);
      },
    ),
  );
});

test("a table takes the colour's place; between its colours lie straight lines", () => {
  const at = (colors: Float32Array, step: number) => [...colors.subarray(3 * step, 3 * step + 3)];
  const plain = colorsOfLight({ color: [255, 51, 0] });
  expect([at(plain, 0), at(plain, 51), at(plain, 255)]).toEqual([
    [0, 0, 0],
    [51, Math.fround(10.2), 0],
    [255, 51, 0],
  ]);
  const viridis = colorsOfLight({ color: [255, 0, 0], ramp: lutOf("viridis") });
  expect([at(viridis, 0), at(viridis, 255)]).toEqual([
    [0x44, 0x01, 0x54],
    [0xfd, 0xe7, 0x25],
  ]);
  const two = colorsOfLight({ color: [0, 0, 0], ramp: [0x000000, 0xff3300] });
  expect(at(two, 51)).toEqual([51, Math.fround(10.2), 0]);
});

test("every table has all its colours, and there is none of another name", () => {
  for (const name of LUT_NAMES) {
    const ramp = lutOf(name) ?? [];
    expect(ramp).toHaveLength(RAMP_STOPS);
    expect(ramp.every((color) => color >= 0 && color <= 0xffffff)).toBe(true);
  }
  expect([lutOf(undefined), lutOf("rainbow")]).toEqual([undefined, undefined]);
});
