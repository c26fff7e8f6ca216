/** Colors of ids are bright, lasting, and unlike those of their neighbors. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { labelColor } from "./label-color.ts";

it("is bright for every id, and never white", () => {
  fc.assert(
    fc.property(fc.nat(2 ** 32 - 1), (id) => {
      const color = labelColor(id);
      expect(Math.max(...color)).toBeGreaterThanOrEqual(198);
      expect(Math.min(...color)).toBeLessThanOrEqual(128);
    }),
  );
});

it("tells neighbouring ids apart", () => {
  const colors = Array.from({ length: 1000 }, (_, i) => labelColor(i + 1));
  const steps = colors.slice(1).map((color, i) => {
    const before = colors[i] ?? [0, 0, 0];
    return Math.hypot(...color.map((value, channel) => value - (before[channel] ?? 0)));
  });
  expect(steps.filter((step) => step > 40).length).toBeGreaterThan(900);
  expect(new Set(colors.map(String)).size).toBeGreaterThan(980);
});

it("stays what it is", () => {
  expect(labelColor(1)).toEqual([63, 160, 222]);
});

it("tells apart ids that have the same low 32 bits", () => {
  expect(labelColor(2 ** 40 + 3)).not.toEqual(labelColor(3));
  expect(labelColor(2n ** 63n + 3n)).not.toEqual(labelColor(2 ** 40 + 3));
  expect(labelColor(2n ** 40n + 3n)).toEqual(labelColor(2 ** 40 + 3));
});
