/** Which ROI names are written on the image: those with room in their box, in view, and not too many. */
import { type Plane, spans } from "../editor/plane.ts";
import { type Roi, type RoiDiff, type RoiId, type Rois, roiAt } from "../roi/rois.ts";
import type { Rect } from "./rect.ts";

export interface NameTag {
  readonly id: RoiId;
  readonly text: string;
  /** The box's upper left corner, in world units. */
  readonly x: number;
  readonly y: number;
}

export interface NameView {
  readonly plane: Plane;
  readonly pixelsPerUnit: number;
  /** What of the world is in view. */
  readonly bounds: Rect;
  /** ROIs under a hand carry no name, so that a drag makes no text anew. */
  readonly preview: RoiDiff | undefined;
}

/** More than this are noise, and cost time to set. */
const MOST = 120;

/** About what a character takes at the size names have, in CSS pixels, and what room is kept around the text. */
const CHARACTER = 7;
const MARGIN = 12;
const LEAST_HEIGHT = 22;

/** The names to write, in table order. */
export function namesIn(rois: Rois, view: NameView): NameTag[] {
  const tags: NameTag[] = [];
  const offer = (id: RoiId, roi: Roi | undefined): void => {
    if (roi !== undefined && hasRoom(view, roi) && !view.preview?.has(id))
      tags.push({ id, text: roi.name, x: roi.box.min[2], y: roi.box.min[1] });
  };
  const { base, overlay } = rois;
  const at = (i: number): number => base.bounds[i] ?? Number.NaN;
  for (let id = 0, row = 0; id < base.names.length && tags.length < MOST; id++, row += 6) {
    const seen = isSeen(view, at(row + 2), at(row + 1), at(row + 5), at(row + 4));
    if (seen && !overlay.has(id)) offer(id, roiAt(rois, id));
  }
  for (const [id, roi] of overlay) if (tags.length < MOST) offer(id, roi);
  return tags;
}

/** Whether two lists write the same, so that text need not be set anew. */
export function sameNames(a: readonly NameTag[], b: readonly NameTag[]): boolean {
  return (
    a.length === b.length &&
    a.every((tag, i) => {
      const other = b[i];
      return other?.text === tag.text && other.x === tag.x && other.y === tag.y;
    })
  );
}

function hasRoom(view: NameView, { name, box: { min, max } }: Roi): boolean {
  const [z0, y0, x0] = min;
  const [z1, y1, x1] = max;
  const room = (x1 - x0) * view.pixelsPerUnit - MARGIN;
  const fits = room >= name.length * CHARACTER;
  return fits && isSeen(view, x0, y0, x1, y1) && spans(view.plane, z0, z1);
}

/** Whether a rectangle is in view and high enough for a name: what most are not, so it is asked first. */
function isSeen(
  { bounds, pixelsPerUnit }: NameView,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
): boolean {
  return (
    (y1 - y0) * pixelsPerUnit >= LEAST_HEIGHT &&
    x0 < bounds[2] &&
    x1 > bounds[0] &&
    y0 < bounds[3] &&
    y1 > bounds[1]
  );
}
