/** ROIs as a side pane draws them: those that its slice cuts, and the selected ones, turned to its axes. */
import type { Layer } from "@deck.gl/core";
import { type HandleFrame, handleFrame } from "../editor/handles.ts";
import type { Pane } from "../editor/pane.ts";
import { type Plane, spans } from "../editor/plane.ts";
import { NONE_SELECTED, onlyOf } from "../editor/selection.ts";
import type { Box } from "../geometry/box.ts";
import { worldBox } from "../geometry/box.ts";
import { edgeAt, type RoiId, type Rois, roisOf } from "../roi/rois.ts";
import { shiftedMany } from "./held-rois.ts";
import type { PaneView } from "./pane-view.ts";
import type { Rect } from "./rect.ts";
import { RoiBoxLayer } from "./roi-box-layer.ts";
import { type ShownRois, shownAt } from "./roi-rows.ts";

/** More than these are no outlines any more. */
const MOST = 2000;

/** Of more that are selected or in a hand, those alone are seen that the slice cuts. */
const MOST_MARKED = 1000;

export interface SliceScene {
  readonly shown: ShownRois;
  readonly locked: ReadonlySet<RoiId> | undefined;
  /** What the slice shows of the axis looked along. */
  readonly plane: Plane;
  /** Loaded and edited ROIs that it cuts, as `idsInSlice` finds them. */
  readonly ids: readonly RoiId[];
  readonly view: PaneView;
  readonly visible: boolean;
}

/** The ROIs that a slice cuts and that are in view; a linear scan, to be remembered while these stay the same. */
export function idsInSlice(rois: Rois, axes: Pane, plane: Plane, bounds: Rect): readonly RoiId[] {
  const { across, down, through } = axes;
  const [minX, minY, maxX, maxY] = bounds;
  const ids: RoiId[] = [];
  const look = (id: RoiId, x0: number, y0: number, x1: number, y1: number): void => {
    if (ids.length < MOST && x1 >= minX && x0 <= maxX && y1 >= minY && y0 <= maxY) ids.push(id);
  };
  const { bounds: edges, names } = rois.base;
  const at = (i: number): number => edges[i] ?? Number.NaN;
  for (let id = 0, row = 0; id < names.length && ids.length < MOST; id++, row += 6) {
    if (!spans(plane, at(row + through), at(row + through + 3)) || rois.overlay.has(id)) continue;
    look(id, at(row + across), at(row + down), at(row + across + 3), at(row + down + 3));
  }
  for (const id of rois.overlay.keys()) {
    const edge = (i: number): number => edgeAt(rois, id, i);
    if (!spans(plane, edge(through), edge(through + 3))) continue;
    look(id, edge(across), edge(down), edge(across + 3), edge(down + 3));
  }
  return ids;
}

/** The same of what a hand shifts, which the slice cuts where it has come to; none where they are few. */
export function heldInSlice(shown: ShownRois, axes: Pane, plane: Plane, bounds: Rect): RoiId[] {
  const hand = shiftedMany(shown);
  if (hand === undefined) return [];
  const { across, down, through } = axes;
  const [x, y, z] = [hand.by[across], hand.by[down], hand.by[through]];
  const [minX, minY, maxX, maxY] = bounds;
  const here = { min: plane.min - z, max: plane.max - z };
  const seen = idsInSlice(shown.rois, axes, here, [minX - x, minY - y, maxX - x, maxY - y]);
  return seen.filter((id) => hand.has(id));
}

/** Outlines and handles; ids of layers begin with `idPrefix`. */
export function sliceLayers(scene: SliceScene, idPrefix: string): Layer[] {
  const { shown, plane, view, visible } = scene;
  const ids = new Set(scene.ids);
  for (const marked of [shown.preview, shown.selection])
    if (marked && marked.size <= MOST_MARKED) for (const id of marked.keys()) ids.add(id);
  const boxes = [...ids].flatMap((id) => {
    const box = shown.hidden?.has(id) ? undefined : shownAt(shown, id)?.box;
    return box ? [{ id, box: turned(box, view.pane) }] : [];
  });
  const marked = (set: ReadonlySet<RoiId> | undefined): ReadonlySet<RoiId> =>
    new Set(boxes.flatMap(({ id }, row) => (set?.has(id) ? [row] : [])));
  const outlines: ShownRois = {
    rois: roisOfBoxes(boxes.map(({ box }) => box)),
    preview: undefined,
    selection: marked(shown.selection),
    invalid: marked(shown.invalid),
    discarded: marked(shown.discarded),
  };
  const common = { plane, hovered: undefined, visible };
  return [
    new RoiBoxLayer({ ...common, id: `${idPrefix}boxes`, shown: outlines, halfLine: 0.75 }),
    new RoiBoxLayer({ ...common, id: `${idPrefix}handles`, shown: handlesOf(scene), halfLine: 4 }),
  ];
}

/** A box whose y and x are the pane's, stretched as it draws them; its z is the axis looked along. */
function turned({ min, max }: Box<"world">, pane: Pane): Box<"world"> {
  const { across, down, through, stretch } = pane;
  const [x, y] = across === 0 ? [stretch, 1] : [1, stretch];
  return worldBox(
    [min[through], min[down] * y, min[across] * x],
    [max[through], max[down] * y, max[across] * x],
  );
}

function handlesOf({ shown, locked, plane, view }: SliceScene): ShownRois {
  const id = onlyOf(shown.selection);
  const isOpen = id !== undefined && !locked?.has(id) && !shown.hidden?.has(id);
  const box = isOpen ? shownAt(shown, id)?.box : undefined;
  const { through } = view.pane;
  const cut = box && spans(plane, box.min[through], box.max[through]);
  const frame = cut && handleFrame(box, view);
  return {
    rois: roisOfBoxes(frame ? pointsOf(frame, box, view.pane) : []),
    preview: undefined,
    selection: NONE_SELECTED,
    invalid: NONE_SELECTED,
  };
}

/** The corners and the middles of the sides, as boxes without a size. */
function pointsOf({ min, max }: HandleFrame, box: Box<"world">, pane: Pane): Box<"world">[] {
  const { across, through, stretch } = pane;
  const [sx, sy] = across === 0 ? [stretch, 1] : [1, stretch];
  const at = (low: number, high: number, i: number): number => low + ((high - low) * i) / 2;
  return [0, 1, 2].flatMap((i) =>
    [0, 1, 2].flatMap((j) => {
      if (i === 1 && j === 1) return [];
      const [x, y] = [at(min.x, max.x, i) * sx, at(min.y, max.y, j) * sy];
      return [worldBox([box.min[through], y, x], [box.max[through], y, x])];
    }),
  );
}

function roisOfBoxes(boxes: readonly Box<"world">[]): Rois {
  const bounds = new Float64Array(6 * boxes.length);
  for (const [i, { min, max }] of boxes.entries()) bounds.set([...min, ...max], 6 * i);
  return roisOf({ names: boxes.map(() => ""), bounds, labels: undefined });
}
