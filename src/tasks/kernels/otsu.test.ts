/** Otsu's threshold as scikit-image finds it, of integers by value and of floats by bins. */
import { describe, expect, it } from "vitest";
import { isFault } from "../../base/fault.ts";
import { gaussian } from "./gaussian.ts";
import { otsu } from "./otsu.ts";

// Thresholds of scikit-image 0.26, threshold_otsu.
const image = new Uint16Array([
  133, 128, 797, 499, 590, 601, 712, 28, 485, 147, 401, 928, 547, 70, 542, 129, 754, 948, 979, 621,
  868, 368, 145, 511, 443, 662, 994, 275, 855, 137, 347, 788, 247, 670, 458, 512, 941, 816, 839,
  549, 982, 980, 135, 204, 308, 553, 823, 483,
]);

function faultOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe("otsu", () => {
  it("counts integers value by value", () => {
    expect(otsu(image)).toBe(553);
    expect(otsu(new Int8Array([-5, -4, -4, 3, 4, 9]))).toBe(-4);
  });

  it("counts floats in 256 bins, in the image's precision", () => {
    const smooth = gaussian(Float32Array.from(image), [2, 4, 6], 0.8);
    expect(otsu(smooth)).toBe(500.3385009765625);
    expect(otsu(Float64Array.from(smooth))).toBe(500.33849492669106);
  });

  it("gives the value of an image that has only one", () => {
    expect(otsu(new Uint8Array([7, 7, 7]))).toBe(7);
  });

  it("refuses what has no threshold", () => {
    for (const voxels of [
      new Uint8Array(0),
      new Float32Array([1, Number.NaN, 2]),
      new Float32Array([1, Number.POSITIVE_INFINITY]),
      new Uint32Array([0, 2 ** 31]),
    ])
      expect(
        isFault(
          faultOf(() => otsu(voxels)),
          "input",
        ),
      ).toBe(true);
  });
});
