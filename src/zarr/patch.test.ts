/** Merging one box of pixels into another, axis for axis. */
import { describe, expect, test } from "vitest";
import { type Merge, mergePatch } from "./patch.ts";

const place = { min: [0, 0], shape: [2, 3] };

describe("merges", () => {
  const present = [5, 5, 0, 7, 7, 7];
  const patch = { min: [0, 1], shape: [2, 2], data: Uint16Array.of(9, 0, 0, 8) };
  test.each<[Merge, number[]]>([
    ["overwrite", [5, 9, 0, 7, 0, 8]],
    ["nonzero", [5, 9, 0, 7, 7, 8]],
    ["max", [5, 9, 0, 7, 7, 8]],
    ["min", [5, 5, 0, 7, 0, 7]],
  ])("%s", (merge, expected) => {
    const pixels = Uint16Array.from(present);
    mergePatch(pixels, place, patch, merge);
    expect([...pixels]).toEqual(expected);
  });
});

test("64-bit pixels are merged as such; their zero is zero", () => {
  const pixels = BigInt64Array.of(1n, 2n, 3n, 4n, 5n, 6n);
  const data = BigInt64Array.of(0n, -9n, 2n ** 60n);
  mergePatch(pixels, place, { min: [0, 0], shape: [1, 3], data }, "nonzero");
  expect([...pixels]).toEqual([1n, -9n, 2n ** 60n, 4n, 5n, 6n]);
});

test("only what both boxes hold is touched", () => {
  const pixels = new Uint8Array(6);
  const data = Uint8Array.from({ length: 16 }, (_, i) => i + 1);
  mergePatch(
    pixels,
    { min: [3, 10], shape: [2, 3] },
    { min: [4, 9], shape: [4, 4], data },
    "overwrite",
  );
  expect([...pixels]).toEqual([0, 0, 0, 2, 3, 4]);
  mergePatch(
    pixels,
    { min: [30, 10], shape: [2, 3] },
    { min: [4, 9], shape: [4, 4], data },
    "overwrite",
  );
  expect([...pixels]).toEqual([0, 0, 0, 2, 3, 4]);
});

test("any number of axes, none included", () => {
  const scalar = Uint8Array.of(1);
  mergePatch(
    scalar,
    { min: [], shape: [] },
    { min: [], shape: [], data: Uint8Array.of(4) },
    "overwrite",
  );
  expect([...scalar]).toEqual([4]);
  const pixels = new Uint8Array(8);
  const data = Uint8Array.of(1, 2);
  mergePatch(
    pixels,
    { min: [0, 0, 0], shape: [2, 2, 2] },
    { min: [1, 0, 1], shape: [1, 2, 1], data },
    "overwrite",
  );
  expect([...pixels]).toEqual([0, 0, 0, 0, 0, 1, 0, 2]);
});
