/** Small tables beside a small image, for tests of what is done with them. */
import type { Image } from "../ome/multiscale.ts";
import { newRoiTable } from "../roi/new-roi-table.ts";
import type { Roi } from "../roi/rois.ts";
import { withColumn } from "../table/columns.ts";
import { createTable } from "../table/create-table.ts";
import { newFeatureTable } from "../table/feature-table.ts";
import type { Backend, Column, Table } from "../table/table.ts";
import type { WritableStore } from "../zarr/store.ts";
import { makeImage } from "./make-image.ts";
import { flatBox } from "./roi-builder.ts";

/** 100 × 100 micrometres, no z. */
export function smallImage(store: WritableStore): Promise<Image> {
  return makeImage(store, { axes: ["y", "x"], shape: [100, 100], chunks: [50, 50] });
}

interface TableSpec {
  readonly backend?: Backend;
  readonly names?: readonly string[];
  readonly columns?: Readonly<Record<string, Column>>;
}

/** ROIs of 10 × 10 in a row, named FOV_1 and FOV_2 unless said otherwise. */
export async function putRois(
  store: WritableStore,
  name: string,
  { backend = "csv", names = ["FOV_1", "FOV_2"], columns = {} }: TableSpec = {},
): Promise<void> {
  const rois = names.map(
    (roi, i): Roi => ({ name: roi, box: flatBox([20 * i, 0, 20 * i + 10, 10]), label: undefined }),
  );
  let table = newRoiTable({ path: `tables/${name}`, zarrFormat: 2, backend, rois });
  for (const [column, values] of Object.entries(columns)) table = withColumn(table, column, values);
  await put(store, table);
}

/** Boxes of objects, named by their labels: 3 and 7 of nuclei unless said otherwise. */
export async function putMasks(
  store: WritableStore,
  name: string,
  {
    labels = [3, 7],
    region = "nuclei",
  }: { readonly labels?: readonly number[]; readonly region?: string } = {},
): Promise<void> {
  const rois = labels.map(
    (label): Roi => ({ name: String(label), box: flatBox([label, 0, label + 5, 5]), label }),
  );
  const path = `tables/${name}`;
  await put(store, newRoiTable({ path, zarrFormat: 2, backend: "csv", rois, region }));
}

/** The areas of the objects of a label, 10 times their ids. */
export async function putAreas(
  store: WritableStore,
  name: string,
  labels: readonly number[],
  region = "nuclei",
): Promise<void> {
  const area = numbers(labels.map((label) => 10 * label));
  const columns = new Map([["area", area]]);
  const common = { zarrFormat: 2, backend: "csv", region } as const;
  await put(store, newFeatureTable({ ...common, path: `tables/${name}`, labels, columns }));
}

export function numbers(values: readonly number[]): Column {
  return { kind: "number", values: Float64Array.from(values), dtype: "float64" };
}

async function put(store: WritableStore, table: Table): Promise<void> {
  await createTable({ store, table });
}
