/** Columns as values: how rows are taken from them, and whether two say the same. */
import { finished, STEP, type Steps, stepwise } from "../base/steps.ts";
import type { Column, Table } from "./table.ts";

/** The number of rows. */
export function rowCount(table: Table): number {
  return table.index.values.length;
}

/**
 * The table with other rows: row i is row `from[i]` of `table`, or an empty one where that is -1.
 * The name of an empty row is "".
 */
export function withRows(table: Table, from: Int32Array<ArrayBuffer>): Table {
  const names = Array.from(from, (row) => table.index.values[row] ?? "");
  const columns = new Map<string, Column>();
  for (const [name, column] of table.columns) columns.set(name, columnRows(column, from));
  const rows = table.origin && from.map((row) => originRow(table, row));
  return {
    ...table,
    index: { ...table.index, values: names },
    columns,
    ...(table.origin && rows ? { origin: { ...table.origin, rows } } : {}),
  };
}

/** The row of the stored files that a row stands for; -1 for a new one. */
export function originRow(table: Table, row: number): number {
  return table.origin?.rows === undefined ? row : (table.origin.rows[row] ?? -1);
}

function columnRows(column: Column, from: Int32Array): Column {
  switch (column.kind) {
    case "number": {
      const values = new Float64Array(from.length);
      for (let i = 0; i < values.length; i++)
        values[i] = column.values[from[i] ?? -1] ?? Number.NaN;
      return { ...column, values };
    }
    case "text":
      return { ...column, values: Array.from(from, (row) => column.values[row]) };
    case "bool":
      return { ...column, values: Array.from(from, (row) => column.values[row]) };
  }
}

/** The table with a column replaced where it stands, or put last. */
export function withColumn(table: Table, name: string, column: Column): Table {
  return { ...table, columns: new Map(table.columns).set(name, column) };
}

/** Whether two columns hold the same values; missing equals missing. */
export function sameValues(a: Column, b: Column): boolean {
  if (a === b) return true;
  return a.kind === b.kind && sameList(a.values, b.values);
}

/** Whether two lists hold the same values; NaN equals NaN. */
export function sameList(a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}

/** The column's values as numbers, NaN where a value is missing or does not read as one ("1.0" does). */
export function numbersOf(column: Column): Float64Array<ArrayBuffer> {
  return finished(readNumbers(column));
}

/** The same in steps. */
export function* readNumbers(column: Column): Steps<Float64Array<ArrayBuffer>> {
  if (column.kind === "number") return column.values;
  const numbers = new Float64Array(column.values.length).fill(Number.NaN);
  for (const [row, value] of column.values.entries()) {
    if (row % STEP === STEP - 1) yield;
    if (value !== undefined && value !== "") numbers[row] = Number(value);
  }
  return numbers;
}

/** A number for each row. */
export function* rowNumbers(
  rows: number,
  at: (row: number) => number,
): Steps<Float64Array<ArrayBuffer>> {
  const numbers = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    if (row % STEP === STEP - 1) yield;
    numbers[row] = at(row);
  }
  return numbers;
}

/** The column's values as names, "" where one is missing: those of a column of names themselves. */
export function* readNames(column: Column): Steps<readonly string[]> {
  if (column.kind === "text" && isWhole(column.values)) return column.values;
  const values: Iterable<string | number | boolean | undefined> = column.values;
  return yield* stepwise(values, (value) =>
    value === undefined || Number.isNaN(value) ? "" : String(value),
  );
}

function isWhole(values: readonly (string | undefined)[]): values is readonly string[] {
  return !values.includes(undefined);
}

/** The column's values as text; missing stays missing. */
export function textsOf(column: Column): (string | undefined)[] {
  const texts: (string | undefined)[] = [];
  for (const value of column.values)
    texts.push(value === undefined || Number.isNaN(value) ? undefined : String(value));
  return texts;
}
