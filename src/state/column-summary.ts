/** What a column of the open table holds now, found in slices that leave time for all else. */
import { inSlices, type Steps } from "../base/steps.ts";
import { type ColumnSummary, summaryOf } from "../roi/column-summary.ts";
import { idsOf } from "../roi/rois.ts";
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
  return inSlices(whileCurrent(summaryOf(reader, idsOf(rois)), isCurrent));
}

function* whileCurrent<T>(steps: Steps<T>, isCurrent: () => boolean): Steps<T | undefined> {
  let step = steps.next();
  while (!step.done) {
    yield;
    if (!isCurrent()) return undefined;
    step = steps.next();
  }
  return step.value;
}
