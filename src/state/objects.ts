/** Objects of labels and the ROIs that stand for them: in a masking table each row is about one. */
import { onlyOf } from "../editor/selection.ts";
import type { LabelId } from "../ome/label-id.ts";
import { labelAt, nameAt, type RoiId, type Rois } from "../roi/rois.ts";
import { labelOf } from "../table/feature-table.ts";
import type { Session } from "./session.ts";
import type { LabelObject } from "./view.ts";

/** The ROI of an object in the open masking table of its label; undefined where there is none. */
export function roiOfObject({ rois: store }: Session, object: LabelObject): RoiId | undefined {
  const { table, masking, document } = store.getState();
  if (!table || !masking || labelOf(table) !== object.label) return undefined;
  return roiWithLabel(document.rois, object.id);
}

/**
 * A linear scan of the loaded column, then of what was edited: below a millisecond for 10⁵ ROIs. Labels of ROIs are
 * numbers, which beyond 2^53 stand for neighbours too.
 */
function roiWithLabel(rois: Rois, id: LabelId): RoiId | undefined {
  if (typeof id === "bigint") return undefined;
  const isIt = (roi: RoiId): boolean =>
    nameAt(rois, roi) !== undefined && labelAt(rois, roi) === id;
  const loaded = rois.base.labels?.indexOf(id) ?? -1;
  if (loaded >= 0 && isIt(loaded)) return loaded;
  for (const roi of rois.overlay.keys()) if (isIt(roi)) return roi;
  return undefined;
}

/** What is ringed, one of a label at most: the object of the selected ROI, and the one that was clicked. */
export function selectedObjects({ rois, view }: Session): readonly LabelObject[] {
  const { table, masking, document } = rois.getState();
  const { picked } = view.getState();
  const only = onlyOf(document.selection);
  const label = table && masking ? labelOf(table) : undefined;
  const id = only === undefined ? undefined : labelAt(document.rois, only);
  const isExact = label !== undefined && id !== undefined && Number.isSafeInteger(id);
  const chosen = isExact ? [{ label, id }] : [];
  return picked && chosen[0]?.label !== picked.label ? [...chosen, picked] : chosen;
}

/** A click on objects: the highest is picked, unless an ROI stands for it, which is then selected; nothing picks none. */
export function pick(session: Session, objects: readonly LabelObject[]): void {
  const { view } = session;
  const [top] = objects;
  const isRoi = objects.some((object) => roiOfObject(session, object) !== undefined);
  const picked = isRoi ? undefined : top;
  if (picked !== view.getState().picked) view.setState({ picked });
}
