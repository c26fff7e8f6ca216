/** Checks and their fixes: what is told, what a fix leaves, and one step for all of a kind. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { finished } from "../base/steps.ts";
import { type CheckKind, check } from "../roi/checks.ts";
import { overlapPairs } from "../roi/overlaps.ts";
import { applied, idsOf, type Rois, roiAt, roisOf } from "../roi/rois.ts";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import { fixed } from "./fixes.ts";

const grid = { shape: [1, 100, 100], scale: [1, 1, 1] } as const;
const chunk = [1, 30, 30] as const;
const options = { grid, chunk, masking: false } as const;
const told = (rois: Rois, kind: CheckKind) =>
  finished(check(rois, options)).findings.filter((finding) => finding.kind === kind);
const named = (rois: Rois, names: string[]): Rois => roisOf({ ...rois.base, names });
const mended = (rois: Rois, kind: CheckKind): Rois => {
  const edit = fixed(rois, told(rois, kind), grid);
  return edit ? applied(rois, edit.diff) : rois;
};
const boxes = (rois: Rois) => idsOf(rois).map((id) => roiAt(rois, id)?.box);

describe("checks", () => {
  test("tell each kind of finding, worst first", () => {
    const rois = named(
      roisOfBoxes([
        flatBox([0, 0, 10, 10]),
        flatBox([8, 0, 20, 10]),
        flatBox([95, 0, 105, 10]),
        flatBox([200, 0, 210, 10]),
        flatBox([50, 50, 50.4, 60]),
        flatBox([50.5, 50, 60, 60]),
        flatBox([30, 30, 20, 40]),
      ]),
      ["a", "a", "1.5", "far", "c", "d", "e"],
    );
    const { findings } = finished(check(rois, options));
    expect(findings.map(({ kind, ids }) => [kind, ...ids])).toEqual([
      ["box", 6],
      ["duplicate", 1],
      ["name", 2],
      ["outside", 3],
      ["beyond", 2],
      ["overlap", 0, 1],
      ["pixels", 4, 5],
      ["chunk", 0, 1],
      ["chunk", 4, 5],
    ]);
  });

  test("tell what has the very box of another, once, and a fix leaves the first", () => {
    const box = flatBox([0, 0, 10, 10]);
    const rois = roisOfBoxes([box, flatBox([40, 0, 50, 10]), box, box]);
    expect(told(rois, "copy").map(({ sentence }) => sentence)).toEqual([
      '"roi_2" has the very box of "roi_0"',
      '"roi_3" has the very box of "roi_0"',
    ]);
    expect(told(rois, "overlap")).toEqual([]);
    const edit = fixed(rois, told(rois, "copy"), grid);
    expect([edit?.label, edit?.selection.size]).toEqual(["Delete 2 ROIs", 0]);
    expect(idsOf(mended(rois, "copy"))).toEqual([0, 1]);
  });

  test("tell which ROIs share a chunk, as far as names go", () => {
    const rois = roisOfBoxes([0, 1, 2, 3, 4, 5].map((i) => flatBox([4 * i, 0, 4 * i + 4, 4])));
    expect(told(rois, "chunk").map(({ sentence }) => sentence)).toEqual([
      '"roi_0" and "roi_1" and "roi_2" and "roi_3" and 2 more share the chunk 0/0/0',
    ]);
  });

  test("tell what is of another size than most", () => {
    const fields = [0, 1, 2, 3].map((i) => flatBox([20 * i, 0, 20 * i + 20, 20]));
    const rois = roisOfBoxes([...fields, flatBox([0, 40, 10, 60])]);
    expect(told(rois, "size").map(({ sentence }) => sentence)).toEqual([
      '"roi_4" is 10 × 20; most are 20 × 20',
    ]);
  });

  test("tell of another origin where most lie beside the image and all would fit, in place of each of them", () => {
    const origin = (...some: Parameters<typeof flatBox>[0][]) =>
      finished(check(roisOfBoxes(some.map((box) => flatBox(box))), options))
        .findings.filter(({ kind }) => ["origin", "outside", "beyond"].includes(kind))
        .map(({ kind, ids, sentence }) => [kind, ...ids, sentence]);
    const says = "All together would fit in the image; they begin at x -50, y -50";
    // Counted from the middle of the well, as from a stage.
    expect(origin([-50, -50, 0, 0], [0, -50, 50, 0], [-50, 0, 0, 50], [0, 0, 50, 50])).toEqual([
      ["origin", 0, says],
    ]);
    expect(origin([-50, -50, 0, 0], [0, 0, 50.5, 20])).toEqual([["origin", 0, says]]);
    // Too wide, and one alone among many.
    const roi0 = ["outside", 0, '"roi_0" lies outside the image'];
    expect(origin([-50, -50, 0, 0], [0, 0, 51, 20])).toEqual([roi0]);
    const inside = [10, 20, 30].map((x): [number, number, number, number] => [x, 0, x + 10, 10]);
    expect(origin([-20, 0, -10, 10], ...inside)).toEqual([roi0]);
  });

  test("find just the pairs that share something, as comparing all with all does", () => {
    const side = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 5 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(side, side, side), { maxLength: 25 }), (sides) => {
        const bounds = Float64Array.from(
          sides.flatMap((box) => [...box.map(([from]) => from), ...box.map(([a, b]) => a + b)]),
        );
        const all: string[] = [];
        for (const [i, a] of sides.entries())
          for (const [j, b] of sides.entries())
            if (
              i < j &&
              a.every(([from, length], axis) => {
                const [other, otherLength] = b[axis] ?? [0, 0];
                return Math.max(from, other) < Math.min(from + length, other + otherLength);
              })
            )
              all.push(`${i},${j}`);
        const { rows, count } = finished(overlapPairs(bounds, 1000));
        const found = Array.from({ length: rows.length / 2 }, (_, i) =>
          rows.slice(2 * i, 2 * i + 2).join(),
        );
        expect(found.toSorted()).toEqual(all.toSorted());
        expect(count).toBe(all.length);
        expect(finished(overlapPairs(bounds, 1000, bounds)).count).toBe(0);
      }),
    );
  });
});

describe("a fix", () => {
  test("of all names at once gives each a free one that tools read as it is", () => {
    const rois = named(
      roisOfBoxes([0, 1, 2, 3, 4].map((i) => flatBox([20 * i, 0, 20 * i + 10, 10]))),
      ["a", "a", "a", "1", " b"],
    );
    const after = mended(mended(rois, "duplicate"), "name");
    expect(idsOf(after).map((id) => roiAt(after, id)?.name)).toEqual([
      "a",
      "a_2",
      "a_3",
      "ROI_1",
      "b",
    ]);
  });

  test("of an overlap cuts both in the middle, on a voxel's edge", () => {
    const rois = roisOfBoxes([flatBox([0, 0, 11, 20]), flatBox([8, 1, 20, 21])]);
    expect(boxes(mended(rois, "overlap"))).toEqual([
      flatBox([0, 0, 10, 20]),
      flatBox([10, 1, 20, 21]),
    ]);
  });

  test("leaves an ROI within another as it is", () => {
    const rois = roisOfBoxes([flatBox([0, 0, 30, 30]), flatBox([10, 10, 20, 20])]);
    expect(fixed(rois, told(rois, "overlap"), grid)).toBeUndefined();
  });

  test("leaves an ROI that would be left with less than a voxel", () => {
    const rois = roisOfBoxes([flatBox([0.3, 0, 1, 10]), flatBox([0.4, 1, 5, 11])]);
    expect(fixed(rois, told(rois, "overlap"), { ...grid, shape: [1, 10, 100] })).toBeUndefined();
  });

  test("of another origin moves all together to the image's corner, and leaves planes alone", () => {
    const rois = roisOfBoxes([
      flatBox([-50.3, -50, 0, 0], [2, 3]),
      flatBox([0, -50, 49, 0], [2, 3]),
      flatBox([3, 3, 3, 3]),
    ]);
    const after = mended(rois, "origin");
    expect(boxes(after)).toEqual([
      flatBox([0, 0, 50.3, 50], [2, 3]),
      flatBox([50.3, 0, 99.3, 50], [2, 3]),
      flatBox([3, 3, 3, 3]),
    ]);
    expect(fixed(rois, told(rois, "origin"), grid)?.label).toBe("Move 2 ROIs");
    expect(told(after, "outside")).toEqual([]);
  });

  test("of planes that a flat image lacks leaves the one that ngio takes there", () => {
    const rois = roisOfBoxes([flatBox([0, 0, 10, 10], [0, 10]), flatBox([20, 0, 30, 10])]);
    expect(told(rois, "beyond").map(({ ids }) => ids)).toEqual([[0]]);
    expect(boxes(mended(rois, "beyond"))).toEqual([
      flatBox([0, 0, 10, 10], [0, 1]),
      flatBox([20, 0, 30, 10], [0, 1]),
    ]);
  });

  test("of what lies outside brings it in where it is nearest, as large as it is", () => {
    const inside = [10, 20, 30, 40].map((x) => flatBox([x, 0, x + 5, 10]));
    const rois = roisOfBoxes([...inside, flatBox([140, -30, 150, -15]), flatBox([200, 0, 400, 9])]);
    expect(boxes(mended(rois, "outside")).slice(4)).toEqual([
      flatBox([90, 0, 100, 15]),
      flatBox([200, 0, 400, 9]),
    ]);
  });

  test("of shared voxels puts the edges between two on the nearest voxels' edges, and no other", () => {
    const rois = roisOfBoxes([flatBox([0.4, 0.3, 10.5, 20]), flatBox([10.5, 1, 20, 21.2])]);
    expect(boxes(mended(rois, "pixels"))).toEqual([
      flatBox([0, 0.3, 11, 20]),
      flatBox([11, 1, 20, 21.2]),
    ]);
    const thin = roisOfBoxes([flatBox([10.1, 0, 10.4, 20]), flatBox([10.4, 0, 20, 20])]);
    expect(fixed(thin, told(thin, "pixels"), grid)).toBeUndefined();
  });

  test("of shared voxels leaves none shared, whatever the boxes", () => {
    const edge = fc.integer({ min: 0, max: 60 }).map((tenths) => tenths / 4);
    const box = fc
      .tuple(edge, edge, fc.integer({ min: 4, max: 30 }), fc.integer({ min: 4, max: 30 }))
      .map(([x, y, w, h]) => flatBox([x, y, x + w / 4, y + h / 4]));
    fc.assert(
      fc.property(box, box, (a, b) => {
        const after = mended(roisOfBoxes([a, b]), "pixels");
        expect(told(after, "pixels")).toEqual([]);
      }),
    );
  });

  test("never leaves less than a voxel, nor anything outside that was not", () => {
    const corner = fc.integer({ min: -20, max: 110 });
    const length = fc.integer({ min: 1, max: 40 });
    const box = fc
      .tuple(corner, corner, length, length)
      .map(([x, y, w, h]) => flatBox([x, y, x + w, y + h]));
    fc.assert(
      fc.property(fc.array(box, { maxLength: 12 }), (some) => {
        const after = mended(mended(roisOfBoxes(some), "beyond"), "overlap");
        for (const one of boxes(after))
          for (const axis of [1, 2] as const)
            expect((one?.max[axis] ?? 0) - (one?.min[axis] ?? 0)).toBeGreaterThanOrEqual(1);
        expect(told(after, "beyond")).toEqual([]);
      }),
    );
  });
});
