/** The keys of a grid stay inside it, and leave to ROIs what is theirs. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { gridMove } from "./grid-move.ts";

const size = { rows: 30, columns: 5 };
const plain = { ctrlKey: false, metaKey: false, altKey: false };

test.each([
  ["ArrowDown", false, { row: 11, column: 2 }],
  ["ArrowUp", false, { row: 9, column: 2 }],
  ["PageDown", false, { row: 22, column: 2 }],
  ["PageUp", false, { row: 0, column: 2 }],
  ["ArrowRight", false, { row: 10, column: 3 }],
  ["ArrowLeft", false, { row: 10, column: 1 }],
  ["Home", false, { row: 10, column: 0 }],
  ["End", false, { row: 10, column: 4 }],
  ["Home", true, { row: 0, column: 0 }],
  ["End", true, { row: 29, column: 4 }],
  ["ArrowDown", true, undefined],
  ["k", false, undefined],
])("%s, with Ctrl %s", (key, ctrlKey, cell) => {
  expect(gridMove({ ...plain, key, ctrlKey }, { row: 10, column: 2 }, size)).toEqual(cell);
});

test("no key leads out of the grid, whatever cell was left behind when rows went away", () => {
  const keys = fc.constantFrom("ArrowDown", "ArrowUp", "PageDown", "ArrowLeft", "End", "Home");
  fc.assert(
    fc.property(
      keys,
      fc.integer({ min: -1, max: 99 }),
      fc.nat({ max: 9 }),
      fc.nat({ max: 40 }),
      fc.integer({ min: 1, max: 7 }),
      (key, row, column, rows, columns) => {
        const cell = gridMove({ ...plain, key }, { row, column }, { rows, columns });
        if (rows === 0) expect(cell).toBe(undefined);
        else expect(cell?.row).toBeLessThan(rows);
        if (cell)
          expect(Math.min(cell.row, cell.column, columns - 1 - cell.column)).toBeGreaterThanOrEqual(
            0,
          );
      },
    ),
  );
});
