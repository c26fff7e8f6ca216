/** The window and the histogram of any pixels: every pixel counted, and neither led astray by hot or missing ones. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { channelHistogram, windowOf } from "./channel-histogram.ts";

/** 0 … 9999, each once, in an order that is not sorted. */
const RAMP = Uint16Array.from({ length: 10_000 }, (_, i) => (i * 7919) % 10_000);

describe("the window of pixels", () => {
  it("leaves a thousandth out at each end", () => {
    expect(windowOf([RAMP])).toEqual([10, 9989]);
    expect(windowOf([RAMP.subarray(0, 4000), RAMP.subarray(4000)])).toEqual([10, 9989]);
    expect(windowOf([Float64Array.from(RAMP)])).toEqual([10, 9989]);
    expect(windowOf([Int16Array.from(RAMP, (v) => v - 5000)])).toEqual([-4990, 4989]);
    expect(windowOf([BigUint64Array.from(RAMP, BigInt)])).toEqual([10, 9989]);
  });

  it("does not let a few hot pixels darken the rest", () => {
    const pixels = new Uint16Array(10_000).fill(100, 0, 5000).fill(200, 5000).fill(65_535, 0, 9);
    expect(windowOf([pixels])).toEqual([100, 200]);
  });

  it("is never without width", () => {
    expect(windowOf([new Uint8Array(9)])).toEqual([0, 1]);
    expect(windowOf([new Uint16Array(9).fill(7)])).toEqual([7, 8]);
    const [start, end] = windowOf([new Float32Array(9).fill(5000)]);
    expect(start).toBe(5000);
    expect(end).toBeGreaterThan(5000);
    expect(windowOf([new Float32Array(9)])).toEqual([0, 1]);
    const huge = 2 ** 63;
    expect(windowOf([new BigUint64Array(9).fill(BigInt(huge))])).toEqual([huge, huge + 2048]);
  });

  it("is as narrow as small fractions are, also from 0", () => {
    expect(windowOf([Float32Array.of(0, 0.25, 0.5)])).toEqual([0, 0.5]);
    expect(windowOf([Float64Array.of(0, 1e-9)])).toEqual([0, 1e-9]);
    expect(windowOf([Float64Array.of(-1e-9, 0)])).toEqual([-1e-9, 0]);
  });

  it("passes over what is no number, and is [0, 1] of nothing", () => {
    expect(windowOf([Float32Array.of(Number.NaN, 3, Number.POSITIVE_INFINITY, 5)])).toEqual([3, 5]);
    expect(windowOf([Float32Array.of(Number.NaN)])).toEqual([0, 1]);
    expect(windowOf([])).toEqual([0, 1]);
  });
});

describe("the histogram", () => {
  it("gives whole numbers that are few a bar each", () => {
    const pixels = Uint16Array.of(5, 5, 5, 6, 9, 9);
    const { from, to, counts, window } = channelHistogram([pixels]);
    expect([from, to, window]).toEqual([5, 10, [5, 9]]);
    expect([...counts]).toEqual([3, 1, 0, 0, 2]);
    const same = channelHistogram([new Uint8Array(4)]);
    expect([same.from, same.to, [...same.counts]]).toEqual([0, 2, [4, 0]]);
  });

  it("gives many whole numbers bars of whole width, every pixel counted", () => {
    const { from, to, counts } = channelHistogram([RAMP]);
    expect([from, to, counts.length]).toEqual([0, 10_033, 127]);
    expect([counts[0], counts[125], counts[126]]).toEqual([79, 79, 46]);
  });

  it("ends at twice the window, so that a hot pixel does not press the rest together", () => {
    const pixels = new Uint16Array(10_000).fill(100, 0, 5000).fill(200, 5000).fill(65_535, 0, 9);
    const { from, to, counts } = channelHistogram([pixels]);
    expect([from, to]).toEqual([100, 302]);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(9991);
  });

  it("counts floats, negative numbers and 64-bit integers, and passes over what is no number", () => {
    const floats = channelHistogram([
      Float32Array.of(-1, 0, 1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    ]);
    expect([floats.from, floats.window]).toEqual([-1, [-1, 1]]);
    expect(floats.counts.reduce((a, b) => a + b, 0)).toBe(3);
    const signed = channelHistogram([BigInt64Array.of(-2n, -2n, 1n)]);
    expect([signed.from, signed.to, [...signed.counts]]).toEqual([-2, 2, [2, 0, 0, 1]]);
    const huge = channelHistogram([new BigUint64Array(3).fill(2n ** 63n)]);
    expect(huge.counts.reduce((a, b) => a + b, 0)).toBe(3);
  });

  it("has a bar for every pixel up to its end, whatever the pixels", () => {
    fc.assert(
      fc.property(fc.uint16Array({ minLength: 1, maxLength: 200 }), (values) => {
        const { from, to, counts } = channelHistogram([Uint16Array.from(values)]);
        const within = values.filter((value) => value >= from && value < to).length;
        expect(counts.reduce((a, b) => a + b, 0)).toBe(within);
        expect(from).toBe(Math.min(...values));
        expect(counts.length).toBeLessThanOrEqual(128);
      }),
    );
  });
});
