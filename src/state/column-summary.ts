/** What a column of the open table holds now, found in slices that leave time for all else. */
import { type ColumnSummary, summaryOf } from "../roi/column-summary.ts";
import { idsOf } from "../roi/rois.ts";
import { inSlices } from "./in-slices.ts";
import { columnsOf } from "./roi-list.ts";
import type { Session } from "./session.ts";

/** @returns undefined where there is no such column, or where `isCurrent` said at a pause that nobody wants it any more */
export async function summaryOfColumn(
  session: Session,
  column: string,
  isCurrent: () => boolean,
): Promise<ColumnSummary | undefined> {
  const reader = columnsOf(session).get(column);
  if (!reader) return undefined;
  const { rois } = session.rois.getState().document;
  return inSlices(summaryOf(reader, idsOf(rois)), isCurrent);
}
