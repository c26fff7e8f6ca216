/** Pixels' values as text. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { exactText, windowText } from "./channel-text.ts";

test("a value is told to its last digit and no further, whatever its type", () => {
  const told = [
    2n ** 63n - 1n,
    -9007199254740993n,
    4294967040,
    16777217,
    Math.fround(0.1),
    0.1,
    0.30000000000000004,
    Math.fround(-1234.5678),
    2 ** -24,
    Number.NaN,
    Number.NEGATIVE_INFINITY,
  ].map(exactText);
  expect(told).toEqual([
    "9223372036854775807",
    "-9007199254740993",
    "4294967040",
    "16777217",
    "0.1",
    "0.1",
    "0.30000000000000004",
    "-1234.5677",
    "5.9604645e-8",
    "NaN",
    "-Infinity",
  ]);
});

test("a window is told in little room, however large or small its ends are", () => {
  const told = [[0, 65_535] as const, [-(2 ** 31), 2 ** 64] as const, [0, 1.25e-9] as const];
  expect(told.map(windowText)).toEqual(["0–65535", "-2.15e+9–1.84e+19", "0–1.25e-9"]);
});

test("the text of a 32-bit float is read back as the same float, and that of a number that is none as the same number", () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true }), (value) => {
      expect(Math.fround(Number(exactText(value)))).toBe(value + 0);
    }),
  );
  fc.assert(
    fc.property(fc.double({ noNaN: true }), (value) => {
      fc.pre(Math.fround(value) !== value);
      expect(Number(exactText(value))).toBe(value);
    }),
  );
});
