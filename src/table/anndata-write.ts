/** A table as an AnnData group: a new one, or the files it was read from with only what changed put anew. */
import { Fault } from "../base/fault.ts";
import { isJsonObject, type JsonObject, listAt, objectAt } from "../base/json.ts";
import type { Pause } from "../base/steps.ts";
import type { NumberType, ZarrFormat } from "../zarr/array.ts";
import { groupFiles } from "../zarr/hierarchy.ts";
import { jsonBytes } from "../zarr/json-file.ts";
import { parseKeeping } from "../zarr/json-text.ts";
import type { Store } from "../zarr/store.ts";
import type { Element } from "./anndata-element.ts";
import { partsOf } from "./anndata-parts.ts";
import { readAnndata } from "./anndata-read.ts";
import { type ArrayPart, deleteFolder, type Files, memory, putArray } from "./array-files.ts";
import { rowCount, sameValues } from "./columns.ts";
import { fittingType, pixelsOf } from "./number-types.ts";
import type { Column, NumberColumn, Table, TableFiles } from "./table.ts";

/** The groups anndata expects beside X, obs and var (anndata docs, "On-disk format"). */
const EMPTY_GROUPS = ["layers", "obsm", "obsp", "uns", "varm", "varp"];

/** Where a column goes; with `old` and `stored` it is one that was read. */
interface Target {
  readonly files: Files;
  readonly format: ZarrFormat;
  readonly path: string;
  readonly old?: Element;
  readonly stored?: Store;
}

/** A new group, without its own attributes: floats in X, all else in obs, as ngio has it. */
export async function newAnndata(table: Table, pause: Pause): Promise<TableFiles> {
  const files: Files = new Map();
  const { zarrFormat: format } = table;
  const numbers: [string, NumberColumn][] = [];
  const others: string[] = [];
  for (const [name, column] of table.columns)
    if (column.kind === "number" && column.dtype.startsWith("float")) numbers.push([name, column]);
    else others.push(name);
  const matrix = numbers.map(([, column]) => column);
  await pause();
  await putArray(files, format, matrixOf(rowCount(table), matrix, "float64"), undefined);
  const index = table.index.name ?? "_index";
  await putColumn({ files, format, path: `obs/${index}` }, textColumn(table.index.values));
  for (const name of others) {
    await pause();
    await putColumn({ files, format, path: `obs/${name}` }, columnOf(table, name));
  }
  const names = numbers.map(([name]) => name);
  await putColumn({ files, format, path: "var/_index" }, textColumn(names));
  putGroup(files, format, "obs", frame(index, others));
  putGroup(files, format, "var", frame("_index", []));
  for (const [name, group] of emptyGroups(format))
    for (const [file, bytes] of group) files.set(`${name}/${file}`, bytes);
  return files;
}

/** The metadata files, by name, of each group that anndata expects although it is empty. */
export function emptyGroups(format: ZarrFormat): readonly (readonly [string, TableFiles])[] {
  const dict = { "encoding-type": "dict", "encoding-version": "0.1.0" };
  return EMPTY_GROUPS.map((name) => [name, groupFiles(format, dict)]);
}

/**
 * The files a table was read from, as they must be for the table as it is now: what did not change keeps its bytes.
 * @throws Fault "unsupported" where a column was taken away or numbers of X became text
 */
export async function editedAnndata(
  table: Table,
  read: TableFiles,
  pause: Pause,
): Promise<TableFiles> {
  const { zarrFormat: format } = table;
  const stored = memory(read);
  const old = await readAnndata(stored, "", format, {});
  const files: Files = new Map(read);
  await putColumn(
    { files, format, path: old.index.path, old: old.index, stored },
    indexColumn(table, old.index.column),
  );
  for (const [name, element] of old.obs) {
    await pause();
    const target = { files, format, path: element.path, old: element, stored };
    await putColumn(target, columnOf(table, name));
  }
  await pause();
  if (old.x) {
    const matrix = old.x.names.map((name) => numbersIn(table, name));
    const part = matrixOf(rowCount(table), matrix, old.x.array.dtype);
    await putArray(files, format, part, stored);
  }
  const added = [...table.columns.keys()].filter((name) => !old.table.columns.has(name));
  for (const name of added)
    await putColumn({ files, format, path: `obs/${name}` }, columnOf(table, name));
  if (added.length > 0) addToOrder(files, format, added);
  return withoutStaleCopies(files, read, format);
}

