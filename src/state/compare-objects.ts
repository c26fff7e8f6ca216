/** Whether a masking table is still about the objects of its label, which may have been made anew since. */
import { counted, nounOf } from "../base/counted.ts";
import { idsOf, labelAt } from "../roi/rois.ts";
import { objectsOf } from "./create-rois.ts";
import { notify } from "./notices.ts";
import { select } from "./rois.ts";
import type { Session } from "./session.ts";

const ABOUT = "table/objects";

/**
 * Tells how many ROIs have no object of their number and how many objects have no ROI, and selects the former.
 * @throws Fault as the label's store does; cancelling is an abort
 */
export async function comparedObjects(
  session: Session,
  label: string,
  options: Parameters<typeof objectsOf>[2],
): Promise<void> {
  const { table } = session.rois.getState();
  const objects = new Set((await objectsOf(session, label, options)).map((object) => object.label));
  const now = session.rois.getState();
  // What was found is of no use for another table.
  if (now.table !== table) return;
  const { rois } = now.document;
  const listed = new Set<number | undefined>();
  const stale: number[] = [];
  for (const id of idsOf(rois)) {
    const number = labelAt(rois, id);
    listed.add(number);
    if (!objects.has(number)) stale.push(id);
  }
  const unlisted = [...objects].filter((number) => !listed.has(number)).length;
  if (stale.length > 0) select(session, new Set(stale));
  const said = [
    stale.length === 0 ? [] : `${have(stale.length, "ROI")} no object in "${label}"; selected`,
    unlisted === 0 ? [] : `${have(unlisted, "object")} no ROI`,
  ].flat();
  if (said.length > 0) notify(session.notices, "warning", said.join(". "), ABOUT);
  else
    notify(
      session.notices,
      "info",
      `Each ROI has its object in "${label}", and each object its ROI`,
      ABOUT,
    );
}

/** "3 ROIs have" */
function have(count: number, what: string): string {
  return `${counted(count, what)} ${nounOf(count, "has", "have")}`;
}
