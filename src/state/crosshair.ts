/** Where the side panes cut the stack: at the crosshair, which a hand puts somewhere and which goes to what is selected. */
import type { Point } from "../editor/box-edit.ts";
import type { Pane } from "../editor/pane.ts";
import { onlyOf } from "../editor/selection.ts";
import type { Image } from "../ome/multiscale.ts";
import { roiAt } from "../roi/rois.ts";
import type { Session } from "./session.ts";

/** Puts the crosshair at a point of a pane (world units along its axes), or at the nearest one of the image. */
export function lookAtPoint({ view }: Session, image: Image, pane: Pane, at: Point): void {
  const { shape, scale } = image.levels[0].grid;
  view.setState(({ crosshair, z }) => {
    const place: [number, number, number] = [(z + 0.5) * scale[0], crosshair.y, crosshair.x];
    for (const [axis, world] of [[pane.across, at.x] as const, [pane.down, at.y] as const])
      place[axis] = Math.min(shape[axis] * scale[axis], Math.max(0, world));
    const [depth, y, x] = place;
    return { crosshair: { x, y }, z: Math.min(shape[0] - 1, Math.floor(depth / scale[0])) };
  });
}

/** Puts the crosshair in the middle of the one selected ROI, unless it lies in it already. */
export function lookAtSelected({ view, rois }: Session): void {
  const { document } = rois.getState();
  const id = onlyOf(document.selection);
  const box = id === undefined ? undefined : roiAt(document.rois, id)?.box;
  if (!box) return;
  const { min, max } = box;
  const { x, y } = view.getState().crosshair;
  if (x > min[2] && x < max[2] && y > min[1] && y < max[1]) return;
  const middle = { x: (min[2] + max[2]) / 2, y: (min[1] + max[1]) / 2 };
  if (Number.isFinite(middle.x + middle.y)) view.setState({ crosshair: middle });
}
