/** ROIs as deck.gl layers: outlines, the handles of the selected one, names. A pure function of what is to be seen. */
import type { Layer } from "@deck.gl/core";
import { handleFrame, handlesOn } from "../editor/handles.ts";
import { XY } from "../editor/pane.ts";
import { type Plane, spans } from "../editor/plane.ts";
import { NONE_SELECTED, onlyOf } from "../editor/selection.ts";
import { worldBox } from "../geometry/box.ts";
import { type RoiId, roisOf } from "../roi/rois.ts";
import type { Rect } from "./rect.ts";
import { RoiBoxLayer } from "./roi-box-layer.ts";
import { type Covered, RoiNamesLayer } from "./roi-names-layer.ts";
import { RoiOutlinesLayer } from "./roi-outlines-layer.ts";
import { type ShownRois, shownAt } from "./roi-rows.ts";

export interface RoiScene extends ShownRois {
  readonly hovered: RoiId | undefined;
  /** ROIs that have no handles, since no hand may change them. */
  readonly locked?: ReadonlySet<RoiId> | undefined;
  /** The shown plane of the stack. */
  readonly plane: Plane;
  /** CSS pixels per world unit: 2 to the zoom of an OrthographicView. */
  readonly pixelsPerUnit: number;
  /** Hidden layers keep what they have on the GPU, so that showing them again is free. */
  readonly visible: boolean;
  /** What lies over the view, so that names are written beside it; the tools of an image unless said otherwise. */
  readonly covered?: Covered | undefined;
  /** All that is looked at, in world units, where it is drawn in several views; what the view shows unless said otherwise. */
  readonly whole?: Rect | undefined;
}

const TOOLS: Covered = { top: 46, left: 0 };

/** Layers for an OrthographicView whose coordinates are world x and y, y downwards; lowest first. */
export function roiLayers(scene: RoiScene): Layer[] {
  const { rois, preview, selection, invalid, discarded, hidden, colors } = scene;
  const { hovered, plane, visible, covered = TOOLS, whole } = scene;
  const shown: ShownRois = { rois, preview, selection, invalid, discarded, hidden, colors };
  const halfLine = colors ? HALF_COLORED : HALF_LINE;
  return [
    new RoiOutlinesLayer({ id: "roi-boxes", shown, hovered, plane, halfLine, visible }),
    new RoiNamesLayer({ id: "roi-names", shown, hovered, plane, covered, whole, visible }),
    new RoiBoxLayer({
      id: "roi-handles",
      shown: handlesOf(scene),
      hovered: undefined,
      plane,
      halfLine: HALF_HANDLE,
      visible,
    }),
  ];
}

/** Half the width of an outline, in CSS pixels; a colour needs more than white to be told on a bright image. */
const HALF_LINE = 0.75;
const HALF_COLORED = 1.1;

/** Half the side of a handle, in CSS pixels. */
const HALF_HANDLE = 4;

/** The same every time, so that it costs nothing. */
const NO_HANDLES: ShownRois = {
  rois: roisOf({ names: [], bounds: new Float64Array(0), labels: undefined }),
  preview: undefined,
  selection: NONE_SELECTED,
  invalid: NONE_SELECTED,
};

/** The eight handles as boxes without a size, whose outline alone is to be seen. */
function handlesOf(scene: RoiScene): ShownRois {
  const id = onlyOf(scene.selection);
  const box = id === undefined ? undefined : shownAt(scene, id)?.box;
  const shows =
    id !== undefined &&
    box !== undefined &&
    !scene.locked?.has(id) &&
    spans(scene.plane, box.min[0], box.max[0]);
  const frame = shows && handleFrame(box, { pane: XY, pixelsPerUnit: scene.pixelsPerUnit });
  if (!frame) return NO_HANDLES;
  const [[z0], [z1]] = [box.min, box.max];
  const points = handlesOn(frame).map(({ x, y }) => worldBox([z0, y, x], [z1, y, x]));
  const bounds = new Float64Array(6 * points.length);
  for (const [i, { min, max }] of points.entries()) bounds.set([...min, ...max], 6 * i);
  const rois = roisOf({ names: points.map(() => ""), bounds, labels: undefined });
  return { ...NO_HANDLES, rois };
}
