import { describe, expect, it } from "vitest";
import { tileOf } from "../testing/tile.ts";
import { autoWindow, windowOf } from "./auto-contrast.ts";

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
  });

  it("passes over what is no number, and is [0, 1] of nothing", () => {
    expect(windowOf([Float32Array.of(Number.NaN, 3, Number.POSITIVE_INFINITY, 5)])).toEqual([3, 5]);
    expect(windowOf([Float32Array.of(Number.NaN)])).toEqual([0, 1]);
    expect(windowOf([])).toEqual([0, 1]);
  });
});

describe("the window of a channel", () => {
  const fine = tileOf([Uint8Array.of(0, 200)], { width: 2, height: 1 });
  const coarse = tileOf([Uint8Array.of(20, 50)], { width: 2, height: 1, level: 1 });
  const empty = { ...tileOf([], { width: 2, height: 2, level: 2 }) };

  it("comes from the coarsest level loaded, and not from chunks that were never stored", () => {
    const plane = { data: Uint8Array.of(0), width: 1, height: 1 };
    const never = { ...empty, planes: new Map([[0, plane]]) };
    expect(autoWindow([fine, coarse, never], 0)).toEqual([20, 50]);
    expect(autoWindow([never], 0)).toBeUndefined();
    expect(autoWindow([fine], 1)).toBeUndefined();
  });
});
