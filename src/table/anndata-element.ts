/** One column or index as anndata stores it: which encodings there are, and how each is read. */
import { Fault } from "../base/fault.ts";
import { textAt } from "../base/json.ts";
import { inSlices, type Steps, stepwise } from "../base/steps.ts";
import type { NumberType, ZarrFormat } from "../zarr/array.ts";
import { readNode } from "../zarr/node.ts";
import { openArray } from "../zarr/open-array.ts";
import { readWhole, type WholeOptions } from "../zarr/read-whole.ts";
import type { Store } from "../zarr/store.ts";
import { numbersOf, rowNumbers } from "./columns.ts";
import type { Column } from "./table.ts";

/** `encoding-type` of an element of a data frame (anndata docs, "On-disk format"). */
export type Encoding =
  | "array"
  | "string-array"
  | "categorical"
  | "nullable-integer"
  | "nullable-boolean"
  | "nullable-string-array";

export interface Element {
  readonly path: string;
  readonly encoding: Encoding;
  readonly column: Column;
  /** Of a categorical: the value of each code. */
  readonly categories?: Column;
}

/** @throws Fault "missing" where nothing is, "unsupported" for any other encoding */
export async function readElement(
  store: Store,
  path: string,
  format: ZarrFormat,
  options: WholeOptions,
): Promise<Element> {
  const node = await readNode(store, path, { format, ...options });
  const encoding = textAt(node?.attributes, "encoding-type");
  const part = (name: string) => readPlain(store, `${path}/${name}`, format, options);
  switch (encoding) {
    case undefined:
    case "array":
    case "string-array": {
      const column = await readPlain(store, path, format, options);
      return { path, encoding: column.kind === "text" ? "string-array" : "array", column };
    }
    case "categorical": {
      const [categories, codes] = await Promise.all([
        readElement(store, `${path}/categories`, format, options),
        part("codes"),
      ]);
      const column = await inSlices(valuesOfCodes(categories.column, numbersOf(codes)), options);
      return { path, encoding, column, categories: categories.column };
    }
    case "nullable-integer":
    case "nullable-boolean":
    case "nullable-string-array": {
      const [values, mask] = await Promise.all([part("values"), part("mask")]);
      const column = await inSlices(masked(values, numbersOf(mask)), options);
      return { path, encoding, column };
    }
    default:
      throw new Fault(
        "unsupported",
        `${path} is stored as "${encoding}", which Fovea cannot read`,
        {
          where: path,
        },
      );
  }
}

/** One array as a column. */
async function readPlain(
  store: Store,
  path: string,
  format: ZarrFormat,
  options: WholeOptions,
): Promise<Column> {
  const array = await openArray(store, path, format, options);
  const { data } = await readWhole(array, options);
  if (Array.isArray(data)) return { kind: "text", values: data, categorical: false };
  const values = await inSlices(
    rowNumbers(data.length, (row) => Number(data[row])),
    options,
  );
  return numberColumn(values, array.dtype === "string" ? "float64" : array.dtype);
}

/** Numbers as a column of the kind their type asks for. */
function numberColumn(values: Float64Array<ArrayBuffer>, dtype: NumberType): Column {
  if (dtype === "bool") return { kind: "bool", values: Array.from(values, (value) => value !== 0) };
  return { kind: "number", values, dtype };
}

/** Code −1 is missing. */
function* valuesOfCodes(categories: Column, codes: Float64Array): Steps<Column> {
  switch (categories.kind) {
    case "number": {
      const valueAt = (row: number): number => categories.values[codes[row] ?? -1] ?? Number.NaN;
      return { ...categories, values: yield* rowNumbers(codes.length, valueAt) };
    }
    case "text": {
      const values = yield* stepwise(codes, (code) => categories.values[code]);
      return { ...categories, values, categorical: true };
    }
    case "bool":
      return { ...categories, values: yield* stepwise(codes, (code) => categories.values[code]) };
  }
}

/** Mask 1 is missing. */
function* masked(column: Column, mask: Float64Array): Steps<Column> {
  switch (column.kind) {
    case "number": {
      const { values } = column;
      const valueAt = (row: number): number =>
        mask[row] ? Number.NaN : (values[row] ?? Number.NaN);
      return { ...column, values: yield* rowNumbers(values.length, valueAt) };
    }
    case "text": {
      const { values } = column;
      return { ...column, values: yield* unmasked(values, mask) };
    }
    case "bool": {
      const { values } = column;
      return { ...column, values: yield* unmasked(values, mask) };
    }
  }
}

function* unmasked<V>(values: readonly V[], mask: Float64Array): Steps<(V | undefined)[]> {
  return yield* stepwise(values.keys(), (row) => (mask[row] ? undefined : values[row]));
}
