/**
 * What the Fovea side of the exchange shares: checks that print one line each, and `expected.json`, which says what was
 * written (see exchange.py). Pixels lie beside it as plain little-endian files.
 */
import { deepStrictEqual } from "node:assert";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sentence } from "../../src/base/fault.ts";
import type { Column, Table } from "../../src/table/table.ts";
import type { Pixels, ZarrFormat } from "../../src/zarr/array.ts";

/** A cell as JSON has it; null is missing. */
export type Cell = number | string | boolean | null;

export interface ExpectedTable {
  readonly name: string;
  readonly type: string;
  readonly backend: string;
  /** The type of anndata's X, where there is one. */
  readonly x?: string;
  readonly index: { readonly name: string | null; readonly values: readonly string[] };
  readonly columns: Readonly<Record<string, readonly Cell[]>>;
  /** By level, per row: the voxels z, y, x that the ROI covers. */
  readonly voxels?: Readonly<Record<string, readonly (readonly [number[], number[]])[]>>;
}

export interface PixelFile {
  readonly file: string;
  readonly dtype: string;
  readonly shape: readonly number[];
}

export interface ExpectedLevel {
  readonly name: string;
  readonly shape: readonly number[];
  readonly chunks?: readonly number[];
  readonly scale: readonly number[];
  readonly dtype: string;
  readonly data?: PixelFile;
}

export interface ExpectedLabel {
  readonly name: string;
  readonly axes: readonly string[];
  readonly zarrFormat: ZarrFormat;
  readonly levels: readonly ExpectedLevel[];
  /** Where ids are to be 1 … count, each in use. */
  readonly count?: number;
}

export interface ExpectedImage extends Omit<ExpectedLabel, "name" | "count"> {
  readonly path: string;
  readonly version: string;
  readonly channels: readonly string[];
  readonly labels: readonly ExpectedLabel[];
  readonly tables: readonly ExpectedTable[];
}

export interface ExpectedPlate {
  readonly path: string;
  readonly wells: readonly { readonly path: string; readonly images: readonly string[] }[];
  readonly tables: readonly ExpectedTable[];
}

export interface Expected {
  readonly plates: readonly ExpectedPlate[];
  readonly images: readonly ExpectedImage[];
}

/** Prints "ok" and what was checked, or "FAIL" and why, and goes on. */
export async function check(what: string, body: () => void | Promise<void>): Promise<void> {
  try {
    await body();
    console.log(`ok ${what}`);
  } catch (error) {
    console.log(`FAIL ${what}: ${sentence(error).replace(/\s+/g, " ")}`);
  }
}

/** @throws where two plain values differ */
export function same(actual: unknown, expected: unknown, what: string): void {
  try {
    deepStrictEqual(actual, expected);
  } catch (cause) {
    const [found, wanted] = [actual, expected].map((value) => JSON.stringify(value)?.slice(0, 200));
    throw new Error(`${what} is ${found} and not ${wanted}`, { cause });
  }
}

export function loadExpected(folder: string): Expected {
  return JSON.parse(readFileSync(join(folder, "expected.json"), "utf8"));
}

export function saveExpected(folder: string, expected: Expected): void {
  writeFileSync(join(folder, "expected.json"), JSON.stringify(expected));
}

/** Writes pixels beside the stores; returns how expected.json names them. */
export function savePixels(
  folder: string,
  file: string,
  data: Pixels,
  level: Pick<ExpectedLevel, "dtype" | "shape">,
): PixelFile {
  mkdirSync(join(folder, "pixels"), { recursive: true });
  writeFileSync(join(folder, "pixels", file), data);
  return { file, dtype: level.dtype, shape: level.shape };
}

/** The bytes of pixels that the other side wrote. */
export function loadPixels(folder: string, { file }: PixelFile): Uint8Array {
  return readFileSync(join(folder, "pixels", file));
}

export function bytesOf(data: Pixels): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** A table as expected.json has it. */
export function tableCells(table: Table): Pick<ExpectedTable, "index" | "columns"> {
  const columns = [...table.columns].map(([name, column]) => [name, cellsOf(column)]);
  const { name = null, values } = table.index;
  return { index: { name, values }, columns: Object.fromEntries(columns) };
}

function cellsOf(column: Column): Cell[] {
  if (column.kind === "number")
    return Array.from(column.values, (value) => (Number.isNaN(value) ? null : value));
  return column.values.map((value) => value ?? null);
}
