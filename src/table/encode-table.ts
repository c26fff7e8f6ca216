/** A table as the files it is stored in. */
import { type Pause, paced } from "../base/steps.ts";
import { groupFiles } from "../zarr/hierarchy.ts";
import { editedAnndata, newAnndata } from "./anndata-write.ts";
import { rowCount } from "./columns.ts";
import { ROWS_A_STEP } from "./csv-cells.ts";
import { encodeCsv } from "./csv-write.ts";
import type { Table, TableFiles } from "./table.ts";

/**
 * All files of the table's group, by key below it. Of a table that was read, those that still say the same are the very
 * bytes that were read, and a file that is not among them is to be deleted; of a new one, the group's own metadata is
 * last.
 *
 * @param pause called now and then, about `encodeSteps` times
 * @throws Fault "unsupported" for a change the table's backend cannot hold
 */
export async function encodeTable(table: Table, pause: Pause = noPause): Promise<TableFiles> {
  const { origin, backend } = table;
  if (origin)
    return backend === "csv"
      ? paced(encodeCsv(table), pause)
      : editedAnndata(table, origin.files, pause);
  const data = await (backend === "csv"
    ? paced(encodeCsv(table), pause)
    : newAnndata(table, pause));
  return new Map([...data, ...groupFiles(table.zarrFormat, table.attributes)]);
}

/** About how often the encoding of a table pauses. */
export function encodeSteps(table: Table): number {
  return table.backend === "csv" ? rowCount(table) / ROWS_A_STEP : table.columns.size + 1;
}

async function noPause(): Promise<void> {}
