/** The light that tiles share is found again from their pixels, or said not to be there. */
import { describe, expect, it } from "vitest";
import { flatFrom, tileMedians } from "./estimate-flat.ts";

const shape = [130, 170] as const;
const [height, width] = shape;

/** Brightest off the middle, and 0.45 of that in one corner. */
const light = Float64Array.from({ length: height * width }, (_, i) => {
  const [y, x] = [Math.floor(i / width) / height - 0.4, (i % width) / width - 0.55];
  return 1 - 0.65 * (y * y + x * x);
});

/** Noise that is the same every time, 0 to 1. */
const noise = (i: number, k: number): number =>
  (Math.imul(Math.imul(i + 1, 2654435761) ^ Math.imul(k + 1, 40503), 2246822519) >>> 8) / 2 ** 24;

/** Round objects at other places in each image, some out of focus, on a ground that is brighter in some than in others. */
function imageOf(k: number, dark: Float64Array | undefined, objects = 14) {
  const ground = 400 + 300 * noise(k, 3);
  const middles = Array.from({ length: objects }, (_, n) => [
    noise(n, 100 + k) * height,
    noise(n, 900 + k) * width,
  ]);
  return Uint16Array.from(light, (lit, i) => {
    const [y, x] = [Math.floor(i / width), i % width];
    const isObject = middles.some(([cy = 0, cx = 0]) => Math.hypot(y - cy, x - cx) < 8);
    return (isObject ? 6000 : ground) * lit + (dark?.[i] ?? 0) + 20 * (noise(i, k) - 0.5);
  });
}

/** The largest part by which an estimate is off, both of largest value 1. */
function worst(flat: Float32Array): number {
  const most = Math.max(...light);
  return flat.reduce(
    (off, value, i) => Math.max(off, Math.abs((value * most) / (light[i] ?? 1) - 1)),
    0,
  );
}

describe("the estimated flat field", () => {
  it.each([
    [4, 28, 0.06],
    [24, 14, 0.03],
  ])("of %i images is that of their light", (count, objects, most) => {
    const images = Array.from({ length: count }, (_, k) =>
      tileMedians(imageOf(k, undefined, objects), shape, { background: 0 }),
    ).filter((tiles) => tiles !== undefined);
    const flat = flatFrom(images, shape);
    expect(Math.max(...flat)).toBe(1);
    expect(worst(flat)).toBeLessThan(most);
  });

  it("needs what shows without light to be taken off", () => {
    const dark = Float64Array.from({ length: height * width }, (_, i) => 300 + (i % width));
    const of = (taken: {
      readonly dark?: Float64Array<ArrayBuffer>;
      readonly background: number;
    }) => {
      const images = Array.from({ length: 24 }, (_, k) =>
        tileMedians(imageOf(k, dark), shape, taken),
      );
      return worst(
        flatFrom(
          images.filter((tiles) => tiles !== undefined),
          shape,
        ),
      );
    };
    expect(of({ dark, background: 0 })).toBeLessThan(0.03);
    expect(of({ background: 0 })).toBeGreaterThan(0.1);
  });

  it("of one row of tiles, and of a single one, is even where the light is", () => {
    for (const [rows, columns] of [
      [7, 90],
      [3, 2],
    ] as const) {
      const even = new Uint16Array(rows * columns).fill(500);
      const tiles = tileMedians(even, [rows, columns], { background: 0 });
      expect(new Set(flatFrom(tiles ? [tiles] : [], [rows, columns]))).toEqual(new Set([1]));
    }
  });

  it("is not made of an image that is mostly dark", () => {
    const image = new Uint16Array(height * width).fill(9, 0, (height * width) / 3);
    expect(tileMedians(image, shape, { background: 0 })).toBeUndefined();
    const dim = new Uint16Array(height * width).fill(9);
    expect(tileMedians(dim, shape, { background: 9 })).toBeUndefined();
  });
});
