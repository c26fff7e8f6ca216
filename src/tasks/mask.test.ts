/** The mask of an ROI is its own object, whatever the label's resolution and depth. */
import { expect, it } from "vitest";
import { maskOf } from "./mask.ts";

const labels = Uint16Array.of(...[1, 2], ...[0, 2]);

it("is the object's own voxels, each of a coarser label standing for several", () => {
  expect([...maskOf(labels, { shape: [1, 2, 2], label: 2 }, [1, 2, 4])]).toEqual([
    ...[0, 0, 1, 1],
    ...[0, 0, 1, 1],
  ]);
});

it("is all objects where the ROI is about none", () => {
  expect([...maskOf(labels, { shape: [1, 2, 2] }, [1, 2, 2])]).toEqual([1, 1, 0, 1]);
});

it("is the same for all planes where the label has one, and nothing where the label ends before", () => {
  expect([...maskOf(labels, { shape: [1, 2, 2], label: 1 }, [2, 2, 2])]).toEqual([
    ...[1, 0, 0, 0],
    ...[1, 0, 0, 0],
  ]);
  expect([...maskOf(new Uint16Array(), { shape: [1, 0, 2], label: 1 }, [1, 1, 2])]).toEqual([0, 0]);
});
