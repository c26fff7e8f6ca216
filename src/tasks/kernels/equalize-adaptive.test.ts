/** What equalizing makes of even images, and of any range of values. */
import { describe, expect, it } from "vitest";
import { equalizeAdaptive } from "./equalize-adaptive.ts";

const fractal = { clipLimit: 0.01, bins: 256 };

describe("equalizeAdaptive", () => {
  it("gives an even image one value", () => {
    const even = equalizeAdaptive(new Uint16Array(64).fill(700), [1, 8, 8], fractal);
    expect(new Set(even).size).toBe(1);
  });

  it("does not depend on the range of the values", () => {
    const values = Array.from({ length: 256 }, (_, i) => (i * 37) % 101);
    const small = equalizeAdaptive(Uint8Array.from(values), [1, 16, 16], fractal);
    const large = equalizeAdaptive(
      Uint16Array.from(values, (v) => 500 * v + 9),
      [1, 16, 16],
      fractal,
    );
    expect([...large]).toEqual([...small]);
    expect([Math.min(...small), Math.max(...small)]).toEqual([0, 1]);
  });

  it("refuses images whose range it does not know", () => {
    expect(() => equalizeAdaptive(new Float32Array(4), [1, 2, 2], fractal)).toThrow(/8 or 16 bits/);
  });
});
