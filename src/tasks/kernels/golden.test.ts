/** Each kernel gives what scikit-image, scipy and Fractal gave for the same small arrays. */
import { describe, expect, it } from "vitest";
import { recorded, shapeOf, valuesOf } from "../../testing/golden.ts";
import { clearBorder } from "./clear-border.ts";
import { distances, squaredDistances } from "./distance.ts";
import { equalizeAdaptive } from "./equalize-adaptive.ts";
import { fillHoles } from "./fill-holes.ts";
import { gaussian } from "./gaussian.ts";
import { gaussianWeights } from "./gaussian-weights.ts";
import { correctIllumination, correctionOf } from "./illumination.ts";
import { labelComponents } from "./label-components.ts";
import { li } from "./li.ts";
import { median } from "./median.ts";
import { otsu } from "./otsu.ts";
import { peaksOf } from "./peaks.ts";
import { removeSmall } from "./remove-small.ts";
import { splitTouching } from "./split-touching.ts";
import { triangle } from "./triangle.ts";
import { watershed } from "./watershed.ts";

const { plane, volume, illumination } = recorded;

describe.each([
  { name: "plane", golden: plane, sigmaZ: 0, deep: 1 },
  { name: "volume", golden: volume, sigmaZ: 0.8, deep: 3 },
] as const)("on a $name, as scikit-image, scipy and Fractal:", ({ golden, sigmaZ, deep }) => {
  const shape = shapeOf(golden.image);
  const image = Uint16Array.from(valuesOf(golden.image));
  const smooth = Float64Array.from(valuesOf(golden.gaussian));
  const mask = Uint8Array.from(valuesOf(golden.mask));
  const labels = Uint32Array.from(valuesOf(golden.labels));
  const squares = Int32Array.from(valuesOf(golden.squaredDistances));
  const depths = squares.map((square) => -square);
  const count = Math.max(...labels);

  it("gaussian", () => {
    expect([...gaussian(image, shape, 1.5, sigmaZ)]).toEqual([...smooth]);
  });

  it("median, of even windows too, and of floats", () => {
    expect([...median(image, shape, [1, 2, 2])]).toEqual(valuesOf(golden.median2));
    expect([...median(image, shape, [1, 3, 3])]).toEqual(valuesOf(golden.median3));
    expect([...median(image, shape, [deep, 4, 4])]).toEqual(valuesOf(golden.median4));
    expect([...median(smooth, shape, [1, 3, 3])]).toEqual(valuesOf(golden.medianSmooth));
  });

  it("histogram equalization", () => {
    const plain = { clipLimit: 0.01, bins: 256 };
    expect([...equalizeAdaptive(image, shape, plain)]).toEqual(valuesOf(golden.equalized));
    const tiled = { tile: [shape[0] > 1 ? 2 : 1, 7, 7], clipLimit: 0.05, bins: 64 } as const;
    expect([...equalizeAdaptive(image, shape, tiled)]).toEqual(valuesOf(golden.equalizedTiled));
  });

  it("thresholds", () => {
    const { thresholds } = golden;
    const inverse = image.map((value) => 65535 - value);
    const negative = smooth.map((value) => -value);
    expect([otsu(image), otsu(smooth)]).toEqual(thresholds.otsu);
    expect([triangle(image), triangle(smooth)]).toEqual(thresholds.triangle);
    expect([triangle(inverse), triangle(negative)]).toEqual(thresholds.triangleMirrored);
    const [ofImage = 0, ofSmooth = 0] = thresholds.li;
    expect(li(image) / ofImage).toBeCloseTo(1, 12);
    expect(li(smooth) / ofSmooth).toBeCloseTo(1, 12);
  });

  it("labels, size filter and cleared border", () => {
    expect([...labelComponents(mask, shape).labels]).toEqual([...labels]);
    const large = labels.slice();
    // Fractal drops objects of its smallest size too.
    removeSmall(large, count, 12 + 1, "kept");
    expect([...large]).toEqual(valuesOf(golden.sizeFiltered));
    const inner = labels.slice();
    clearBorder(inner, count, shape, "kept");
    expect([...inner]).toEqual(valuesOf(golden.borderCleared));
  });

  it("filled holes", () => {
    const withHoles = Uint8Array.from(valuesOf(golden.withHoles));
    expect([...fillHoles(withHoles, shape)]).toEqual(valuesOf(golden.filled));
  });

  it("distances", () => {
    expect([...squaredDistances(mask, shape)]).toEqual([...squares]);
    expect([...distances(mask, shape)]).toEqual([...squares].map(Math.sqrt));
  });

  it("peaks and watershed", () => {
    const peaks = peaksOf(squares, labels, shape, 1).labels;
    expect([...peaks]).toEqual(valuesOf(golden.peaks1));
    expect([...peaksOf(squares, labels, shape, 3).labels]).toEqual(valuesOf(golden.peaks3));
    const seeds = Uint32Array.from(valuesOf(golden.seeds));
    expect([...watershed(depths, seeds, mask, shape, "faces")]).toEqual(valuesOf(golden.flooded));
    expect([...watershed(depths, peaks, mask, shape, "faces")]).toEqual(
      valuesOf(golden.floodedPeaks),
    );
    expect([...splitTouching(mask, shape, 3).labels]).toEqual(valuesOf(golden.split));
  });

  it("watershed where all or many voxels are as low", () => {
    const seeds = Uint32Array.from(valuesOf(golden.seeds));
    const even = new Int32Array(mask.length);
    const everywhere = new Uint8Array(mask.length).fill(1);
    expect([...watershed(even, seeds, everywhere, shape, "faces")]).toEqual(
      valuesOf(golden.evenlyFlooded),
    );
    expect([...watershed(even, seeds, everywhere, shape, "all")]).toEqual(
      valuesOf(golden.evenlyFloodedAll),
    );
    const steps = Int32Array.from(valuesOf(golden.steps));
    expect([...watershed(steps, seeds, everywhere, shape, "all")]).toEqual(
      valuesOf(golden.steppedFlooded),
    );
  });
});

it.each(["0.7", "2", "18"] as const)("the weights of sigma %s are scipy's", (sigma) => {
  const whole = valuesOf(recorded.weights[sigma]);
  expect([...gaussianWeights(Number(sigma))]).toEqual(whole.slice(whole.length >> 1));
});

describe("illumination correction, as Fractal's own function", () => {
  const shape = shapeOf(illumination.bright);
  const flat = Uint16Array.from(valuesOf(illumination.flatField));
  const dark = Uint16Array.from(valuesOf(illumination.darkField));
  const single = Float32Array.from(valuesOf(illumination.singleField));

  it.each([
    { name: "flat", profiles: { flat, background: 0 }, expected: illumination.flat },
    { name: "dark", profiles: { flat, dark, background: 0 }, expected: illumination.dark },
    { name: "constant", profiles: { flat, background: 6100 }, expected: illumination.background },
    { name: "float32", profiles: { flat: single, background: 0 }, expected: illumination.single },
    {
      name: "float32 and dark",
      profiles: { flat: single, dark, background: 0 },
      expected: illumination.singleDark,
    },
  ])("$name", ({ profiles, expected }) => {
    const voxels = Uint16Array.from(valuesOf(illumination.bright));
    const clipped = correctIllumination(voxels, shape, correctionOf(profiles, voxels.length));
    expect([...voxels]).toEqual(valuesOf(expected));
    expect(clipped).toBeGreaterThan(0);
    expect(clipped).toBeLessThan(voxels.length);
  });
});
