/** Grids cover their area without gaps, and share what they were asked to share. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Box, pixelBox } from "../geometry/box.ts";
import { type GridSpec, gridFrame, gridOf } from "./grid.ts";

const area = pixelBox([2, 5, 7], [4, 25, 37]);

const xs = (boxes: readonly Box<"pixel">[]) => [
  ...new Set(boxes.map(({ min, max }) => `${min[2] - 7}-${max[2] - 7}`)),
];

const bySize = { by: "size", y: 20, x: 8, tail: "smaller", overlap: 0 } as const;

test("by size the rest is a smaller box, shared out, or dropped", () => {
  expect(xs(gridOf(area, bySize))).toEqual(["0-8", "8-16", "16-24", "24-30"]);
  expect(xs(gridOf(area, { ...bySize, tail: "equal" }))).toEqual(["0-8", "8-15", "15-23", "23-30"]);
  expect(xs(gridOf(area, { ...bySize, tail: "drop" }))).toEqual(["0-8", "8-16", "16-24"]);
});

test("boxes that overlap have the size that was asked for and share what was asked for", () => {
  const spec = { ...bySize, overlap: 2 };
  expect(xs(gridOf(area, spec))).toEqual(["0-8", "6-14", "12-20", "18-26", "24-30"]);
  expect(xs(gridOf(area, { ...spec, tail: "drop" }))).toEqual(["0-8", "6-14", "12-20", "18-26"]);
});

test("boxes go through all planes of the area and come in reading order", () => {
  const boxes = gridOf(area, { by: "count", y: 2, x: 2, tail: "equal", overlap: 0 });
  expect(boxes).toEqual([
    pixelBox([2, 5, 7], [4, 15, 22]),
    pixelBox([2, 5, 22], [4, 15, 37]),
    pixelBox([2, 15, 7], [4, 25, 22]),
    pixelBox([2, 15, 22], [4, 25, 37]),
  ]);
});

test.each([
  [{ x: 0 }, "A grid needs whole numbers from 1 on"],
  [{ x: 2.5 }, "A grid needs whole numbers from 1 on"],
  [{ x: 31, tail: "drop" }, "No ROI of 31 px fits: the area is 30 px wide"],
  [{ overlap: 8 }, "ROIs of 8 px cannot share 8 px"],
  [{ overlap: 0.5 }, "The overlap is a whole number"],
  [{ by: "count", x: 31 }, "31 ROIs do not fit side by side: the area is 30 px wide"],
] as const)("what cannot be is refused: %o", (change, sentence) => {
  expect(() => gridOf(area, { ...bySize, ...change })).toThrow(sentence);
});

test("a slip of the finger does not make a million ROIs", () => {
  const large = pixelBox([0, 0, 0], [1, 2000, 2000]);
  expect(() => gridOf(large, { ...bySize, y: 1, x: 1 })).toThrow("4,000,000 ROIs are more than");
});

const specs: fc.Arbitrary<GridSpec> = fc.record({
  by: fc.constantFrom("count", "size"),
  y: fc.integer({ min: 1, max: 12 }),
  x: fc.integer({ min: 1, max: 12 }),
  tail: fc.constantFrom("smaller", "equal", "drop"),
  overlap: fc.constant(0),
});
const areas = fc
  .tuple(fc.integer({ min: 12, max: 40 }), fc.integer({ min: 12, max: 40 }))
  .map(([height, width]) => pixelBox([0, 3, 4], [2, 3 + height, 4 + width]));

/** How many boxes hold each voxel of the area's plane. */
function covers(within: Box<"pixel">, boxes: readonly Box<"pixel">[]): number[] {
  const counts: number[] = [];
  for (let y = within.min[1]; y < within.max[1]; y++)
    for (let x = within.min[2]; x < within.max[2]; x++)
      counts.push(
        boxes.filter(({ min, max }) => min[1] <= y && y < max[1] && min[2] <= x && x < max[2])
          .length,
      );
  return counts;
}

test("a grid covers the area once, without gap or overlap; one that drops the rest never twice", () => {
  fc.assert(
    fc.property(areas, specs, (within, spec) => {
      const boxes = gridOf(within, spec);
      const counts = covers(within, boxes);
      if (spec.tail === "drop") {
        expect(Math.max(...counts)).toBe(1);
        expect(
          new Set(boxes.map(({ min, max }) => `${max[1] - min[1]} ${max[2] - min[2]}`)).size,
        ).toBe(1);
      } else expect(new Set(counts)).toEqual(new Set([1]));
    }),
  );
});

test("a grid with overlap leaves no gap and stays in the area, and neighbours share just that", () => {
  const overlapping = fc.tuple(specs, fc.integer({ min: 1, max: 4 })).map(([spec, overlap]) => ({
    ...spec,
    by: "size" as const,
    y: spec.y + overlap,
    x: spec.x + overlap,
    overlap,
  }));
  fc.assert(
    fc.property(areas, overlapping, (within, spec) => {
      fc.pre(spec.y <= 12 && spec.x <= 12);
      const boxes = gridOf(within, spec);
      for (const { min, max } of boxes)
        for (const i of [0, 1, 2] as const)
          expect(min[i] >= within.min[i] && max[i] <= within.max[i] && max[i] > min[i]).toBe(true);
      if (spec.tail !== "drop") expect(Math.min(...covers(within, boxes))).toBe(1);
      const row = boxes.filter(({ min }) => min[1] === within.min[1]);
      for (const [i, { max }] of row.slice(0, -1).entries())
        expect(max[2] - (row[i + 1]?.min[2] ?? 0)).toBe(spec.overlap);
    }),
  );
});

test("the rows and columns of a grid have the lines of all its boxes, and no others", () => {
  const linesOf = (boxes: readonly Box<"pixel">[], axis: 1 | 2) =>
    new Set(boxes.flatMap(({ min, max }) => [min[axis], max[axis]]));
  const reach = (boxes: readonly Box<"pixel">[], axis: 1 | 2) => [
    Math.min(...linesOf(boxes, axis)),
    Math.max(...linesOf(boxes, axis)),
  ];
  fc.assert(
    fc.property(specs, ({ tail, ...spec }) => {
      const given = { ...spec, tail: spec.by === "count" && tail === "smaller" ? "equal" : tail };
      const boxes = gridOf(area, given);
      const { count, strips } = gridFrame(area, given);
      expect(count).toBe(boxes.length);
      for (const axis of [1, 2] as const) {
        expect(linesOf(strips, axis)).toEqual(linesOf(boxes, axis));
        expect(strips.map(({ min, max }) => [min[axis], max[axis]])).toContainEqual(
          reach(boxes, axis),
        );
      }
    }),
  );
});

test("of very many lines what holds all boxes is drawn, and the first", () => {
  const wide = pixelBox([0, 0, 0], [1, 500, 505]);
  const spec = { by: "count", y: 5, x: 101, tail: "drop", overlap: 0 } as const;
  expect(gridFrame(wide, spec)).toEqual({
    count: 505,
    strips: [pixelBox([0, 0, 0], [1, 500, 505]), pixelBox([0, 0, 0], [1, 100, 5])],
  });
});
