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
const told = (rois: Rois, kind: CheckKind) =>
  finished(check(rois, { grid, chunk, masking: false })).findings.filter(
    (finding) => finding.kind === kind,
  );
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
    const { findings } = finished(check(rois, { grid, chunk, masking: false }));
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

  test("leaves a ROI within another as it is", () => {
    const rois = roisOfBoxes([flatBox([0, 0, 30, 30]), flatBox([10, 10, 20, 20])]);
    expect(fixed(rois, told(rois, "overlap"), grid)).toBeUndefined();
  });

  test("leaves a ROI that would be left with less than a voxel", () => {
    const rois = roisOfBoxes([flatBox([0.3, 0, 1, 10]), flatBox([0.4, 1, 5, 11])]);
    expect(fixed(rois, told(rois, "overlap"), { ...grid, shape: [1, 10, 100] })).toBeUndefined();
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
