import { expect, test } from "vitest";
import type { Plate } from "../../ome/multiscale.ts";
import type { PlatePlace } from "../../scene/plate-place.ts";
import type { WellPaint } from "../plate/well-paint.ts";
import { plateSheet } from "./plate-sheet.ts";

/** Two by two cells of 40 × 30 pixels with 10 between them, two world units each. */
const place: PlatePlace = { rows: 2, columns: 2, width: 40, height: 30, gap: 10, scale: 2 };
const plate = {
  rows: ["A", "B"],
  columns: ["1", "2"],
  wells: [
    { path: "A/1", row: "A", column: "1", rowIndex: 0, columnIndex: 0 },
    { path: "B/2", row: "B", column: "2", rowIndex: 1, columnIndex: 1 },
  ],
} as unknown as Plate;
const common = { place, plate, unit: 1, marks: new Map(), paint: undefined, names: true };

test("wells lie on the sheet where they are in view, as far as they are in it", () => {
  const { wells } = plateSheet({ ...common, rect: [-20, -10, 200, 150], unit: 2 });
  expect(wells.map(({ rect }) => rect)).toEqual([
    [10, 5, 50, 35],
    [60, 45, 100, 75],
  ]);
  const near = plateSheet({ ...common, rect: [90, 70, 190, 150] });
  expect(near.wells.map(({ rect }) => rect)).toEqual([[10, 10, 90, 70]]);
});

test("a well's mark and colour stay with it where others are out of view", () => {
  const red = { kind: "value", text: "5", color: "#f00" };
  const paint = { wells: [{ kind: "out" }, red] } as unknown as WellPaint;
  const marks = new Map([[1, { kind: "empty" } as const]]);
  const { wells } = plateSheet({ ...common, rect: [90, 70, 190, 150], marks, paint });
  expect(wells).toMatchObject([{ mark: "empty", paint: red }]);
});

test("a name reaches over what is seen of its row or column, below the columns' names", () => {
  const { names } = plateSheet({ ...common, rect: [20, 20, 130, 130] });
  expect(names).toEqual({
    columns: [
      { text: "1", from: 0, to: 60 },
      { text: "2", from: 80, to: 110 },
    ],
    rows: [
      { text: "A", from: 20, to: 40 },
      { text: "B", from: 60, to: 110 },
    ],
    size: 12,
  });
  const tight = plateSheet({ ...common, rect: [0, 0, 200, 160], unit: 5 }).names;
  expect(tight?.size).toBe(9);
  const beyond = plateSheet({ ...common, rect: [90, 62, 190, 150] }).names;
  expect(beyond).toMatchObject({ columns: [{ text: "2" }], rows: [{ text: "B" }] });
  expect(plateSheet({ ...common, rect: [0, 0, 9, 9], names: false }).names).toBeUndefined();
});
