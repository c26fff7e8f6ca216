/** Looking ROIs up finds what looking at each finds, however they were edited since, and costs what is there. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import { eachIn, isOver, searchOf, visitOn } from "./places.ts";
import {
  applied,
  changedIn,
  deletedIn,
  edgeAt,
  idsOf,
  type RoiDiff,
  type RoiId,
  type Rois,
} from "./rois.ts";

const at = fc.integer({ min: -50, max: 50 });
const length = fc.constantFrom(0, 1, 3, 20, Number.NaN, -1);
const box = fc
  .tuple(at, at, length, length)
  .map(([x, y, width, height]) => flatBox([x, y, x + width, y + height]));
const rect = fc
  .tuple(at, at, at, at)
  .map(([x, y, xEnd, yEnd]) => [
    ...[Math.min(x, xEnd), Math.min(y, yEnd)],
    ...[Math.max(x, xEnd), Math.max(y, yEnd)],
  ]) as fc.Arbitrary<[number, number, number, number]>;
/** Undefined deletes; numbers after the last row add. */
const edits = fc.array(fc.dictionary(fc.constantFrom("0", "1", "2", "7", "30"), fc.option(box)), {
  maxLength: 4,
});

function found(rois: Rois, wanted: Parameters<typeof eachIn>[1], least = 0): RoiId[] {
  const ids: RoiId[] = [];
  eachIn(rois, wanted, least, (id) => ids.push(id));
  return ids.sort((a, b) => a - b);
}

function lookedAt(rois: Rois, [x0, y0, x1, y1]: readonly number[], least = 0): RoiId[] {
  return idsOf(rois).filter((id) => {
    const [minX, minY] = [edgeAt(rois, id, 2), edgeAt(rois, id, 1)];
    const [maxX, maxY] = [edgeAt(rois, id, 5), edgeAt(rois, id, 4)];
    const side = Math.max(maxX - minX, maxY - minY);
    const touches =
      minX <= (x1 ?? 0) && maxX >= (x0 ?? 0) && minY <= (y1 ?? 0) && maxY >= (y0 ?? 0);
    return maxX >= minX && maxY >= minY && touches && side >= least;
  });
}

test("every state of an edited table is looked up as it is, in whatever order", () => {
  fc.assert(
    fc.property(fc.array(box, { maxLength: 30 }), edits, rect, (boxes, steps, wanted) => {
      const states = [roisOfBoxes(boxes)];
      for (const step of steps) {
        const rois = states.at(-1) ?? roisOfBoxes([]);
        const diff: RoiDiff = new Map(
          Object.entries(step).map(([id, box]) => [
            Number(id),
            { from: undefined, to: box ? { name: id, box, label: undefined } : undefined },
          ]),
        );
        states.push(applied(rois, diff));
      }
      for (const rois of [...states, ...states.reverse()])
        expect(found(rois, wanted, 2)).toEqual(lookedAt(rois, wanted, 2));
    }),
    { numRuns: 300 },
  );
});

describe("of 10⁵ ROIs", () => {
  const loaded = roisOfBoxes(
    Array.from({ length: 1e5 }, (_, i) => {
      const [x, y] = [10 * (i % 1000), 10 * Math.floor(i / 1000)];
      return flatBox([x, y, x + 5, y + 5]);
    }),
  );
  const moved = (rois: Rois, count: number): Rois =>
    applied(
      rois,
      changedIn(rois, (draft) => {
        for (let id = 0; id < count; id++)
          draft.place(
            id,
            Array.from({ length: 6 }, (_, edge) => edgeAt(rois, id, edge) + 3),
          );
      }),
    );

  test("very many edited ones are where they went, those that few edits left are as well, and back again", () => {
    const [few, many] = [moved(loaded, 500), moved(loaded, 5000)];
    const third = Array.from({ length: 1500 }, (_, i) => 3 * i);
    const fewer = applied(many, deletedIn(many, third));
    const wanted = [996, 1, 2500, 27] as const;
    for (const rois of [loaded, few, many, fewer, few, loaded])
      expect(found(rois, wanted)).toEqual(lookedAt(rois, wanted));
  });

  test("a point costs a few rows, and a search goes on where it stopped", () => {
    const all = { least: 0, below: Number.POSITIVE_INFINITY };
    const near = searchOf(loaded, { rect: [502, 502, 503, 503], ...all });
    const ids: RoiId[] = [];
    expect(visitOn(near, Number.POSITIVE_INFINITY, (id) => ids.push(id))).toBeLessThan(60);
    expect([ids, isOver(near)]).toEqual([[50_050], true]);
    const search = searchOf(loaded, { rect: [0, 0, 1e4, 1e3], ...all });
    let [steps, visited] = [0, 0];
    for (; !isOver(search); steps++)
      expect(visitOn(search, 30_000, () => visited++)).toBeLessThanOrEqual(30_000);
    expect([steps, visited]).toEqual([4, 1e5]);
  });
});
