/** A tile that failed is marked where it would be, and nowhere else. */
import { expect, it } from "vitest";
import { Fault } from "../base/fault.ts";
import { openCanvas } from "../testing/canvas.ts";
import { failedLayers } from "./failed-layers.ts";

it("marks a failed tile with an outline and hatches, inside its bounds alone", async () => {
  const canvas = await openCanvas(64);
  const fault = new Fault("http", "The server answered 500 for 0/0.0");
  const failed = [{ level: 0, coords: [0, 0], bounds: [8, 16, 56, 40], fault }] as const;
  const picture = await canvas.draw(failedLayers(failed, { idPrefix: "image " }));
  const isMarked = (x: number, y: number): boolean => picture.at(x, y)[3] > 0;
  const marked = (y: number): number =>
    Array.from({ length: 64 }, (_, x) => x).filter((x) => isMarked(x, y)).length;
  expect(marked(16) + marked(15)).toBeGreaterThan(40);
  expect(marked(30)).toBeGreaterThan(8);
  expect(marked(30)).toBeLessThan(40);
  expect(marked(12) + marked(44)).toBe(0);
  expect(isMarked(4, 30) || isMarked(60, 30)).toBe(false);
  canvas.close();
  expect(failedLayers([], { idPrefix: "image " })).toEqual([]);
});
