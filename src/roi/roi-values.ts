/** What a table's rows say of their ROIs: boxes, labels and names as typed columns. */
import { Fault } from "../base/fault.ts";
import { STEP, type Steps, stepwise } from "../base/steps.ts";
import { numbersOf, readNames, readNumbers, rowCount, rowNumbers } from "../table/columns.ts";
import type { Table } from "../table/table.ts";
import {
  CORNERS,
  LENGTHS,
  type Place,
  placeOfLabels,
  placeOfNames,
  samePlace,
} from "./roi-columns.ts";

/**
 * Row by row z, y, x of the lower corner, then of the upper.
 * @param depth z's length where no row says anything of z
 */
export function* readBounds(table: Table, depth: number): Steps<Float64Array<ArrayBuffer>> {
  const rows = rowCount(table);
  const bounds = new Float64Array(6 * rows);
  const sides: Side[] = [];
  for (const axis of [0, 1, 2] as const) {
    const open = axis === 0 && isOpenInZ(table);
    const corners = open ? new Float64Array(rows) : yield* numbersAt(table, CORNERS[axis]);
    const lengths = open
      ? new Float64Array(rows).fill(depth)
      : yield* numbersAt(table, LENGTHS[axis]);
    sides.push({ corners, lengths });
  }
  for (let from = 0; from < rows; from += STEP) {
    for (const [axis, side] of sides.entries())
      putSide(bounds, axis, side, [from, Math.min(rows, from + STEP)]);
    yield;
  }
  return bounds;
}

/** Along one axis, by row. */
interface Side {
  readonly corners: Float64Array;
  readonly lengths: Float64Array;
}

function putSide(
  bounds: Float64Array,
  axis: number,
  { corners, lengths }: Side,
  [from, until]: readonly [number, number],
): void {
  for (let row = from; row < until; row++) {
    const corner = corners[row] ?? Number.NaN;
    bounds[6 * row + axis] = corner;
    bounds[6 * row + 3 + axis] = corner + (lengths[row] ?? Number.NaN);
  }
}

/** Whether no row says where it is in z: there are no such columns, or nothing is in them. */
export function isOpenInZ(table: Table): boolean {
  return [CORNERS[0], LENGTHS[0]].every((name) => {
    const column = table.columns.get(name);
    return column === undefined || numbersOf(column).every(Number.isNaN);
  });
}

function* numbersAt(table: Table, name: string): Steps<Float64Array> {
  const column = table.columns.get(name);
  if (column) return yield* readNumbers(column);
  // A header that other programs separated otherwise is one name, which shows what went wrong.
  const index = table.index.name === undefined ? "" : ` but ${table.index.name.slice(0, 100)}`;
  const names = [...table.columns.keys()].join(", ") || `none${index}`;
  throw new Fault(
    "invalid",
    `The table ${table.path} has no column "${name}", which ROIs need; it has ${names}`,
    { where: `${table.path} ${name}` },
  );
}

/** Names as text; where they are labels, "1", "1.0" and 1 all are "1". */
export function* readRoiNames(table: Table): Steps<readonly string[]> {
  const place = placeOfNames(table);
  const texts = place.kind === "index" ? table.index.values : yield* readNames(place.column);
  const labels = placeOfLabels(table);
  if (labels === undefined || !samePlace(place, labels)) return texts;
  const numbers = yield* readLabels(table, labels);
  return yield* stepwise(texts.entries(), ([row, text]) =>
    Number.isNaN(numbers[row]) ? text : String(numbers[row]),
  );
}

/** Labels as whole numbers from 0; NaN for anything else. */
export function* readLabels(table: Table, place: Place): Steps<Float64Array<ArrayBuffer>> {
  const numbers = yield* readNumbers(
    place.kind === "column"
      ? place.column
      : { kind: "text", values: table.index.values, categorical: false },
  );
  return yield* rowNumbers(numbers.length, (row) => {
    const number = numbers[row] ?? Number.NaN;
    return Number.isInteger(number) && number >= 0 ? number : Number.NaN;
  });
}
