/** The table that a run makes of the rows of its units, in their order. */
import type { JsonObject } from "../base/json.ts";
import { worldBox } from "../geometry/box.ts";
import type { Image } from "../ome/multiscale.ts";
import { newRoiTable } from "../roi/new-roi-table.ts";
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
  path: string,
  made: MadeTable,
  rows: readonly Rows[],
  provenance: JsonObject,
  options: Options,
): Promise<void> {
  const { attributes, ...table } = tableOf(image, path, made, rows);
  const store = writable(image.store);
  const files = await encodeTable({ ...table, attributes: { ...attributes, [OWN]: provenance } });
  await store.delete(keyOf(path), options);
  for (const [key, bytes] of files) await store.set(keyOf(path, key), bytes, options);
}

/** A feature table has the columns as they are; a masking table has boxes, in world units, of z, y, x, len_z, len_y, len_x. */
function tableOf(
  image: Image,
  path: string,
  { kind, region, backend }: MadeTable,
  rows: readonly Rows[],
): Table {
  const { zarrFormat } = image;
  const labels = rows.flatMap((unit) => [...unit.labels]);
  const columns = joined(rows);
  if (kind === "features")
    return newFeatureTable({ path, zarrFormat, backend, region, labels, columns });
  const at = (name: string, row: number): number => Number(columns.get(name)?.values[row] ?? 0);
  const rois = labels.map((label, row) => {
    const min = [at("z", row), at("y", row), at("x", row)] as const;
    const max = [
      min[0] + at("len_z", row),
      min[1] + at("len_y", row),
      min[2] + at("len_x", row),
    ] as const;
    return { name: String(label), box: worldBox(min, max), label };
  });
  return newRoiTable({ path, zarrFormat, backend, rois, region });
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
