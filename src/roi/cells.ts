/** Changes single cells of a table, each in the kind its column has. */
import { rowCount, textsOf, withColumn } from "../table/columns.ts";
import type { Column, Table } from "../table/table.ts";
import type { Place } from "./roi-columns.ts";

/** New values by row. */
export type Cells<V> = ReadonlyMap<number, V>;

/** The table with numbers in a column; the column is made, empty, where there is none. NaN is missing. */
export function withNumbers(table: Table, name: string, cells: Cells<number>): Table {
  if (cells.size === 0) return table;
  const column = table.columns.get(name) ?? emptyNumbers(rowCount(table));
  return withColumn(table, name, numbersSet(column, cells));
}

/** The table with texts in its index or in a column that is there. */
export function withTexts(table: Table, place: Place, cells: Cells<string>): Table {
  if (cells.size === 0) return table;
  if (place.kind === "column") {
    const column = table.columns.get(place.name) ?? place.column;
    return withColumn(table, place.name, textsSet(column, cells));
  }
  const values = [...table.index.values];
  for (const [row, text] of cells) values[row] = text;
  return { ...table, index: { ...table.index, values } };
}

function emptyNumbers(rows: number): Column {
  return { kind: "number", values: new Float64Array(rows).fill(Number.NaN), dtype: "float64" };
}

function numbersSet(column: Column, cells: Cells<number>): Column {
  if (column.kind !== "number") return textsSet(column, cells);
  const values = column.values.slice();
  for (const [row, number] of cells) values[row] = number;
  return { ...column, values };
}

function textsSet(column: Column, cells: Cells<string | number>): Column {
  const values = textsOf(column);
  for (const [row, value] of cells) values[row] = Number.isNaN(value) ? undefined : String(value);
  return { kind: "text", values, categorical: column.kind === "text" && column.categorical };
}
