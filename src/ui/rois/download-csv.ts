/** The open table as a CSV file in the user's downloads. */
import { tableAsCsv } from "../../state/csv-file.ts";
import type { Session } from "../../state/session.ts";
import { downloadBlob } from "../download.ts";

/** @throws Fault as `tableAsCsv` */
export async function downloadCsv(session: Session): Promise<void> {
  const file = await tableAsCsv(session);
  if (file) downloadBlob(file.name, new Blob([file.bytes], { type: "text/csv" }));
}
