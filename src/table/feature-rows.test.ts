/** Rows are found by label; labels with several rows, and rows without a label, are counted. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { joinByLabel, rowOf } from "./feature-rows.ts";

it("finds the first row of each label, of whatever order and size, and none of others", () => {
  const label = fc.oneof(
    fc.integer({ min: -3, max: 12 }),
    fc.maxSafeInteger(),
    fc.constant(Number.NaN),
  );
  fc.assert(
    fc.property(fc.array(label), label, (labels, other) => {
      const joined = joinByLabel(Float64Array.from(labels));
      for (const each of [...labels, other]) {
        const first = labels.indexOf(each);
        expect(rowOf(joined, each)).toBe(first < 0 ? undefined : first);
      }
    }),
  );
});

it("counts labels with several rows once each, and rows that are about none", () => {
  const joined = joinByLabel(Float64Array.of(9, 7, 9, Number.NaN, 9, 7, 1));
  const { labels, rows, repeated, unknown } = joined;
  expect([[...labels], [...rows], repeated, unknown]).toEqual([[1, 7, 9], [6, 1, 0], 2, 1]);
});
