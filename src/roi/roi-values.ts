/** What a table's rows say of their ROIs: boxes, labels and names as typed columns. */
import { Fault } from "../base/fault.ts";
import { numbersOf, rowCount, textsOf } from "../table/columns.ts";
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
export function boundsOf(table: Table, depth: number): Float64Array<ArrayBuffer> {
  const rows = rowCount(table);
  const bounds = new Float64Array(6 * rows);
  for (const axis of [0, 1, 2] as const) {
    const open = axis === 0 && isOpenInZ(table);
    const corners = open ? new Float64Array(rows) : numbersAt(table, CORNERS[axis]);
    const lengths = open ? new Float64Array(rows).fill(depth) : numbersAt(table, LENGTHS[axis]);
    for (let row = 0; row < rows; row++) {
      const corner = corners[row] ?? Number.NaN;
      bounds[6 * row + axis] = corner;
      bounds[6 * row + 3 + axis] = corner + (lengths[row] ?? Number.NaN);
    }
  }
  return bounds;
}

/** Whether no row says where it is in z: there are no such columns, or nothing is in them. */
export function isOpenInZ(table: Table): boolean {
  return [CORNERS[0], LENGTHS[0]].every((name) => {
    const column = table.columns.get(name);
    return column === undefined || numbersOf(column).every(Number.isNaN);
  });
}

function numbersAt(table: Table, name: string): Float64Array {
  const column = table.columns.get(name);
  if (column) return numbersOf(column);
  const names = [...table.columns.keys()].join(", ");
  throw new Fault(
    "invalid",
    `The table ${table.path} has no column "${name}", which ROIs need; it has ${names}`,
    { where: `${table.path} ${name}` },
  );
}

/** Names as text; where they are labels, "1", "1.0" and 1 all are "1". */
export function namesOf(table: Table): readonly string[] {
  const place = placeOfNames(table);
  const texts =
    place.kind === "index" ? table.index.values : textsOf(place.column).map((text) => text ?? "");
  const labels = placeOfLabels(table);
  if (labels === undefined || !samePlace(place, labels)) return texts;
  const numbers = labelsOf(table, labels);
  return texts.map((text, row) => (Number.isNaN(numbers[row]) ? text : String(numbers[row])));
}

/** Labels as whole numbers from 0; NaN for anything else. */
export function labelsOf(table: Table, place: Place): Float64Array<ArrayBuffer> {
  const numbers =
    place.kind === "column"
      ? numbersOf(place.column)
      : numbersOf({ kind: "text", values: table.index.values, categorical: false });
  return numbers.map((n) => (Number.isInteger(n) && n >= 0 ? n : Number.NaN));
}
