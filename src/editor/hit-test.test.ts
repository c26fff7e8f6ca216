/** The pointer finds the handle, the nearest edge, the smallest box: on the plane that is shown. */
import { describe, expect, test } from "vitest";
import { applied, type RoiDiff, type RoiId, roiAt } from "../roi/rois.ts";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import { type Hit, hitTest, roisUnder } from "./hit-test.ts";
import { XY } from "./pane.ts";
import { planeOf } from "./plane.ts";

const FOV: RoiId = 0;
const NUCLEUS: RoiId = 1;
const HIGH: RoiId = 2;
const BROKEN: RoiId = 3;

const rois = roisOfBoxes([
  flatBox([0, 0, 1000, 1000], [0, 10]),
  flatBox([100, 100, 200, 160], [0, 10]),
  flatBox([500, 500, 600, 600], [5, 10]),
  flatBox([700, 700, 690, Number.NaN], [0, 10]),
]);

const grid = { shape: [10, 1000, 1000], scale: [1, 1, 1] } as const;

function at(x: number, y: number, { z = 0, zoom = 1, selected = [] as RoiId[] } = {}) {
  const probe = { point: { x, y }, plane: planeOf(grid, z), pixelsPerUnit: zoom, pane: XY };
  return hitTest(rois, new Set(selected), probe);
}

test("the ROI whose object is under the point comes before smaller boxes and nearer edges", () => {
  const probe = { point: { x: 150, y: 104 }, plane: planeOf(grid, 0), pixelsPerUnit: 1, pane: XY };
  expect(roisUnder(rois, probe)).toEqual([NUCLEUS, FOV]);
  expect(roisUnder(rois, { ...probe, object: FOV })).toEqual([FOV, NUCLEUS]);
  expect(hitTest(rois, new Set(), { ...probe, object: FOV })).toEqual({ kind: "body", id: FOV });
  expect(roisUnder(rois, { ...probe, object: HIGH })).toEqual([NUCLEUS, FOV]);
});

describe("without a selection", () => {
  test.each<[string, number, number, Hit | undefined]>([
    ["the smallest box around the point", 150, 130, { kind: "body", id: NUCLEUS }],
    ["the box behind where the small one ends", 300, 130, { kind: "body", id: FOV }],
    ["an edge from inside", 150, 104, { kind: "edge", id: NUCLEUS }],
    ["an edge from outside, before the box around", 150, 95, { kind: "edge", id: NUCLEUS }],
    ["not a corner that is out of reach across", 95, 95, { kind: "body", id: FOV }],
    ["nothing outside", 1020, 500, undefined],
    ["no invalid ROI", 695, 702, { kind: "body", id: FOV }],
  ])("hits %s", (_, x, y, hit) => {
    expect(at(x, y)).toEqual(hit);
  });

  test("reach is in screen pixels, whatever the zoom", () => {
    expect(at(150, 95, { zoom: 2 })).toEqual({ kind: "body", id: FOV });
    expect(at(150, 75, { zoom: 0.2 })).toEqual({ kind: "edge", id: NUCLEUS });
  });

  test("of two edges the nearer is hit, of equally near ones the smaller box's", () => {
    const two = roisOfBoxes([
      flatBox([0, 0, 50, 50]),
      flatBox([0, 0, 100, 100]),
      flatBox([104, 0, 200, 100]),
      flatBox([0, 100, 20, 120]),
      flatBox([0, 100, 10, 110]),
    ]);
    const hit = (x: number, y: number) => {
      const probe = { point: { x, y }, plane: planeOf(grid, 0), pixelsPerUnit: 1, pane: XY };
      return hitTest(two, new Set(), probe)?.id;
    };
    expect([hit(101, 80), hit(103, 80), hit(0, 25), hit(0, 105)]).toEqual([1, 2, 0, 4]);
  });

  test("ROIs that the plane does not cut are not hit; one that ends at a plane's floor is not in it", () => {
    expect([4, 5, 9].map((z) => at(550, 550, { z })?.id)).toEqual([FOV, HIGH, HIGH]);
    const ends = roisOfBoxes([flatBox([0, 0, 10, 10], [0, 3 + 1e-12])]);
    const probe = { point: { x: 5, y: 5 }, plane: planeOf(grid, 3), pixelsPerUnit: 10, pane: XY };
    expect(hitTest(ends, new Set(), probe)).toBeUndefined();
  });
});

describe("with one selected", () => {
  const selected = [NUCLEUS];
  test.each<[number, number, readonly [number, number, number] | undefined]>([
    [100, 100, [0, -1, -1]],
    [207, 93, [0, -1, 1]],
    [200, 130, [0, 0, 1]],
    [195, 130, [0, 0, 1]],
    [150, 165, [0, 1, 0]],
    [150, 130, undefined],
  ])("at %i, %i the part is %j", (x, y, part) => {
    const hit = at(x, y, { selected });
    expect(hit?.kind === "handle" ? hit.part : undefined).toEqual(part);
  });

  test("a box too small on screen, or not on this plane, has no handles", () => {
    expect(at(100, 100, { selected, zoom: 0.23 })?.kind).toBe("edge");
    expect(at(500, 500, { selected: [HIGH], z: 0 })?.kind).toBe("body");
  });

  test("a thin box has them outside of it, and room to be grabbed in between", () => {
    const part = (x: number, y: number) => {
      const hit = at(x, y, { selected, zoom: 0.25 });
      return hit?.kind === "handle" ? hit.part : hit?.kind;
    };
    // 25 × 15 pixels: the sides along y are 24 pixels apart, from 82 to 178.
    expect([part(150, 82), part(150, 178), part(150, 130)]).toEqual([
      [0, -1, 0],
      [0, 1, 0],
      "body",
    ]);
    expect([part(150, 56), part(100, 82)]).toEqual([
      [0, -1, 0],
      [0, -1, -1],
    ]);
    expect(part(150, 53)).not.toEqual([0, -1, 0]);
  });

  test("several selected have none", () => {
    expect(at(100, 100, { selected: [NUCLEUS, FOV] })?.kind).toBe("edge");
  });
});

test("edits are hit where they are now, and deleted ROIs not at all", () => {
  const from = roiAt(rois, NUCLEUS);
  const fov = roiAt(rois, FOV);
  if (from === undefined || fov === undefined) throw new Error("The ROIs to edit are not there");
  const diff: RoiDiff = new Map([
    [NUCLEUS, { from, to: { ...from, box: flatBox([300, 300, 400, 400], [0, 10]) } }],
    [FOV, { from: fov, to: undefined }],
  ]);
  const probe = { point: { x: 150, y: 130 }, plane: planeOf(grid, 0), pixelsPerUnit: 1, pane: XY };
  const edited = applied(rois, diff);
  expect(hitTest(edited, new Set(), probe)).toBeUndefined();
  const there = { ...probe, point: { x: 350, y: 350 } };
  expect(hitTest(edited, new Set(), there)?.id).toBe(NUCLEUS);
  expect(hitTest(edited, new Set(), { ...there, plane: planeOf(grid, 10) })).toBeUndefined();
});

test("the ROIs under a point come in the order a click takes them", () => {
  const probe = { point: { x: 550, y: 550 }, plane: planeOf(grid, 7), pixelsPerUnit: 1, pane: XY };
  expect(roisUnder(rois, probe)).toEqual([HIGH, FOV]);
  expect(roisUnder(rois, { ...probe, point: { x: 695, y: 702 } })).not.toContain(BROKEN);
});
