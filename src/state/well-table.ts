/** A table about the wells of a plate, such as a condition table or measurements gathered over it: which rows are about which well. */
import type { WellRef } from "../ome/multiscale.ts";
import { parseExpression } from "../roi/expression.ts";
import { columnReader, type Reader } from "../roi/readers.ts";
import type { Table } from "../table/table.ts";

export interface WellTable {
  readonly readers: ReadonlyMap<string, Reader>;
  /** By the well's index; none where the table says nothing of it. */
  readonly rows: readonly (readonly number[])[];
  /** Columns that wells can be coloured by. */
  readonly numbers: readonly string[];
}

/** Columns that name a well: two of them, or one that holds "B03", "B/03" or the path of an image in it. */
const ROW_COLUMN = ["row", "column"] as const;
const ONE_NAME = ["well", "well_id", "well_name", "path_in_plate", "image_path"] as const;

/** Joins a table to wells; undefined where it has no columns that name them. */
export function joinWells(table: Table, wells: readonly WellRef[]): WellTable | undefined {
  const readers = new Map([...table.columns].map(([name, column]) => [name, columnReader(column)]));
  const textAt = (name: string, row: number): string => {
    const value = readers.get(name)?.at(row);
    return value === undefined || Number.isNaN(value) ? "" : String(value);
  };
  const one = ONE_NAME.find((name) => readers.has(name));
  const nameOf = ROW_COLUMN.every((name) => readers.has(name))
    ? (row: number) => wellName(textAt("row", row), textAt("column", row))
    : one && ((row: number) => wellNameIn(textAt(one, row)));
  if (!nameOf) return undefined;
  const byName = new Map(wells.map(({ row, column }, i) => [wellName(row, column), i]));
  const rows = wells.map((): number[] => []);
  for (const i of table.index.values.keys()) {
    const well = byName.get(nameOf(i));
    if (well !== undefined) rows[well]?.push(i);
  }
  const numbers = [...table.columns]
    .filter(([name, { kind }]) => kind === "number" && name !== "row" && name !== "column")
    .map(([name]) => name);
  return { readers, rows, numbers };
}

/** By the well's index the mean of a column over its rows; NaN where there is none. */
export function wellMeans({ readers, rows }: WellTable, column: string): Float64Array {
  const reader = readers.get(column);
  return Float64Array.from(rows, (ids) => {
    const values = ids
      .map((id) => (reader?.kind === "number" ? reader.at(id) : Number.NaN))
      .filter((value) => !Number.isNaN(value));
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  });
}

/** By the well's index whether one of its rows is meant by an expression; or the sentence that says what is wrong with it. */
export function wellsMeant(
  { readers, rows }: WellTable,
  text: string,
): readonly boolean[] | string {
  if (text.trim() === "") return rows.map(() => true);
  const parsed = parseExpression(text, readers);
  if (parsed.kind === "problem") return parsed.sentence;
  return rows.map((ids) => ids.some(parsed.matches));
}

/** "B", "03", "3" and 3.0 alike: letters as they are, numbers without zeros before them. */
function wellName(row: string, column: string): string {
  return `${plain(row)}/${plain(column)}`;
}

function plain(name: string): string {
  return /^\d+(\.0+)?$/.test(name) ? String(Number(name)) : name.toUpperCase();
}

function wellNameIn(text: string): string {
  const [, row = "", column = ""] = /(?:^|\/)([A-Za-z]+)[/_-]?(\d+)(?:\/|$)/.exec(text) ?? [];
  return wellName(row, column);
}
