/** Goes to where something was undone or redone, if that is out of sight: what changes unseen is not noticed. */
import type { Step } from "../../editor/history.ts";
import { type Box, worldBox, zyx } from "../../geometry/box.ts";
import type { Image } from "../../ome/multiscale.ts";
import { roiAt } from "../../roi/rois.ts";
import type { RoiState } from "../../state/rois.ts";
import type { Session } from "../../state/session.ts";
import type { Stage } from "../image/stage.ts";

/** Of a step that changed more than these, the first are gone to. */
const MOST_BOXES = 1000;

/** @returns ends that */
export function showUndone(session: Session, stage: Stage, image: Image): () => void {
  return session.rois.subscribe((now, before) => {
    const step = stepTaken(now, before);
    if (!step) return;
    const boxes = boxesOf(step, now);
    const [first] = boxes;
    if (!first) return;
    const scale = image.levels[0].grid.scale[0];
    const { z } = session.view.getState();
    const isInPlane = ({ min, max }: Box<"world">): boolean =>
      min[0] < (z + 1) * scale && max[0] > z * scale;
    if (!boxes.some((box) => stage.eye.sees(box))) stage.eye.goTo(around(boxes));
    if (!boxes.some(isInPlane)) {
      const last = image.levels[0].grid.shape[0] - 1;
      const plane = Math.floor((first.min[0] + first.max[0]) / 2 / scale);
      session.view.setState({ z: Math.min(last, Math.max(0, plane)) });
    }
  });
}

/** The last step that was taken back or done again; undefined where something else happened. */
function stepTaken(
  { table, document: { history } }: RoiState,
  { table: tableBefore, document: { history: was } }: RoiState,
): Step | undefined {
  if (table !== tableBefore || history.nextId !== was.nextId) return undefined;
  if (history.undone.length > was.undone.length) return history.undone.at(-1);
  return history.undone.length < was.undone.length ? history.done.at(-1) : undefined;
}

/** Where the ROIs of a step are now; where they were, if they are gone. */
function boxesOf({ diff }: Step, { document }: RoiState): Box<"world">[] {
  const boxes: Box<"world">[] = [];
  for (const [id, { from, to }] of diff) {
    const roi = roiAt(document.rois, id) ?? to ?? from;
    if (roi && [...roi.box.min, ...roi.box.max].every(Number.isFinite)) boxes.push(roi.box);
    if (boxes.length >= MOST_BOXES) break;
  }
  return boxes;
}

function around(boxes: readonly Box<"world">[]): Box<"world"> {
  return worldBox(
    zyx((i) => Math.min(...boxes.map(({ min }) => min[i]))),
    zyx((i) => Math.max(...boxes.map(({ max }) => max[i]))),
  );
}
