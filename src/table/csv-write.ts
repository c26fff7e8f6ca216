/** A table as a CSV file: cells that still say what they said are copied letter by letter, the rest are written anew. */
import { textAt } from "../base/json.ts";
import type { Steps } from "../base/steps.ts";
import { originRow, rowCount } from "./columns.ts";
import {
  boolOfCell,
  type CsvCells,
  cellsOf,
  isQuoted,
  numberOfCell,
  ROWS_A_STEP,
  rawCell,
  textOfCell,
} from "./csv-cells.ts";
import { CSV_FILE, cellAt, headerOf, indexColumn } from "./csv-read.ts";
import type { Column, Table, TableFiles } from "./table.ts";

/** What stands in one column of the new file, cell by cell. */
interface Writer {
  readonly header: string;
  /** The cell of a row; `raw` is what the old file holds for that row, if it holds it. */
  readonly cell: (row: number, raw: string | undefined) => string;
  /** The column's place in the old file; -1 for a new one. */
  readonly from: number;
}

/**
 * The table's files with `table.csv` as the table is now. Without an old file text is quoted and numbers are not, as
 * ngio ≥ 0.5 writes; an index that `index_type` calls int is not quoted.
 */
export function* encodeCsv(table: Table): Steps<TableFiles> {
  const files: TableFiles = table.origin?.files ?? new Map();
  const old = files.get(CSV_FILE);
  const text = old
    ? yield* rewritten(table, yield* cellsOf(old, `${table.path}/${CSV_FILE}`))
    : yield* written(table);
  return text === undefined ? files : new Map(files).set(CSV_FILE, new TextEncoder().encode(text));
}

function* written(table: Table): Steps<string> {
  const writers = [...table.columns].map(([name, column]) => newWriter(name, column));
  if (table.index.name !== undefined) writers.unshift(newIndexWriter(table, table.index.name));
  const lines = [writers.map((writer) => writer.header).join(",")];
  for (let row = 0; row < rowCount(table); row++) {
    if (row % ROWS_A_STEP === ROWS_A_STEP - 1) yield;
    lines.push(writers.map((writer) => writer.cell(row, undefined)).join(","));
  }
  return `${lines.join("\n")}\n`;
}

/** The new text; undefined where it says in every cell what the old one says. */
function* rewritten(table: Table, cells: CsvCells): Steps<string | undefined> {
  const writers = writersOver(table, cells);
  let changed = writers.length !== cells.width || rowCount(table) !== cells.rows;
  const mark = cells.text.slice(0, cells.starts[0]);
  const lines = [mark + writers.map((writer) => writer.header).join(",")];
  for (let row = 0; row < rowCount(table); row++) {
    if (row % ROWS_A_STEP === ROWS_A_STEP - 1) yield;
    const oldRow = originRow(table, row);
    changed ||= oldRow !== row;
    const line: string[] = [];
    for (const writer of writers) {
      const raw = oldRow < 0 || writer.from < 0 ? undefined : cellAt(cells, oldRow, writer.from);
      const cell = writer.cell(row, raw);
      changed ||= cell !== raw;
      line.push(cell);
    }
    lines.push(line.join(","));
  }
  if (!changed) return undefined;
  return lines.join(cells.newline) + (cells.trailing ? cells.newline : "");
}

/** The columns of the old file in their order, then those that are new. */
function writersOver(table: Table, cells: CsvCells): Writer[] {
  const header = headerOf(cells);
  const index = indexColumn(header, textAt(table.attributes, "index_key"));
  const writers: Writer[] = [];
  for (const [from, name] of header.entries()) {
    const manner = mannerOf(cells, from);
    const column = table.columns.get(name);
    if (from === index)
      writers.push({ header: rawCell(cells, from), cell: indexCell(table, manner), from });
    else if (column)
      writers.push({ header: rawCell(cells, from), cell: columnCell(column, manner), from });
  }
  for (const [name, column] of table.columns)
    if (!header.includes(name)) writers.push(newWriter(name, column));
  if (index < 0 && hasNames(table)) writers.unshift(newIndexWriter(table, "FieldIndex"));
  return writers;
}

/** Whether a table whose file names no rows names them other than by their number there. */
function hasNames(table: Table): boolean {
  return table.index.values.some((name, row) => name !== String(originRow(table, row)));
}

function newWriter(name: string, column: Column): Writer {
  return { header: quoted(name), cell: columnCell(column, NEW), from: -1 };
}

function newIndexWriter(table: Table, name: string): Writer {
  const quotes = textAt(table.attributes, "index_type") !== "int";
  return { header: quoted(name), cell: indexCell(table, { ...NEW, quotes }), from: -1 };
}

/** How a column's author writes. */
interface Manner {
  readonly quotes: boolean;
  /** True and False, as pandas does. */
  readonly capitals: boolean;
}

const NEW: Manner = { quotes: true, capitals: false };

/** The manner of the first cell that is not empty, else of the header. */
function mannerOf(cells: CsvCells, column: number): Manner {
  let sample = "";
  for (let row = 0; row < cells.rows && sample === ""; row++) sample = cellAt(cells, row, column);
  if (sample === "") sample = rawCell(cells, column);
  return { quotes: isQuoted(sample), capitals: /^[TF]/.test(sample) };
}

function indexCell(table: Table, manner: Manner): Writer["cell"] {
  return (row, raw) => {
    const name = table.index.values[row] ?? "";
    if (raw !== undefined && (textOfCell(raw) ?? "") === name) return raw;
    return manner.quotes ? quoted(name) : bare(name);
  };
}

function columnCell(column: Column, manner: Manner): Writer["cell"] {
  switch (column.kind) {
    case "number":
      return (row, raw) => {
        const value = column.values[row] ?? Number.NaN;
        if (raw !== undefined && Object.is(numberOfCell(raw), value)) return raw;
        return numberText(value);
      };
    case "text":
      return (row, raw) => {
        const value = column.values[row];
        if (raw !== undefined && textOfCell(raw) === value) return raw;
        if (value === undefined) return "";
        return manner.quotes ? quoted(value) : bare(value);
      };
    case "bool":
      return (row, raw) => {
        const value = column.values[row];
        if (raw !== undefined && boolOfCell(raw) === value) return raw;
        if (value === undefined) return "";
        return manner.capitals ? (value ? "True" : "False") : String(value);
      };
  }
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return "";
  if (Object.is(value, -0)) return "-0";
  return Number.isFinite(value) ? String(value) : value < 0 ? "-inf" : "inf";
}

/** A text in quotes only where it would not mean itself without. */
function bare(value: string): string {
  return value === "" || /[",\r\n]/.test(value) ? quoted(value) : value;
}

function quoted(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}