async function putColumn(target: Target, column: Column): Promise<void> {
  const { files, format, path, old, stored } = target;
  if (old && sameValues(old.column, column)) return;
  const parts = partsOf(path, column, old);
  if (parts.encoding !== old?.encoding) {
    deleteFolder(files, path);
    if (parts.group) putGroup(files, format, path, parts.group);
  }
  for (const part of parts.arrays) await putArray(files, format, part, stored);
}

function columnOf(table: Table, name: string): Column {
  const column = table.columns.get(name);
  if (column) return column;
  throw new Fault("unsupported", `The column "${name}" cannot be taken out of ${table.path}`, {
    where: table.path,
  });
}

function numbersIn(table: Table, name: string): NumberColumn {
  const column = columnOf(table, name);
  if (column.kind === "number") return column;
  throw new Fault("unsupported", `The column "${name}" of ${table.path} can only hold numbers`, {
    where: table.path,
  });
}

function textColumn(values: readonly string[]): Column {
  return { kind: "text", values, categorical: false };
}

/** The index as the kind of column it was, if it still reads as one. */
function indexColumn({ index }: Table, old: Column): Column {
  if (old.kind !== "number") return textColumn(index.values);
  const values = Float64Array.from(index.values, Number);
  return values.some(Number.isNaN) ? textColumn(index.values) : { ...old, values };
}

function matrixOf(
  rows: number,
  columns: readonly NumberColumn[],
  dtype: NumberType | "string",
): ArrayPart {
  const width = columns.length;
  const values = new Float64Array(rows * width);
  for (const [c, column] of columns.entries())
    for (let row = 0; row < rows; row++) values[row * width + c] = column.values[row] ?? Number.NaN;
  const type = width === 0 && dtype !== "string" ? dtype : fittingType(columns);
  return {
    path: "X",
    dtype: type,
    shape: [rows, width],
    data: pixelsOf(values, type),
    attributes: { "encoding-type": "array", "encoding-version": "0.2.0" },
  };
}

function frame(index: string, order: readonly string[]): JsonObject {
  return {
    _index: index,
    "column-order": order,
    "encoding-type": "dataframe",
    "encoding-version": "0.2.0",
  };
}

function putGroup(files: Files, format: ZarrFormat, path: string, attributes: JsonObject): void {
  for (const [name, bytes] of groupFiles(format, attributes)) files.set(`${path}/${name}`, bytes);
}

/** Names new columns in the data frame's order. */
function addToOrder(files: Files, format: ZarrFormat, added: readonly string[]): void {
  const key = format === 3 ? "obs/zarr.json" : "obs/.zattrs";
  const document = documentAt(files, key);
  const attributes = (format === 3 ? objectAt(document, "attributes") : document) ?? {};
  const order = [...listAt(attributes, "column-order"), ...added];
  const longer = { ...attributes, "column-order": order };
  files.set(key, jsonBytes(format === 3 ? { ...document, attributes: longer } : longer));
}

const METADATA = /(?:^|\/)(?:\.zarray|\.zattrs|\.zgroup|zarr\.json)$/;

/** Without the copies of metadata at the group's root, if any of what they copy changed. */
function withoutStaleCopies(files: Files, read: TableFiles, format: ZarrFormat): Files {
  const keys = new Set([...files.keys(), ...read.keys()]);
  const changed = [...keys].some((key) => METADATA.test(key) && files.get(key) !== read.get(key));
  if (!changed) return files;
  files.delete(".zmetadata");
  const { consolidated_metadata: copies, ...document } = documentAt(files, "zarr.json");
  if (format === 3 && copies !== undefined) files.set("zarr.json", jsonBytes(document));
  return files;
}

function documentAt(files: TableFiles, key: string): JsonObject {
  const bytes = files.get(key);
  const document = bytes && parseKeeping(new TextDecoder().decode(bytes));
  return isJsonObject(document) ? document : {};
}
