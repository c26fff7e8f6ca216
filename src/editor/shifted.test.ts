/** What a hand shows while it shifts ROIs is what it leaves behind, and a step makes nothing of those it does not show. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { zyx } from "../geometry/box.ts";
import { roiAt } from "../roi/rois.ts";
import { Bench, grid, LARGE, SMALL } from "../testing/hand.ts";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import { shiftedIn } from "./group.ts";
import { Shifted } from "./shifted.ts";

const edge = fc.double({ min: 0, max: 400, noNaN: true });
const box = fc
  .tuple(edge, edge, fc.double({ min: 0.5, max: 50, noNaN: true }))
  .map(([x, y, side]) => flatBox([x, y, x + side, y + side], [0, 4]));
const by = fc.tuple(
  fc.integer({ min: -3, max: 3 }),
  fc.integer({ min: -50, max: 50 }),
  fc.double({ min: -50, max: 50, noNaN: true }).filter((x) => x === 0 || Math.abs(x) > 0.1),
);

test("it holds the values of the change that is made when the hand lets go", () => {
  fc.assert(
    fc.property(fc.array(box, { minLength: 1, maxLength: 9 }), by, (boxes, voxels) => {
      const rois = roisOfBoxes(boxes);
      const ids = boxes.flatMap((_, id) => (id % 3 === 1 ? [] : [id]));
      const shown = new Shifted(rois, new Set(ids), voxels, grid);
      const made = shiftedIn(rois, ids, voxels, grid);
      expect(new Map(shown)).toEqual(new Map(made));
      expect([...shown.values()]).toEqual([...made.values()]);
      expect([shown.size, [...shown.keys()]]).toEqual([made.size, [...made.keys()]]);
      const visited: [unknown, number][] = [];
      shown.forEach((both, id) => {
        visited.push([both, id]);
      });
      expect(visited).toEqual([...made].map(([id, both]) => [both, id]));
      expect([shown.has(1), shown.get(1)]).toEqual([false, undefined]);
    }),
  );
});

test("it says how far in world units", () => {
  const rois = roisOfBoxes([flatBox([0, 0, 10, 10], [0, 4])]);
  const voxels = [1, -2, 3] as const;
  const shifted = new Shifted(rois, new Set([0]), voxels, grid);
  expect(shifted.by).toEqual(zyx((axis) => voxels[axis] * grid.scale[axis]));
});

test("each step of a drag says how far, of the same ROIs, and one that leads nowhere shows nothing", () => {
  const bench = new Bench();
  bench.click(75, 75).click(30, 30, { shift: true });
  expect(bench.selected()).toEqual([SMALL, LARGE]);
  bench.pointer("down", 75, 75).pointer("move", 95, 75);
  const first = bench.preview;
  bench.pointer("move", 115, 85);
  const second = bench.preview;
  if (!(first instanceof Shifted && second instanceof Shifted)) throw new Error("Not shifted");
  expect([first.by, second.by]).toEqual([
    [0, 0, 20],
    [0, 10, 40],
  ]);
  expect(second.ids).toBe(first.ids);
  bench.pointer("move", 75, 75);
  expect(bench.preview).toBeUndefined();
  bench.pointer("move", 115, 85).pointer("up", 115, 85);
  expect(roiAt(bench.document.rois, SMALL)?.box).toEqual(second.get(SMALL)?.to.box);
  expect(bench.commits).toBe(1);
});
