/** A table as the files it is stored in. */
import { groupFiles } from "../zarr/hierarchy.ts";
import { editedAnndata, newAnndata } from "./anndata-write.ts";
import { encodeCsv } from "./csv-write.ts";
import type { Table, TableFiles } from "./table.ts";

/**
 * All files of the table's group, by key below it. Of a table that was read, those that still say the same are the very
 * bytes that were read, and a file that is not among them is to be deleted; of a new one, the group's own metadata is
 * last.
 *
 * @throws Fault "unsupported" for a change the table's backend cannot hold
 */
export async function encodeTable(table: Table): Promise<TableFiles> {
  if (table.origin)
    return table.backend === "csv" ? encodeCsv(table) : editedAnndata(table, table.origin.files);
  const data = table.backend === "csv" ? encodeCsv(table) : await newAnndata(table);
  return new Map([...data, ...groupFiles(table.zarrFormat, table.attributes)]);
}
