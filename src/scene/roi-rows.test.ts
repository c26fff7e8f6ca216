/** Rewriting only the rows that changed gives what writing all of them would. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { applied, changedIn, type Roi, type RoiDiff, type RoiId, type Rois } from "../roi/rois.ts";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import {
  ABSENT,
  changedRows,
  INVALID,
  ROW_LENGTH,
  rowCount,
  SELECTED,
  type ShownRois,
  writeRow,
} from "./roi-rows.ts";

const SIZE = 8;
const loaded = roisOfBoxes(Array.from({ length: 5 }, (_, i) => flatBox([i, i, 10 * i, 10 * i])));

const roi = fc
  .tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: -1, max: 9 }))
  .map(([at, length]): Roi => {
    return { name: "r", box: flatBox([at, at, at + length, at + 3]), label: undefined };
  });
const ids = fc.uniqueArray(fc.nat({ max: SIZE - 1 }), { maxLength: 4 });
const diff = fc
  .array(fc.tuple(fc.nat({ max: SIZE - 1 }), fc.option(roi, { nil: undefined })), { maxLength: 4 })
  .map((all): RoiDiff => new Map(all.map(([id, to]) => [id, { from: undefined, to }])));
const shown = fc
  .record({
    edits: diff,
    preview: fc.option(diff, { nil: undefined }),
    selection: ids.map((all) => new Set(all)),
    invalid: ids.map((all) => new Set(all)),
    discarded: fc.option(
      ids.map((all) => new Set(all)),
      { nil: undefined },
    ),
  })
  .map(({ edits, ...rest }): ShownRois => ({ ...rest, rois: applied(loaded, edits) }));

/** The rows as the GPU reads them: what a row that is not drawn holds besides is nobody's matter. */
function drawn(rows: Float32Array, count: number): number[][] {
  return Array.from({ length: count }, (_, id) => {
    const row = [...rows.subarray(id * ROW_LENGTH, (id + 1) * ROW_LENGTH)];
    return row[10] === ABSENT ? [ABSENT] : row;
  });
}

function all(of: ShownRois): Float32Array {
  const rows = new Float32Array(SIZE * ROW_LENGTH);
  for (let id = 0; id < SIZE; id++) writeRow(rows, id, of, id);
  return rows;
}

test("for any two states", () => {
  fc.assert(
    fc.property(shown, shown, (before, after) => {
      const rows = all(before);
      const changed = changedRows(before, after);
      expect(changed).not.toBe("all");
      if (changed === "all") return;
      for (const id of changed) writeRow(rows, id, after, id);
      const count = rowCount(after);
      expect(drawn(rows, count)).toEqual(drawn(all(after), count));
    }),
  );
});

test("a hover over 10⁵ unchanged ROIs rewrites none, a drag of one rewrites one", () => {
  const bounds = new Float64Array(6e5).fill(1);
  const many: Rois = {
    ...loaded,
    base: { names: Array(1e5).fill("n"), bounds, labels: undefined },
  };
  const still: ShownRois = {
    rois: many,
    preview: undefined,
    selection: new Set([7]),
    invalid: new Set(),
  };
  const drag = (x: number): RoiDiff =>
    new Map([[7, { from: undefined, to: { name: "n", box: flatBox([x, 0, 9, 9]), label: 1 } }]]);
  expect(changedRows(still, { ...still })).toEqual(new Set());
  expect(changedRows({ ...still, preview: drag(1) }, { ...still, preview: drag(2) })).toEqual(
    new Set([7]),
  );
  expect(changedRows(still, { ...still, rois: { ...many, base: { ...many.base } } })).toBe("all");
});

test("more than a thousand that differ are all, whatever they differ in, and are not looked through", () => {
  const rois = roisOfBoxes(Array.from({ length: 3000 }, (_, i) => flatBox([i, i, i + 2, i + 2])));
  const first = (count: number) => Array.from({ length: count }, (_, id) => id);
  const still: ShownRois = { rois, preview: undefined, selection: new Set(), invalid: new Set() };
  const moved = (count: number): RoiDiff =>
    changedIn(rois, ({ place }) => {
      for (const id of first(count)) place(id, [0, 0, 0, 1, 1, 1]);
    });
  const ways: readonly ((count: number) => Partial<ShownRois>)[] = [
    (count) => ({ rois: applied(rois, moved(count)) }),
    (count) => ({ preview: moved(count) }),
    (count) => ({ selection: new Set(first(count)) }),
    (count) => ({ hidden: new Set(first(count)) }),
  ];
  for (const way of ways) {
    expect(changedRows(still, { ...still, ...way(1000) })).toEqual(new Set(first(1000)));
    expect(changedRows(still, { ...still, ...way(1001) })).toBe("all");
    expect(changedRows({ ...still, ...way(3000) }, still)).toBe("all");
  }
});

test("a row holds its box in double precision, its z range and its marks", () => {
  const x = 1_000_000.123;
  const far = roisOfBoxes([flatBox([x, 1 / 3, 2 * x, 4], [5, 7]), flatBox([3, 3, 1, 9])]);
  const one: ReadonlySet<RoiId> = new Set([0]);
  const [first = [], second] = drawn(
    all({ rois: far, preview: undefined, selection: one, invalid: one }),
    2,
  );
  const whole = [0, 1, 2, 3].map((i) => (first[i] ?? 0) + (first[i + 4] ?? 0));
  for (const [i, value] of [x, 1 / 3, 2 * x, 4].entries()) expect(whole[i]).toBeCloseTo(value, 7);
  expect(first.slice(8, 11)).toEqual([5, 7, SELECTED + INVALID]);
  expect(second).toEqual([ABSENT]);
});
