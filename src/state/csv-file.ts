/** The open table as a CSV file to keep, written off the page's thread. */
import type { Session } from "./session.ts";

export interface CsvFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The table as it would be saved now; undefined where none is open. @throws Fault as `ListJobs.run` */
export async function tableAsCsv(session: Session): Promise<CsvFile | undefined> {
  const { table, tableName, document } = session.rois.getState();
  if (table === undefined) return undefined;
  const features = session.features.getState().chosen;
  const listed = { table, rois: document.rois, features };
  const { bytes } = await session.listJobs.run({ kind: "csv" }, listed);
  return { name: `${tableName}.csv`, bytes };
}
