/** A CSV file as index and typed columns, as ngio writes it (`table.csv`, docs/table_specs/backend.md). */
import { Fault } from "../base/fault.ts";
import type { Steps } from "../base/steps.ts";
import {
  boolOfCell,
  type CsvCells,
  cellsOf,
  isWhole,
  numberOfCell,
  plainNumber,
  ROWS_A_STEP,
  rawCell,
  textAt,
} from "./csv-cells.ts";
import type { Column, Table } from "./table.ts";

/** The one data file of a CSV table. */
export const CSV_FILE = "table.csv";

/** The names in the header. */
export function headerOf(cells: CsvCells): string[] {
  return Array.from({ length: cells.width }, (_, c) => textAt(cells, c) ?? "");
}

/**
 * Which column holds the row names: the one that `index_key` names, else the first where `index_key` names none that
 * is there, or where the first is unnamed or named as an index is; -1 where no column does.
 */
export function indexColumn(header: readonly string[], indexKey: string | undefined): number {
  const first = header[0] ?? "";
  if (indexKey !== undefined) return Math.max(0, header.indexOf(indexKey));
  return ["", "FieldIndex", "label"].includes(first) ? 0 : -1;
}

/**
 * Columns are typed by what all their cells say without quotes: whole numbers, numbers, true and false, else text.
 * An empty cell is missing. The index is always text; without an index column rows are named by their number.
 *
 * @throws Fault "invalid" where the header names a column twice.
 */
export function* readCsv(
  bytes: Uint8Array,
  indexKey: string | undefined,
  where: string,
): Steps<Pick<Table, "index" | "columns">> {
  const cells = yield* cellsOf(bytes, where);
  const header = headerOf(cells);
  const index = indexColumn(header, indexKey);
  const columns = new Map<string, Column>();
  const numbers = yield* numberColumns(cells, index);
  for (const [c, name] of header.entries()) {
    if (c === index) continue;
    if (columns.has(name))
      throw new Fault("invalid", `${where} names the column "${name}" twice`, { where });
    const column = numbers.get(c) ?? (yield* boolColumn(cells, c)) ?? (yield* textColumn(cells, c));
    columns.set(name, column);
  }
  const values = yield* namesIn(cells, index);
  return { index: { name: header[index] || undefined, values }, columns };
}

function* namesIn(cells: CsvCells, index: number): Steps<readonly string[]> {
  const names: string[] = [];
  for (let row = 0; row < cells.rows; row++) {
    if (endsStep(row)) yield;
    names.push(index < 0 ? String(row) : (textAt(cells, cellOf(cells, row, index)) ?? ""));
  }
  return names;
}

function endsStep(row: number): boolean {
  return row % ROWS_A_STEP === ROWS_A_STEP - 1;
}

/** The raw cell of a row below the header. */
export function cellAt(cells: CsvCells, row: number, column: number): string {
  return rawCell(cells, cellOf(cells, row, column));
}

function cellOf(cells: CsvCells, row: number, column: number): number {
  return (row + 1) * cells.width + column;
}

const WHOLE = /^[+-]?\d+$/;

/** A column as long as all cells read so far are numbers. */
interface Numbers {
  readonly values: Float64Array<ArrayBuffer>;
  /** Whether there is a number by now, and all of them are whole. */
  any: boolean;
  whole: boolean;
}

/** By column, all but the index; some rows of each at a time, which lie near each other in the text. */
function* numberColumns(cells: CsvCells, index: number): Steps<ReadonlyMap<number, Column>> {
  const found = new Map<number, Numbers>();
  for (let c = 0; c < cells.width; c++)
    if (c !== index)
      found.set(c, { values: new Float64Array(cells.rows), any: false, whole: true });
  for (let from = 0; from < cells.rows; from += ROWS_A_STEP) {
    const until = Math.min(cells.rows, from + ROWS_A_STEP);
    for (const [c, numbers] of found)
      if (!readNumbers(cells, c, from, until, numbers)) found.delete(c);
    yield;
  }
  const columns = new Map<number, Column>();
  for (const [c, { values, any, whole }] of found)
    columns.set(c, { kind: "number", values, dtype: any && whole ? "int64" : "float64" });
  return columns;
}

/** @returns false where a cell is no number */
function readNumbers(
  cells: CsvCells,
  column: number,
  from: number,
  until: number,
  numbers: Numbers,
): boolean {
  for (let row = from; row < until; row++) {
    const cell = cellOf(cells, row, column);
    const plain = plainNumber(cells, cell);
    if (plain !== undefined) {
      numbers.any = true;
      numbers.whole = numbers.whole && isWhole(cells, cell);
      numbers.values[row] = plain;
      continue;
    }
    const raw = rawCell(cells, cell);
    const number = numberOfCell(raw);
    if (number === undefined) return false;
    if (raw !== "") {
      numbers.any = true;
      numbers.whole = numbers.whole && WHOLE.test(raw);
    }
    numbers.values[row] = number;
  }
  return true;
}

function* boolColumn(cells: CsvCells, column: number): Steps<Column | undefined> {
  const values: (boolean | undefined)[] = [];
  for (let row = 0; row < cells.rows; row++) {
    if (endsStep(row)) yield;
    const raw = cellAt(cells, row, column);
    const value = boolOfCell(raw);
    if (value === undefined && raw !== "") return undefined;
    values.push(value);
  }
  return { kind: "bool", values };
}

function* textColumn(cells: CsvCells, column: number): Steps<Column> {
  const values: (string | undefined)[] = [];
  for (let row = 0; row < cells.rows; row++) {
    if (endsStep(row)) yield;
    values.push(textAt(cells, cellOf(cells, row, column)));
  }
  return { kind: "text", values, categorical: false };
}
