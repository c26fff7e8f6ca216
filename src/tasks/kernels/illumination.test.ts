/** The arithmetic of a correction is numpy's, to the rounding. */
import { describe, expect, it } from "vitest";
import { correctIllumination, correctionOf } from "./illumination.ts";

describe("correctIllumination", () => {
  it("truncates, and clips to the type", () => {
    const correction = correctionOf({ flat: Uint8Array.of(3, 2, 1), background: 10 }, 3);
    const voxels = Uint8Array.of(20, 20, 100, 5, 11, 9);
    expect(correctIllumination(voxels, [2, 1, 3], correction)).toBe(1);
    expect([...voxels]).toEqual([10, 15, 255, 0, 1, 0]);
  });

  it("divides in the precision of numpy: by float32 in float32, but not what was subtracted from", () => {
    const flat = Float32Array.of(0.7880429625511169, 0.6193066239356995, 1);
    const voxels = Uint16Array.of(16437, 20953, 1);
    correctIllumination(voxels, [1, 1, 3], correctionOf({ flat, background: 0 }, 3));
    expect([...voxels]).toEqual([20858, 33833, 1]);
    const raised = Uint16Array.of(16438, 20954, 2);
    correctIllumination(raised, [1, 1, 3], correctionOf({ flat, background: 1 }, 3));
    expect([...raised]).toEqual([20857, 33832, 1]);
  });

  it("subtracts a dark field of floats as whole numbers, and keeps negative values apart from it", () => {
    const flat = Uint8Array.of(1, 1);
    const dark = Float64Array.of(2.9, 0.5);
    const voxels = Int16Array.of(10, -4);
    correctIllumination(voxels, [1, 1, 2], correctionOf({ flat, dark, background: 0 }, 2));
    expect([...voxels]).toEqual([8, 0]);
    const both = Uint16Array.of(3, 30);
    const deep = Uint16Array.of(8, 8);
    const correction = correctionOf({ flat, dark: deep, background: -10 }, 2);
    correctIllumination(both, [1, 1, 2], correction);
    expect([...both]).toEqual([10, 32]);
    const bare = Int16Array.of(10, -4);
    correctIllumination(bare, [1, 1, 2], correctionOf({ flat, background: 0 }, 2));
    expect([...bare]).toEqual([10, -4]);
    const raised = Int16Array.of(10, -4);
    correctIllumination(raised, [1, 1, 2], correctionOf({ flat, background: -10 }, 2));
    expect([...raised]).toEqual([20, 6]);
  });
});

describe("correctionOf", () => {
  it("refuses profiles of another size and flat fields that are not above zero", () => {
    const flat = Uint16Array.of(1, 2);
    expect(() => correctionOf({ flat, background: 0 }, 3)).toThrow(/flat field has 2 pixels.* 3/);
    const dark = Uint16Array.of(1);
    expect(() => correctionOf({ flat, dark, background: 0 }, 2)).toThrow(/dark field has 1/);
    const zero = Float32Array.of(0.5, 0);
    expect(() => correctionOf({ flat: zero, background: 0 }, 2)).toThrow(/above zero/);
    const nan = Float32Array.of(Number.NaN);
    expect(() => correctionOf({ flat: nan, background: 0 }, 1)).toThrow(/holds NaN/);
  });
});
