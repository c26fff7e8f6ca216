/** Colours that are told apart, and a scale that only gets lighter. */
import { expect, test } from "vitest";
import { categoryColor, cssColor, NO_VALUE_COLOR, rampColor } from "./palette.ts";

/** Relative luminance, as WCAG 2 has it. */
function luminance(color: number): number {
  const channel = (shift: number): number => {
    const value = ((color >> shift) & 255) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0);
}

test("the scale gets lighter all the way, stands out from black, and ends where it says", () => {
  const steps = Array.from({ length: 101 }, (_, i) => luminance(rampColor(i / 100)));
  for (const [i, step] of steps.slice(1).entries())
    expect(step).toBeGreaterThanOrEqual(steps[i] ?? 0);
  expect(((steps[0] ?? 0) + 0.05) / 0.05).toBeGreaterThan(3);
  expect([rampColor(-1), rampColor(2)]).toEqual([rampColor(0), rampColor(1)]);
  expect(cssColor(rampColor(1))).toBe("#fde725");
});

test("categories differ while the palette lasts, and share the neutral colour beyond it", () => {
  const colors = Array.from({ length: 9 }, (_, place) => categoryColor("a", place));
  expect(new Set(colors.slice(0, 7)).size).toBe(7);
  expect(colors.slice(7)).toEqual([NO_VALUE_COLOR, NO_VALUE_COLOR]);
  expect(categoryColor("keep", 0)).toBe(categoryColor("keep", 5));
  expect(cssColor(0x00b17d)).toBe("#00b17d");
});
