/** Changes single cells of a table, each in the kind its column has. */
import { rowCount, textsOf, withColumn } from "../table/columns.ts";
import type { Column, Table } from "../table/table.ts";
import type { Place } from "./roi-columns.ts";
import type { Cell, Roi } from "./rois.ts";

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

/**
 * The table with values of any kind in a column; the column is made where there is none, of numbers or truth values
 * where all values are such, else of texts stored once per distinct one. A value that its column cannot hold makes it a
 * column of texts.
 */
export function withCells(table: Table, name: string, cells: Cells<Cell>): Table {
  if (cells.size === 0) return table;
  const column = table.columns.get(name) ?? emptyColumn(rowCount(table), [...cells.values()]);
  return withColumn(table, name, cellsSet(column, cells));
}

/** The table with an empty column for each that these ROIs, which it has no row for yet, have values in. */
export function withColumnsOf(table: Table, rois: readonly Pick<Roi, "cells">[]): Table {
  const values = new Map<string, Cell[]>();
  for (const { cells } of rois)
    for (const [name, value] of cells ?? []) {
      const all = values.get(name);
      if (all) all.push(value);
      else values.set(name, [value]);
    }
  let made = table;
  for (const [name, all] of values)
    if (!table.columns.has(name)) made = withColumn(made, name, emptyColumn(rowCount(table), all));
  return made;
}

function emptyColumn(rows: number, values: readonly Cell[]): Column {
  const known = values.filter((value) => value !== undefined);
  if (known.length > 0 && known.every((value) => typeof value === "number"))
    return emptyNumbers(rows);
  const kind = known.length > 0 && known.every((value) => typeof value === "boolean");
  const empty = new Array<undefined>(rows).fill(undefined);
  return kind
    ? { kind: "bool", values: empty }
    : { kind: "text", values: empty, categorical: true };
}

function cellsSet(column: Column, cells: Cells<Cell>): Column {
  const all = [...cells.values()];
  if (column.kind === "number" && all.every((value) => typeof (value ?? 0) === "number"))
    return numbersSet(
      column,
      new Map([...cells].map(([row, v]) => [row, Number(v ?? Number.NaN)])),
    );
  if (column.kind === "bool" && all.every((value) => typeof (value ?? false) === "boolean")) {
    const values = [...column.values];
    for (const [row, value] of cells)
      values[row] = value === undefined ? undefined : value === true;
    return { ...column, values };
  }
  return textsSet(column, new Map([...cells].map(([row, value]) => [row, value ?? Number.NaN])));
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

function textsSet(column: Column, cells: Cells<string | number | boolean>): Column {
  const values = textsOf(column);
  for (const [row, value] of cells) values[row] = Number.isNaN(value) ? undefined : String(value);
  return { kind: "text", values, categorical: column.kind === "text" && column.categorical };
}
