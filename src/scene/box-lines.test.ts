/** The edges of boxes: twelve, along the axes, each as long as its side. */
import { expect, test } from "vitest";
import { finished } from "../base/steps.ts";
import { worldBox } from "../geometry/box.ts";
import { coloredEdges, edgesOf, edgesOfBoxes, middlesOf } from "./box-lines.ts";

const bounds = Float64Array.of(...Array(6).fill(0), 1, 2, 3, 4, 6, 8);

test("twelve edges a box, each along one axis, four of each length", () => {
  const { length, attributes } = finished(edgesOf(bounds, Int32Array.of(1)));
  expect(length).toBe(12);
  const from = attributes.getSourcePosition.value;
  const to = attributes.getTargetPosition.value;
  const edges = Array.from({ length }, (_, i) =>
    [...to.subarray(3 * i, 3 * i + 3)].map((v, k) => v - (from[3 * i + k] ?? 0)).join(),
  );
  const count = (edge: string): number => edges.filter((other) => other === edge).length;
  expect(["5,0,0", "0,4,0", "0,0,3"].map(count)).toEqual([4, 4, 4]);
  const ends = new Set(Array.from({ length }, (_, i) => from.subarray(3 * i, 3 * i + 3).join()));
  expect(ends).toContain("3,2,1");
  expect(edgesOfBoxes([worldBox([1, 2, 3], [4, 6, 8])])).toEqual(
    finished(edgesOf(bounds, Int32Array.of(1))),
  );
});

test("colours by row, and the middles of those that are points", () => {
  const rows = Int32Array.of(1);
  const edges = finished(edgesOf(bounds, rows));
  const look = { colorOf: (row: number) => 0x102030 + row, isFaint: (row: number) => row === 0 };
  expect(finished(coloredEdges(edges, rows, undefined))).toBe(edges);
  const { getColor } = finished(coloredEdges(edges, rows, look)).attributes;
  expect(getColor?.value.length).toBe(48);
  expect([...(getColor?.value.subarray(44) ?? [])]).toEqual([16, 32, 49, 235]);
  const points = finished(middlesOf(bounds, Int32Array.of(0), look));
  expect([...(points.attributes.getFillColor?.value ?? [])]).toEqual([16, 32, 48, 80]);
  expect([...finished(middlesOf(bounds, rows, undefined)).attributes.getPosition.value]).toEqual([
    5.5, 4, 2.5,
  ]);
});
