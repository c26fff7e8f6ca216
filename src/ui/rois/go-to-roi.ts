/** Selecting an ROI and showing it, as one step of the hand. */
import type { Box } from "../../geometry/box.ts";
import { roiAt } from "../../roi/rois.ts";
import { select } from "../../state/rois.ts";
import type { Session } from "../../state/session.ts";
import { orderOf, unreviewedAfter } from "../../state/triage.ts";
import type { Stage } from "../image/stage.ts";

/** Does what may select another ROI of a triage, and shows that one. */
export function going(session: Session, stage: Stage, act: () => void): void {
  const { selection } = session.rois.getState().document;
  act();
  if (session.rois.getState().document.selection === selection) return;
  showSelection(session, stage);
  stage.expect(unreviewedAfter(session));
}

/** Selects the next ROI of the table and goes there. */
export function walk(session: Session, stage: Stage, by: 1 | -1): void {
  const { selection } = session.rois.getState().document;
  const ids = orderOf(session);
  const last = [...selection].at(-1);
  const index = last === undefined ? (by > 0 ? -1 : ids.length) : ids.indexOf(last);
  const next = ids[index + by];
  if (next === undefined) return;
  select(session, new Set([next]));
  showSelection(session, stage);
  stage.expect(ids[index + 2 * by]);
}

/** Zooms to the selected ROIs. */
export function fitSelection(session: Session, stage: Stage): void {
  const box = selectedBox(session);
  if (box) stage.eye.fitBox(box);
}

/** Goes to the selected ROIs, at the zoom there is where that is to be kept. */
function showSelection(session: Session, stage: Stage): void {
  const box = selectedBox(session);
  if (box) stage.eye.goTo(box);
}

function selectedBox(session: Session): Box<"world"> | undefined {
  const { rois, selection } = session.rois.getState().document;
  const boxes = [...selection].flatMap((id) => roiAt(rois, id)?.box ?? []);
  const [first] = boxes;
  if (first === undefined) return undefined;
  const fold = (pick: (a: number, b: number) => number, end: "min" | "max", i: 0 | 1 | 2): number =>
    boxes.reduce((value, box) => pick(value, box[end][i]), first[end][i]);
  return {
    space: "world",
    min: [fold(Math.min, "min", 0), fold(Math.min, "min", 1), fold(Math.min, "min", 2)],
    max: [fold(Math.max, "max", 0), fold(Math.max, "max", 1), fold(Math.max, "max", 2)],
  };
}
