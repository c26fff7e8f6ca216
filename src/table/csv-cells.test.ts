/** Cells read without making a text of each say what their text says. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { finished } from "../base/steps.ts";
import { cellsOf, isWhole, numberOfCell, plainNumber, rawCell } from "./csv-cells.ts";

const letters = fc.string({ unit: fc.constantFrom(..."0123456789.-+eE nN"), maxLength: 18 });
const value = fc.oneof(
  fc.double({ noNaN: true }).map(String),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((n) => n.toFixed(4)),
  fc.integer().map(String),
  letters,
  fc.constantFrom("", "0", "-0", "00", "01", ".", "-", ".5", "1.", "-.5", "1.2.3", "0.1", "1e5"),
);

test("a plain number is the one its text is; where a cell is not plain, nothing is said of it", () => {
  fc.assert(
    fc.property(value, (raw) => {
      const cells = finished(cellsOf(`a,b\n7,${raw}\n`, "f"));
      const plain = plainNumber(cells, 3);
      if (plain === undefined) return;
      expect(plain).toBe(numberOfCell(raw));
      expect(isWhole(cells, 3)).toBe(/^[+-]?\d+$/.test(raw));
    }),
    { numRuns: 2000 },
  );
});

test.each(["0", "-0", "12", "-3.25", "1234567.12345678", "0.00000000000001"])(
  "%s is plain",
  (raw) => {
    expect(plainNumber(finished(cellsOf(`a,b\n1,${raw}`, "f")), 3)).toBe(Number(raw));
  },
);

test("cells lie where they lie in texts of any length, after short lines and long", () => {
  const rows = Array.from({ length: 5000 }, (_, i) => [
    String(i),
    i % 1700 === 0 ? "x".repeat(3000) : "",
  ]);
  const cells = finished(cellsOf(`n,t\n${rows.map((row) => row.join()).join("\n")}\n`, "f"));
  expect(cells.rows).toBe(5000);
  for (const [i, row] of rows.entries())
    expect([rawCell(cells, 2 * i + 2), rawCell(cells, 2 * i + 3)]).toEqual(row);
});
