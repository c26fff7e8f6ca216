/** What a drag is drawn to, and that it ends where an ROI may end. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Bench, SMALL } from "../testing/hand.ts";
import { guidesOf } from "./attract.ts";

describe("what a drag is drawn to", () => {
  test("the edge of another ROI, unless Ctrl or Alt is held", () => {
    const bench = new Bench().click(75, 75).pointer("down", 100, 75).pointer("move", 197, 75);
    const right = () => bench.preview?.get(SMALL)?.to?.box.max[2];
    expect(right()).toBe(200);
    expect(guidesOf(bench.state, bench.context)).toEqual([
      { axis: 2, at: 200, what: "roi_1 right" },
    ]);
    for (const key of ["ctrl", "alt"] as const) {
      bench.pointer("move", 197.1, 75, { [key]: true });
      expect(right()).toBeCloseTo(197.1);
      expect(guidesOf(bench.state, bench.context)).toEqual([]);
    }
    expect(bench.hint).toContain("Ctrl or Alt: no snapping (now)");
  });

  test("chunk borders, by either side of what is moved", () => {
    const bench = new Bench().click(75, 75);
    bench.chunk = [1, 300, 300];
    bench.pointer("down", 75, 75).pointer("move", 122, 75);
    const box = () => bench.preview?.get(SMALL)?.to?.box;
    expect([box()?.min[2], box()?.max[2]]).toEqual([100, 150]);
    expect(guidesOf(bench.state, bench.context)).toContainEqual({
      axis: 2,
      at: 150,
      what: "chunk",
    });
    bench.pointer("move", 132, 75);
    expect(box()?.max[2]).toBe(157);
  });

  test("Shift keeps a corner's proportions, up to the image's border", () => {
    const bench = new Bench().click(75, 75).pointer("down", 100, 100);
    const box = () => bench.preview?.get(SMALL)?.to?.box;
    bench.pointer("move", 120, 101, { shift: true });
    expect(box()).toMatchObject({ min: [0, 50, 50], max: [4, 120, 120] });
    bench.pointer("move", 20, 5, { shift: true });
    expect(box()).toMatchObject({ min: [0, 5, 5], max: [4, 50, 50] });
    bench.send({ kind: "escape" });
    bench.pointer("up", 5, 5).pointer("down", 100, 50).pointer("move", 400, 40, { shift: true });
    expect(box()).toMatchObject({ min: [0, 0, 50], max: [4, 100, 150] });
  });
});

test("any drag that is drawn to something ends on whole voxels, inside, a voxel large at least", () => {
  /** On the edges, handles and bodies of ROIs and near them, beside all, and beside the image. */
  const coordinate = fc.oneof(
    fc
      .tuple(fc.constantFrom(20, 50, 75, 100, 200), fc.integer({ min: -4, max: 4 }))
      .map(([edge, off]) => edge + off),
    fc.integer({ min: -60, max: 560 }),
  );
  const place = fc.record({ x: coordinate, y: coordinate });
  fc.assert(
    fc.property(
      fc.constantFrom([75, 75], [100, 100], [100, 75], [50, 100]),
      fc.array(place, { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      fc.integer({ min: 1, max: 1000 }),
      ([x = 0, y = 0], path, shift, chunk) => {
        const bench = new Bench().click(75, 75);
        bench.chunk = [1, chunk, chunk];
        bench.pointer("down", x, y);
        for (const at of path) bench.pointer("move", at.x, at.y, { shift });
        const { box } = bench.preview?.get(SMALL)?.to ?? {};
        for (const i of [1, 2] as const) {
          if (box === undefined) continue;
          expect(Number.isInteger(box.min[i] / 0.5) && Number.isInteger(box.max[i] / 0.5)).toBe(
            true,
          );
          expect(box.max[i] - box.min[i]).toBeGreaterThanOrEqual(0.5);
          expect(Math.min(box.min[i], 500 - box.max[i])).toBeGreaterThanOrEqual(0);
        }
      },
    ),
  );
});
