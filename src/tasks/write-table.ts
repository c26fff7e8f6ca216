/** The table that a run makes: of the rows of its units, and how it is written. */
import type { JsonObject } from "../base/json.ts";
import type { Image } from "../ome/multiscale.ts";
import { encodeTable } from "../table/encode-table.ts";
import { newFeatureTable } from "../table/feature-table.ts";
import type { Column, Table } from "../table/table.ts";
import { keyOf, type Options, writable } from "../zarr/store.ts";
import type { MadeTable } from "./makes.ts";
import { OWN } from "./output.ts";
import type { Rows } from "./unit-result.ts";

/** Writes the table's files over what was there; it is listed later. */
export async function writeTable(
  image: Image,
  { attributes, ...table }: Table,
  provenance: JsonObject,
  options: Options,
): Promise<void> {
  const { path } = table;
  const store = writable(image.store);
  const files = await encodeTable({ ...table, attributes: { ...attributes, [OWN]: provenance } });
  await store.delete(keyOf(path), options);
  for (const [key, bytes] of files) await store.set(keyOf(path, key), bytes, options);
}

/** The feature table of the rows of all units, in their order. */
export function featureTable(
  { zarrFormat }: Image,
  path: string,
  { region, backend }: MadeTable,
  rows: readonly Rows[],
): Table {
  const labels = rows.flatMap((unit) => [...unit.labels]);
  return newFeatureTable({ path, zarrFormat, backend, region, labels, columns: joined(rows) });
}

/** The columns of all units, one below the other; missing where a unit lacks one. */
function joined(rows: readonly Rows[]): Map<string, Column> {
  const firsts = new Map(rows.flatMap(({ columns }) => [...columns]));
  return new Map(Array.from(firsts, ([name, first]) => [name, column(name, first, rows)]));
}

function column(name: string, like: Column, rows: readonly Rows[]): Column {
  if (like.kind === "number") {
    const values = rows.flatMap(({ labels, columns }) => {
      const found = columns.get(name);
      return found?.kind === "number"
        ? [...found.values]
        : new Array<number>(labels.length).fill(Number.NaN);
    });
    return { ...like, values: Float64Array.from(values) };
  }
  const values = rows.flatMap(({ labels, columns }): readonly unknown[] => {
    const found = columns.get(name);
    return found?.kind === like.kind ? found.values : new Array(labels.length).fill(undefined);
  });
  // Of its own kind, as only such columns were taken.
  return { ...like, values } as Column;
}
