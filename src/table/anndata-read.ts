/** An AnnData group: rows named by `obs`, numbers in `X` named by `var`, all other columns in `obs`. */
import { Fault, isFault, sentence } from "../base/fault.ts";
import { type JsonObject, listAt, textAt } from "../base/json.ts";
import { inSlices } from "../base/steps.ts";
import type { ZarrArray, ZarrFormat } from "../zarr/array.ts";
import { readNode } from "../zarr/node.ts";
import { openArray } from "../zarr/open-array.ts";
import { readWhole, type WholeOptions } from "../zarr/read-whole.ts";
import { below, type Store } from "../zarr/store.ts";
import { type Element, readElement } from "./anndata-element.ts";
import { readNames, rowNumbers } from "./columns.ts";
import type { Column, NumberColumn, Table } from "./table.ts";

/** An AnnData group and how it is laid out. */
export interface AnnData {
  readonly table: Pick<Table, "index" | "columns">;
  readonly index: Element;
  /** By the column's name in the table: `obs/…` where X has one of the same name. */
  readonly obs: ReadonlyMap<string, Element>;
  readonly x: Matrix | undefined;
  /** What of the table could not be read, as sentences. */
  readonly unread: readonly string[];
  /** What other programs stumble over, as sentences. */
  readonly oddities: readonly string[];
}

/** Numbers of one type, a column for each name. */
interface Matrix {
  readonly array: ZarrArray;
  readonly names: readonly string[];
}

/**
 * Reads a group in the `anndata` 0.1.0 encoding (anndata docs, "On-disk format"), Zarr v2 or v3.
 * @throws Fault "invalid" where the parts do not fit, "unsupported" for a sparse X
 */
export async function readAnndata(
  store: Store,
  path: string,
  format: ZarrFormat,
  options: WholeOptions,
): Promise<AnnData> {
  const [obs, x] = await Promise.all([
    readObs(store, below(path, "obs"), format, options),
    readX(store, path, format, options),
  ]);
  const names = await inSlices(readNames(obs.index.column), options);
  const columns = new Map<string, Column>(x?.columns);
  const elements = new Map<string, Element>();
  for (const [name, element] of obs.columns) {
    const free = columns.has(name) ? `obs/${name}` : name;
    elements.set(free, element);
    columns.set(free, element.column);
  }
  for (const [name, column] of columns)
    if (column.values.length !== names.length)
      throw new Fault(
        "invalid",
        `The column "${name}" of ${path} has ${column.values.length} rows, its index ${names.length}`,
        { where: path },
      );
  const name = obs.indexName === "_index" ? undefined : obs.indexName;
  return {
    table: { index: { name, values: names }, columns },
    index: obs.index,
    obs: elements,
    x: x?.matrix,
    unread: obs.unread,
    oddities: [...obs.oddities, ...(x?.oddities ?? [])],
  };
}

/** What anndata 0.12 makes of groups that do not say what they are. */
const UNSAID = {
  anndata: "anndata and ngio read it all the same",
  dataframe: "anndata and ngio read it without its names",
} as const;

/** What is odd about what a group says it holds: a sentence, or none. */
export function odditiesOf(
  path: string,
  attributes: JsonObject | undefined,
  held: keyof typeof UNSAID,
): readonly string[] {
  const said = textAt(attributes, "encoding-type");
  if (said === held) return [];
  return said === undefined
    ? [`${path} does not say that it is stored as "${held}": ${UNSAID[held]}`]
    : [
        `${path} says that it is stored as "${said}", not "${held}": anndata and ngio may not read it`,
      ];
}

interface Obs {
  readonly indexName: string;
  readonly index: Element;
  readonly columns: readonly (readonly [string, Element])[];
  readonly unread: readonly string[];
  readonly oddities: readonly string[];
}

async function readObs(
  store: Store,
  path: string,
  format: ZarrFormat,
  options: WholeOptions,
): Promise<Obs> {
  const node = await readNode(store, path, { format, ...options });
  if (node === undefined)
    throw new Fault("invalid", `There is no ${path}, which names the rows of an AnnData table`, {
      where: path,
    });
  const indexName = textAt(node.attributes, "_index") ?? "_index";
  const order = listAt(node.attributes, "column-order").filter((name) => typeof name === "string");
  const unread: string[] = [];
  const read = async (name: string): Promise<readonly [string, Element][]> => {
    try {
      return [[name, await readElement(store, below(path, name), format, options)]];
    } catch (error) {
      if (!isFault(error, "unsupported")) throw error;
      unread.push(sentence(error));
      return [];
    }
  };
  const [index, columns] = await Promise.all([
    readElement(store, below(path, indexName), format, options),
    Promise.all(order.map(read)),
  ]);
  const oddities = odditiesOf(path, node.attributes, "dataframe");
  return { indexName, index, columns: columns.flat(), unread, oddities };
}

async function readX(
  store: Store,
  path: string,
  format: ZarrFormat,
  options: WholeOptions,
): Promise<
  | {
      readonly matrix: Matrix;
      readonly columns: ReadonlyMap<string, Column>;
      readonly oddities: readonly string[];
    }
  | undefined
> {
  const node = await readNode(store, below(path, "X"), { format, ...options });
  if (node === undefined) return undefined;
  const encoding = textAt(node.attributes, "encoding-type") ?? "array";
  if (encoding !== "array") {
    const where = below(path, "X");
    throw new Fault("unsupported", `${where} is stored as "${encoding}"; Fovea reads a dense one`, {
      where,
    });
  }
  const [array, { names, oddities }] = await Promise.all([
    openArray(store, below(path, "X"), format, options),
    namesOfColumns(store, below(path, "var"), format, options),
  ]);
  return { matrix: { array, names }, columns: await readMatrix(array, names, options), oddities };
}

async function namesOfColumns(
  store: Store,
  path: string,
  format: ZarrFormat,
  options: WholeOptions,
): Promise<{ readonly names: readonly string[]; readonly oddities: readonly string[] }> {
  const node = await readNode(store, path, { format, ...options });
  const index = textAt(node?.attributes, "_index") ?? "_index";
  const element = await readElement(store, below(path, index), format, options);
  const names = await inSlices(readNames(element.column), options);
  return { names, oddities: odditiesOf(path, node?.attributes, "dataframe") };
}

async function readMatrix(
  array: ZarrArray,
  names: readonly string[],
  options: WholeOptions,
): Promise<ReadonlyMap<string, Column>> {
  const { path, dtype } = array;
  const [rows = 0, width = 0] = array.shape;
  if (dtype === "string" || array.shape.length !== 2 || width !== names.length)
    throw new Fault(
      "invalid",
      `${path} should be numbers in ${names.length} columns, one for each name in var, and is ${dtype} of shape ${array.shape.join(" × ")}`,
      { where: path },
    );
  const { data } = await readWhole(array, options);
  const columns = new Map<string, NumberColumn>();
  for (const [c, name] of names.entries()) {
    const values = await inSlices(
      rowNumbers(rows, (row) => Number(data[row * width + c])),
      options,
    );
    columns.set(name, { kind: "number", values, dtype });
  }
  return columns;
}
