/** What lies under the pointer: a handle of the selected ROI, else the nearest edge, else the smallest box around it. */
import type { Box } from "../geometry/box.ts";
import { type RoiId, type Rois, roiAt } from "../roi/rois.ts";
import type { Part, Point, Side } from "./box-edit.ts";
import { handleFrame } from "./handles.ts";
import { eachInPane } from "./in-pane.ts";
import { type Axis, type PaneScale, pixelsAlong } from "./pane.ts";
import { type Plane, spans } from "./plane.ts";
import { onlyOf, type Selection } from "./selection.ts";

/** A point to look at and how the view shows it. */
export interface Probe extends PaneScale {
  /** World units. */
  readonly point: Point;
  /** ROIs that this plane does not cut are not hit. */
  readonly plane: Plane;
  /** The ROI of the object whose pixel is under the point: before all others, where it is hit. */
  readonly object?: RoiId | undefined;
  /** ROIs that are not there for the pointer. */
  readonly hidden?: ReadonlySet<RoiId> | undefined;
}

export type Hit =
  | { readonly kind: "handle"; readonly id: RoiId; readonly part: Part }
  | { readonly kind: "edge"; readonly id: RoiId }
  | { readonly kind: "body"; readonly id: RoiId };

/** Reach of the pointer in screen pixels: of an outline, of a handle's edge, of its corner. */
const EDGE_REACH = 6;
const HANDLE_REACH = 7;
const CORNER_REACH = 9;

/** What the pointer takes hold of: a handle of the only selected ROI before anything else. */
export function hitTest(rois: Rois, selection: Selection, probe: Probe): Hit | undefined {
  const only = onlyOf(selection);
  const selected = only === undefined || probe.hidden?.has(only) ? undefined : only;
  const box = selected === undefined ? undefined : roiAt(rois, selected)?.box;
  const part = box === undefined ? undefined : handleAt(box, probe);
  if (selected !== undefined && part !== undefined) return { kind: "handle", id: selected, part };
  const [best] = foundAt(rois, probe);
  return best && { kind: best.rank === BODY ? "body" : "edge", id: best.id };
}

/** All ROIs under the point, in the order in which repeated clicks reach them; handles are not looked at. */
export function roisUnder(rois: Rois, probe: Probe): RoiId[] {
  return foundAt(rois, probe).map(({ id }) => id);
}

/** The edge or corner of a box under the point, along the whole frame of its handles. */
function handleAt(box: Box<"world">, probe: Probe): Part | undefined {
  const { point, plane, pane } = probe;
  const { across, down, through } = pane;
  const frame = handleFrame(box, probe);
  if (!frame || !spans(plane, box.min[through], box.max[through])) return undefined;
  const within = (reach: number): readonly [Side | undefined, Side | undefined] => [
    sideWithin(reach / pixelsAlong(across, probe), point.x, frame.min.x, frame.max.x),
    sideWithin(reach / pixelsAlong(down, probe), point.y, frame.min.y, frame.max.y),
  ];
  const part = (x: Side, y: Side): Part => {
    const along = (axis: Axis): Side => (axis === across ? x : axis === down ? y : 0);
    return [along(0), along(1), along(2)];
  };
  const [x, y] = within(CORNER_REACH);
  if (x === undefined || y === undefined) return undefined;
  if (x !== 0 && y !== 0) return part(x, y);
  const [edgeX, edgeY] = within(HANDLE_REACH);
  if (edgeX === undefined || edgeY === undefined || (edgeX === 0 && edgeY === 0)) return undefined;
  return part(edgeX, edgeY);
}

/** Which end of a span a value is within reach of; 0 in between, undefined outside. */
function sideWithin(reach: number, value: number, min: number, max: number): Side | undefined {
  if (Math.abs(value - max) <= reach) return 1;
  if (Math.abs(value - min) <= reach) return -1;
  return value > min && value < max ? 0 : undefined;
}

/** The rank of a hit inside a box, behind that of any edge, whose rank is its distance. */
const BODY = Number.MAX_VALUE;

/** The ROIs under the point: that of the object there, then the nearest edge, then the smallest box, then the first in the table. */
function foundAt(rois: Rois, probe: Probe) {
  const { point, pane, hidden, object } = probe;
  const reachX = EDGE_REACH / pixelsAlong(pane.across, probe);
  const reachY = EDGE_REACH / pixelsAlong(pane.down, probe);
  const min = { x: point.x - reachX, y: point.y - reachY };
  const max = { x: point.x + reachX, y: point.y + reachY };
  const found: { readonly id: RoiId; readonly rank: number; readonly area: number }[] = [];
  eachInPane(rois, { ...probe, min, max }, (id, x0, y0, x1, y1) => {
    const rank = rankOf(probe, x0, y0, x1, y1);
    if (rank !== undefined && !hidden?.has(id))
      found.push({ id, rank, area: (x1 - x0) * (y1 - y0) });
  });
  return found.sort(
    (a, b) =>
      Number(b.id === object) - Number(a.id === object) ||
      a.rank - b.rank ||
      a.area - b.area ||
      a.id - b.id,
  );
}

/** The pixels to a rectangle's outline where it is within reach, BODY further inside, undefined outside. */
function rankOf(
  probe: Probe,
  minX: number,
  minY: number,
  maxX: number,
  maxY: number,
): number | undefined {
  const { point, pane } = probe;
  const outX = Math.max(minX - point.x, point.x - maxX) * pixelsAlong(pane.across, probe);
  const outY = Math.max(minY - point.y, point.y - maxY) * pixelsAlong(pane.down, probe);
  // Written so that a NaN is a miss.
  if (!(outX <= EDGE_REACH && outY <= EDGE_REACH && maxX > minX && maxY > minY)) return undefined;
  const inside = outX <= 0 && outY <= 0;
  const distance = inside
    ? Math.min(-outX, -outY)
    : Math.hypot(Math.max(0, outX), Math.max(0, outY));
  if (distance <= EDGE_REACH) return distance;
  return inside ? BODY : undefined;
}
