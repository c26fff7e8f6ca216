import fc from "fast-check";
import { expect, it } from "vitest";
import { gpuId, labelColor } from "./label-color.ts";

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

it("sees the low 32 bits of an id", () => {
  expect(gpuId(2 ** 40 + 3)).toBe(3);
  expect(gpuId(-1)).toBe(4_294_967_295);
  expect(labelColor(2 ** 40 + 3)).toEqual(labelColor(3));
});
