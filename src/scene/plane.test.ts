/** One plane is cut out of a chunk without copying more than it has to. */
import { expect, it } from "vitest";
import { pyramid } from "../testing/pyramid.ts";
import { cutPlane, emptyPlane, pixelAt } from "./plane.ts";

/** Two planes of 3 × 4, counted through. */
const chunk = { data: Uint16Array.from({ length: 24 }, (_, i) => i), shape: [2, 3, 4] };

it("cuts rows and columns out of one plane of a chunk", () => {
  const plane = cutPlane(chunk, { from: [1, 1, 1], width: 2, height: 2 });
  expect(plane).toEqual({ data: Uint16Array.of(17, 18, 21, 22), width: 2, height: 2 });
});

it("does not copy whole rows, be they all or the first", () => {
  const plane = cutPlane(chunk, { from: [1, 0, 0], width: 4, height: 2 });
  expect([...plane.data]).toEqual([12, 13, 14, 15, 16, 17, 18, 19]);
  expect(plane.data.buffer).toBe(chunk.data.buffer);
});

it("cuts what lies in the middle of a larger buffer, of any type", () => {
  const data = new BigInt64Array([9n, 9n, 1n, 2n, 3n, 4n, 5n, 6n]).subarray(2);
  const plane = cutPlane({ data, shape: [2, 3] }, { from: [0, 1], width: 2, height: 2 });
  expect([...plane.data]).toEqual([2n, 3n, 5n, 6n]);
});

it("has one pixel of the fill value for a chunk never stored", () => {
  const spec = [{ shape: [5, 5], chunks: [5, 5], scale: [1, 1] }];
  const { array } = pyramid("yx", spec, { dtype: "float32", fill: 0.5 }).levels[0];
  const plane = emptyPlane(array);
  expect(plane).toEqual({ data: Float32Array.of(0.5), width: 1, height: 1 });
  expect(pixelAt(plane, 0.99, 0.99)).toBe(0.5);
});

it("reads the pixel at a place from 0 to 1", () => {
  const plane = cutPlane(chunk, { from: [0, 0, 0], width: 4, height: 3 });
  expect(pixelAt(plane, 0, 0)).toBe(0);
  expect(pixelAt(plane, 0.5, 0.34)).toBe(6);
  expect(pixelAt(plane, 0.999, 0.999)).toBe(11);
});
