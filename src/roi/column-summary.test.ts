/** A column's summary counts each value once. */
import { expect, test } from "vitest";
import { summaryOf } from "./column-summary.ts";
import type { Reader } from "./readers.ts";

function summary(reader: Reader, ids: readonly number[]) {
  const steps = summaryOf(reader, ids);
  let pauses = 0;
  let step = steps.next();
  for (; !step.done; step = steps.next()) pauses++;
  return { ...step.value, pauses };
}

test("texts are counted as people sort them, and missing ones apart", () => {
  const texts = ["B10", "B2", undefined, "B2"];
  expect(summary({ kind: "text", at: (id) => texts[id] }, [0, 1, 2, 3])).toEqual({
    kind: "categories",
    values: [
      { value: "B2", count: 2 },
      { value: "B10", count: 1 },
    ],
    missing: 1,
    pauses: 0,
  });
});

test("more texts than are read stay in table order", () => {
  const at = (id: number): string => `r${2000 - id}`;
  const ids = Array.from({ length: 2000 }, (_, id) => id);
  const found = summary({ kind: "text", at }, ids);
  expect(found).toMatchObject({ values: ids.map((id) => ({ value: at(id), count: 1 })) });
});

test("numbers reach from the least to the greatest finite one, with pauses on the way", () => {
  const at = (id: number): number =>
    id === 0 ? Number.NaN : id === 1 ? Number.NEGATIVE_INFINITY : id;
  const ids = Array.from({ length: 10_000 }, (_, id) => id);
  const found = { kind: "range", min: 2, max: 9999, missing: 2, pauses: 2 };
  expect(summary({ kind: "number", at }, ids)).toEqual(found);
  expect(summary({ kind: "number", at }, [0])).toMatchObject({ min: Number.NaN, missing: 1 });
});
