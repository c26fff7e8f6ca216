/** Half precision, all 65536 values of it. */
import { expect, test } from "vitest";
import { floatsFromHalves, halvesFromFloats } from "./half-float.ts";

test.each([
  [0x0000, 0],
  [0x8000, -0],
  [0x0001, 2 ** -24],
  [0x03ff, 1023 * 2 ** -24],
  [0x0400, 2 ** -14],
  [0x3555, 0.333251953125],
  [0x3c00, 1],
  [0xc000, -2],
  [0x7bff, 65504],
  [0x7c00, Number.POSITIVE_INFINITY],
])("0x%s is %f", (bits, value) => {
  expect(floatsFromHalves(Uint16Array.of(bits))[0]).toBe(value);
});

test("every half that is a number comes back as it went", () => {
  const all = Uint16Array.from({ length: 65536 }, (_, bits) => bits);
  const back = halvesFromFloats(floatsFromHalves(all));
  const changed = all.filter((bits, i) => back[i] !== bits && (bits & 0x7fff) <= 0x7c00);
  expect([...changed]).toEqual([]);
});

test("what lies between two halves goes to the nearer one, a tie to the even one", () => {
  const between = [1 + 2 ** -11, 1 + 3 * 2 ** -11, 1 + 2 ** -11 + 2 ** -20, 65519, 65520, 2 ** -25];
  const halves = halvesFromFloats(Float32Array.from(between));
  expect([...halves]).toEqual([0x3c00, 0x3c02, 0x3c01, 0x7bff, 0x7c00, 0]);
});
