/** What is picked from a column is found again in the filter, means what it says, and leaves the rest of it alone. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseExpression } from "./expression.ts";
import { type Pick, pickIn, withPick } from "./picking.ts";
import type { Reader } from "./readers.ts";

const of = (column: string, ...others: readonly string[]) => ({
  column,
  columns: new Map([column, ...others].map((name) => [name, true])),
});

const column = fc.constantFrom("triage", "my column", "in", 'a"b', "len_x");
const rest = fc.constantFrom(
  "",
  "FOV",
  "x > 3",
  '(x > 3 or name ~ "and")',
  'name in ("a and b", c)',
);
const values = fc.uniqueArray(fc.oneof(fc.constantFrom("keep", "", "a, b", "or"), fc.string()), {
  minLength: 1,
});

test("a pick is found again, whatever the column and the values are called", () => {
  const range = fc.record({
    min: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: undefined }),
    max: fc.double({ noNaN: true, noDefaultInfinity: true }),
  });
  const pick = fc.oneof(
    values.map((all): Pick => ({ kind: "values", values: all })),
    range.map(
      ({ min, max }): Pick => ({
        kind: "range",
        min: min === undefined ? min : min + 0,
        max: max + 0,
      }),
    ),
  );
  fc.assert(
    fc.property(rest, column, pick, (query, name, picked) => {
      const once = withPick(query, of(name), picked);
      expect(pickIn(once, of(name))).toEqual(picked);
      expect(withPick(once, of(name), picked)).toBe(once);
    }),
  );
});

test("the filter that is written matches exactly the picked values", () => {
  fc.assert(
    fc.property(column, values, fc.string(), (name, picked, other) => {
      const rows = [...picked, other];
      const reader: Reader = { kind: "text", at: (id) => rows[id] || undefined };
      const parsed = parseExpression(
        withPick("", of(name), { kind: "values", values: picked }),
        new Map([[name, reader]]),
      );
      if (parsed.kind === "problem") throw new Error(parsed.sentence);
      expect(rows.map((_, id) => parsed.matches(id))).toEqual(
        rows.map((row) => picked.includes(row)),
      );
    }),
  );
});

test("other parts of the filter stay, and an unpicked column leaves nothing behind", () => {
  const keep: Pick = { kind: "values", values: ["keep", "not sure"] };
  expect(withPick("len_x > 20 and triage in (discard) and name ~ B03", of("triage"), keep)).toBe(
    'len_x > 20 and name ~ B03 and triage in (keep, "not sure")',
  );
  expect(withPick("triage in (keep) and x >= 2", of("triage"), undefined)).toBe("x >= 2");
  expect(withPick("x > 1 or y > 1", of("triage"), keep)).toBe(
    '(x > 1 or y > 1) and triage in (keep, "not sure")',
  );
  expect(withPick("FOV_1", of("x"), { kind: "range", min: 1, max: undefined })).toBe(
    "name ~ FOV_1 and x >= 1",
  );
});

test("a column is told whatever the case it is typed in, as the filter tells it", () => {
  const range = { kind: "range", min: 200, max: undefined };
  expect(pickIn("Len_X >= 200", of("len_x", "len_y"))).toEqual(range);
  expect(withPick("LEN_X >= 200 and y > 3", of("len_x"), undefined)).toBe("y > 3");
  // Where two differ by case alone, the name is that of one of them, or of none.
  expect(pickIn("Len_X >= 200", of("len_x", "Len_X"))).toBeUndefined();
  expect(pickIn("LEN_X >= 200", of("len_x", "Len_X"))).toBeUndefined();
  expect(pickIn("len_x >= 200", of("len_x", "Len_X"))).toEqual(range);
});
