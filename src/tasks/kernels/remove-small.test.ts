/** What is too small goes, and ids stay dense and in order. */
import { expect, it } from "vitest";
import { removeSmall } from "./remove-small.ts";

it("drops objects below the size and numbers the rest densely in their order", () => {
  const labels = new Uint32Array([1, 2, 2, 3, 3, 3, 0, 4, 5, 5]);
  expect(removeSmall(labels, 5, 2)).toBe(3);
  expect([...labels]).toEqual([0, 1, 1, 2, 2, 2, 0, 0, 3, 3]);
});

it("keeps all where nothing is small", () => {
  const labels = new Uint32Array([1, 0, 2]);
  expect(removeSmall(labels, 2, 1)).toBe(2);
  expect([...labels]).toEqual([1, 0, 2]);
});
