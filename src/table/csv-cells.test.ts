/** Cells read without making a text of each say what their text says. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { finished } from "../base/steps.ts";
import {
  type CsvCells,
  cellsOf,
  isWhole,
  numberOfCell,
  plainNumber,
  rawCell,
} from "./csv-cells.ts";

const cut = (text: string): CsvCells => finished(cellsOf(new TextEncoder().encode(text), "f"));

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
      const cells = cut(`a,b\n7,${raw}\n`);
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
    expect(plainNumber(cut(`a,b\n1,${raw}`), 3)).toBe(Number(raw));
  },
);

test("cells lie where they lie in texts of any length, after short lines and long", () => {
  const rows = Array.from({ length: 5000 }, (_, i) => [
    String(i),
    i % 1700 === 0 ? "x".repeat(3000) : "",
  ]);
  const cells = cut(`n,t\n${rows.map((row) => row.join()).join("\n")}\n`);
  expect(cells.rows).toBe(5000);
  for (const [i, row] of rows.entries())
    expect([rawCell(cells, 2 * i + 2), rawCell(cells, 2 * i + 3)]).toEqual(row);
});

test.each([
  ["an empty line behind the last cell", "a,b\n1,x\n\r\n\n2,y\n", ["1", "x", "2", "y"]],
  ["a last cell that is empty", "a,b\r\n1,\r\n\r\n2,", ["1", "", "2", ""]],
  ["carriage returns that end no line", "a,b\n1,x\r\r\n\r2,y\r", ["1", "x\r", "\r2", "y\r"]],
  ["text behind a closed quote", 'a,b\n"1""2"3"4,5\n', ['"1""2"3"4', "5"]],
  ["a line break within quotes, before empty lines", 'a,b\n1,"\n"\n\n', ["1", '"\n"']],
])("%s is no part of the next", (_, text, raws) => {
  const cells = cut(text);
  expect(Array.from(raws, (_raw, k) => rawCell(cells, cells.width + k))).toEqual(raws);
  expect(cells.rows).toBe(raws.length / 2);
});
