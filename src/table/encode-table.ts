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
  switch (backend) {
    case "csv": {
      const files = await paced(encodeCsv(table), pause);
      return origin ? files : withGroup(files, table);
    }
    case "anndata":
      return origin
        ? editedAnndata(table, origin.files, pause)
        : withGroup(await newAnndata(table, pause), table);
  }
}

function withGroup(data: TableFiles, { zarrFormat, attributes }: Table): TableFiles {
  return new Map([...data, ...groupFiles(zarrFormat, attributes)]);
}

/** About how often the encoding of a table pauses. */
export function encodeSteps(table: Table): number {
  switch (table.backend) {
    case "csv":
      return rowCount(table) / ROWS_A_STEP;
    case "anndata":
      return table.columns.size + 1;
  }
}

const noPause: Pause = () => undefined;
