/** One AnnData table as each tool writes it, read and saved: for tests of the AnnData backend. */
import type { JsonObject } from "../base/json.ts";
import { encodeTable } from "../table/encode-table.ts";
import { readTable } from "../table/read-table.ts";
import type { NumberColumn, Table } from "../table/table.ts";
import { readJson } from "../zarr/json-file.ts";
import {
  type Entries,
  type Fov,
  FTC,
  type Layout,
  layoutV2,
  layoutV3,
  NGIO,
  putFovTable,
  storeOf,
} from "./anndata-store.ts";

export const PATH = "tables/FOV_ROI_table";

export interface Writer {
  readonly name: string;
  readonly format: 2 | 3;
  readonly layout: (entries: Entries) => Layout;
  readonly fov: Fov;
}

/** Each way other tools write the same table. */
export const WRITERS: readonly [Writer, Writer] = [
  { name: "fractal-tasks-core, Zarr v2", format: 2, layout: layoutV2, fov: FTC },
  { name: "ngio, Zarr v3 in shards", format: 3, layout: layoutV3, fov: NGIO },
];

export async function written({ layout, fov }: Writer): Promise<Entries> {
  const entries: Entries = new Map();
  await putFovTable(layout(entries), PATH, fov);
  return entries;
}

export const read = (entries: Entries, { format }: Pick<Writer, "format">): Promise<Table> =>
  readTable(storeOf(entries), PATH, format);

/** The table's files as if they had been saved, read again. */
export async function again(table: Table): Promise<Table> {
  const files = await encodeTable(table);
  const entries: Entries = new Map([...files].map(([key, bytes]) => [`/${PATH}/${key}`, bytes]));
  return readTable(storeOf(entries), PATH, table.zarrFormat);
}

/** A column that holds numbers. */
export function numbers(table: Table, name: string): NumberColumn {
  const column = table.columns.get(name);
  if (column?.kind !== "number") throw new Error(`${name} holds no numbers`);
  return column;
}

/** One of the files, which holds JSON. */
export async function stored(
  files: ReadonlyMap<string, Uint8Array>,
  key: string,
): Promise<JsonObject> {
  const document = await readJson(
    storeOf(new Map([["/k", Uint8Array.from(files.get(key) ?? [])]])),
    "/k",
  );
  return document ?? {};
}
