/** The ROI tables that a projection has from its volume, made to fit one plane. */
import { isFault } from "../base/fault.ts";
import type { Multiscale } from "../ome/multiscale.ts";
import { flattened } from "../roi/flatten.ts";
import { encodeTable } from "../table/encode-table.ts";
import { readTable } from "../table/read-table.ts";
import type { Table } from "../table/table.ts";
import { listTables } from "../table/table-list.ts";
import { below, keyOf, type Options, writable } from "../zarr/store.ts";

/**
 * Changes the tables of an image in their place; what does not change keeps its bytes. A table that Fovea cannot read or
 * must not write stays as it is. Can be done again where it was cut off.
 */
export async function flattenTables(image: Multiscale, options: Options): Promise<void> {
  const store = writable(image.store);
  const { names } = await listTables(store, image.path, image.zarrFormat, options);
  for (const name of names) {
    const path = below(image.path, `tables/${name}`);
    const table = await readable(image, path, options);
    if (table === undefined) continue;
    const flat = flattened(table);
    if (flat === table) continue;
    const before = table.origin?.files;
    for (const [key, bytes] of await encodeTable(flat))
      if (before?.get(key) !== bytes) await store.set(keyOf(path, key), bytes, options);
  }
}

async function readable(
  { store, zarrFormat }: Multiscale,
  path: string,
  options: Options,
): Promise<Table | undefined> {
  try {
    const table = await readTable(store, path, zarrFormat, options);
    return table.readOnly === undefined ? table : undefined;
  } catch (error) {
    // It is copied as it is, as Fractal copies all tables.
    const isOdd = (["missing", "unsupported", "invalid"] as const).some((tag) =>
      isFault(error, tag),
    );
    if (isOdd) return undefined;
    throw error;
  }
}
