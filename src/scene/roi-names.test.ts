/** Names are written where there is room, none over another, and only so many. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { applied, type RoiDiff, roiAt } from "../roi/rois.ts";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import { rectsOverlap } from "./rect.ts";
import { type NameTag, type NameView, namesIn, sameNames, textPlace } from "./roi-names.ts";

const rois = roisOfBoxes([
  flatBox([0, 0, 60, 40]),
  flatBox([100, 0, 140, 40]),
  flatBox([200, 0, 260, 10]),
  flatBox([300, 0, 360, 40], [1, 2]),
  flatBox([5000, 0, 5060, 40]),
  flatBox([400, 0, 460, 40]),
]);
const view: NameView = {
  plane: { min: 0.01, max: 0.99 },
  pixelsPerUnit: 1,
  bounds: [0, 0, 1000, 1000],
  preview: undefined,
  selection: new Set(),
  hovered: undefined,
};
const ids = (of = rois, change: Partial<NameView> = {}) =>
  namesIn(of, { ...view, ...change }).map(({ id }) => id);

test("not in a box too narrow or too low for them, off the plane or out of view", () => {
  expect(ids()).toEqual([0, 5]);
  expect(ids(rois, { pixelsPerUnit: 3 })).toEqual([0, 1, 2, 5]);
  expect(ids(rois, { plane: { min: 1.01, max: 1.99 } })).toEqual([3]);
  expect(ids(rois, { bounds: [4000, 0, 6000, 1000] })).toEqual([4]);
});

test("where an edit put the ROI, and not where a hand holds it", () => {
  const from = roiAt(rois, 0);
  const to = from && { ...from, name: "moved", box: flatBox([500, 0, 560, 40]) };
  const diff: RoiDiff = new Map([[0, { from, to }]]);
  expect(namesIn(applied(rois, diff), view).at(0)).toMatchObject({
    id: 0,
    text: "moved",
    x: 500,
    y: 0,
  });
  expect(ids(rois, { preview: diff })).toEqual([5]);
  const gone: RoiDiff = new Map([[5, { from: roiAt(rois, 5), to: undefined }]]);
  expect(ids(applied(rois, gone))).toEqual([0]);
});

test("at most 240, and of no two that would lie on each other both", () => {
  const apart = Array.from({ length: 500 }, (_, i) => {
    const [x, y] = [200 * (i % 50), 50 * Math.floor(i / 50)];
    return flatBox([x, y, x + 150, y + 40]);
  });
  const all = { bounds: [0, 0, 1e5, 1e5] as const };
  expect(ids(roisOfBoxes(apart), all).length).toBe(240);
  expect(ids(roisOfBoxes(Array(500).fill(flatBox([0, 0, 99, 99]))), all)).toEqual([0]);
  const side = fc.integer({ min: 22, max: 300 });
  const box = fc
    .tuple(fc.nat(500), fc.nat(500), side, side)
    .map(([x, y, width, height]) => flatBox([x, y, x + width, y + height]));
  fc.assert(
    fc.property(fc.array(box, { maxLength: 30 }), fc.nat(40), (boxes, hovered) => {
      const tags = namesIn(roisOfBoxes(boxes), { ...view, hovered });
      for (const a of tags)
        for (const b of tags)
          if (a.id < b.id)
            expect(Math.abs(a.y - b.y) >= 17 || Math.abs(a.x - b.x) >= 7 * 5).toBe(true);
      expect(tags.some(({ id }) => id === hovered)).toBe(hovered < boxes.length);
    }),
  );
});

test("the pointed at before the selected, those before larger ones, in boxes without room too", () => {
  const crowd = roisOfBoxes([
    flatBox([0, 0, 200, 200]),
    flatBox([5, 5, 100, 100]),
    flatBox([8, 8, 12, 12]),
  ]);
  expect(ids(crowd)).toEqual([0]);
  expect(ids(crowd, { selection: new Set([1]) })).toEqual([1]);
  expect(ids(crowd, { selection: new Set([1]), hovered: 2 })).toEqual([2]);
  const everything = new Set(Array.from({ length: 100 }, (_, i) => i));
  expect(ids(crowd, { selection: everything })).toEqual([0]);
});

test("however many large boxes are too low for a name, a smaller one that is not has its", () => {
  const low = Array.from({ length: 1300 }, (_, i) => flatBox([0, i / 2, 900, i / 2 + 20]));
  expect(ids(roisOfBoxes([...low, flatBox([0, 500, 90, 540])]))).toEqual([1300]);
});

test("of boxes of one size the names of those that come first in the table", () => {
  const corner = fc.tuple(fc.nat(700), fc.nat(300));
  fc.assert(
    fc.property(fc.array(corner, { minLength: 60, maxLength: 90 }), (corners) => {
      const crowd = roisOfBoxes(corners.map(([x, y]) => flatBox([x, y, x + 60, y + 40])));
      const first: NameTag[] = [];
      for (const [id, [x, y]] of corners.entries()) {
        const text = roiAt(crowd, id)?.name ?? "";
        const tag = { id, text, x, y, right: x + 60, bottom: y + 40 };
        const place = textPlace(tag, 1);
        if (!first.some((other) => rectsOverlap(place, textPlace(other, 1)))) first.push(tag);
      }
      expect(namesIn(crowd, view)).toEqual(first);
    }),
  );
});

test("stay while the view is moved over them", () => {
  const boxes = Array.from({ length: 40 }, (_, i) =>
    flatBox([37 * (i % 7), 23 * i, 37 * (i % 7) + 120 + i, 23 * i + 60]),
  );
  const before = ids(roisOfBoxes(boxes), { bounds: [-500, -500, 1500, 1500] });
  expect(before.length).toBeGreaterThan(9);
  expect(ids(roisOfBoxes(boxes), { bounds: [-300, -450, 1700, 1550] })).toEqual(before);
});

test("are the same while nothing of what is written differs", () => {
  const names = namesIn(rois, view);
  expect(sameNames(names, namesIn(rois, { ...view, bounds: [0, 0, 900, 900] }))).toBe(true);
  expect(
    sameNames(
      names,
      namesIn(rois, { ...view, preview: new Map([[5, { from: undefined, to: undefined }]]) }),
    ),
  ).toBe(false);
  expect(
    sameNames(
      names,
      names.map((tag) => ({ ...tag, y: 1 })),
    ),
  ).toBe(false);
});
