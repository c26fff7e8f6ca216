/** The scale bar has a round length that fits. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scaleBar } from "./scale-bar.ts";

describe("the scale bar", () => {
  it.each([
    [0.325, "micrometer", "20 µm"],
    [0.65, "micrometer", "50 µm"],
    [1, "micrometer", "100 µm"],
    [10, "micrometer", "1 mm"],
    [6.6, "um", "500 µm"],
    [1e-3, "micrometer", "100 nm"],
    [2, "nanometer", "200 nm"],
    [0.5, "millimeter", "50 mm"],
    [2, "angstrom", "20 nm"],
    [5e-7, "meter", "50 µm"],
    [30, "meter", "2000 m"],
    [1, undefined, "100 units"],
    [0.003, "second", "0.2 second"],
    [1, "pixel", "100 pixel"],
  ])("of %d %s per pixel is %s in at most 100 pixels", (worldPerPixel, unit, text) => {
    expect(scaleBar(worldPerPixel, unit, 100).text).toBe(text);
  });

  it("is as long as it says, and fits without wasting room", () => {
    const perPixel = fc.double({ min: 1e-4, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(perPixel, (worldPerPixel) => {
        const { pixels, text } = scaleBar(worldPerPixel, "micrometer", 120);
        const [length, unit] = text.split(" ");
        const micrometres = { nm: 1e-3, µm: 1, mm: 1e3 }[unit ?? ""] ?? Number.NaN;
        expect(pixels * worldPerPixel).toBeCloseTo(Number(length) * micrometres, 6);
        expect(pixels).toBeLessThanOrEqual(120.001);
        expect(pixels).toBeGreaterThan(120 / 2.5 - 0.001);
        expect(length).toMatch(/^[125]0*$/);
      }),
    );
  });
});
