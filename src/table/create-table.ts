/** Writes a table that was not there: its data, then its attributes, then its name into the list of its image. */
import { Fault } from "../base/fault.ts";
import type { Options } from "../zarr/store.ts";
import { encodeTable } from "./encode-table.ts";
import { putTable } from "./move-tables.ts";
import type { Save } from "./save-table.ts";
import type { Table } from "./table.ts";
import { wholeFiles } from "./whole-files.ts";

/** The path of its table ends in "tables/<name>". Without a journal, what is cut off leaves files that no list names. */
export type Creation = Omit<Save, "previous" | "journal" | "identity"> &
  Partial<Pick<Save, "journal" | "identity">>;

/**
 * Writes a table where none of its name is, in the backend and dialect it came in, so that one that is listed is whole.
 * The caller sees to it that nobody else writes there at the same time.
 *
 * @returns the table as it is now on disk, for the next save
 * @throws Fault "input" where the name cannot be or is taken, or the path is none of a table, or as the store does
 */
export async function createTable(creation: Creation, options: Options = {}): Promise<Table> {
  const { store, table, journal, identity = "", onWritten } = creation;
  const { path, zarrFormat: format } = table;
  const [, imagePath = "", name] = /^(?:(.*)\/)?tables\/([^/]+)$/.exec(path) ?? [];
  if (name === undefined)
    throw new Fault("input", `A table lies in a group "tables", and ${path} does not`, {
      where: path,
    });
  const files = wholeFiles(table, creation.files ?? (await encodeTable(table)));
  const tables = { store, imagePath, format, journal, identity };
  await putTable(tables, { name, files }, { ...options, onWritten });
  return { ...table, origin: { files } };
}
