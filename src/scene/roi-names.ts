/** Which ROI names are written on the image: in view, with room in their box, none over another, and not too many. */
import { type Plane, spans } from "../editor/plane.ts";
import type { Selection } from "../editor/selection.ts";
import { eachIn } from "../roi/places.ts";
import { type Roi, type RoiDiff, type RoiId, type Rois, roiAt } from "../roi/rois.ts";
import { type Rect, rectsOverlap } from "./rect.ts";

export interface NameTag {
  readonly id: RoiId;
  readonly text: string;
  /** The box's upper left corner, in world units, and its lower right one. */
  readonly x: number;
  readonly y: number;
  readonly right: number;
  readonly bottom: number;
}

export interface NameView {
  readonly plane: Plane;
  readonly pixelsPerUnit: number;
  /** The part of the world that names are wanted for. */
  readonly bounds: Rect;
  /** ROIs under a hand carry no name, so that a drag makes no text anew. */
  readonly preview: RoiDiff | undefined;
  /** ROIs that are not to be seen. */
  readonly hidden?: ReadonlySet<RoiId> | undefined;
  /** These come first, and are named even where their box has no room. */
  readonly selection: Selection;
  readonly hovered: RoiId | undefined;
}

/** More than this are noise, and cost time to set. */
const MOST = 240;

/** Of more than this, the smaller are not even tried. */
const MOST_TRIED = 1200;

/** A larger selection is named as all others are. */
const MOST_SELECTED = 60;

/** About what a character takes at the size names have, in CSS pixels, and what room is kept around the text. */
const CHARACTER = 7;
const MARGIN = 12;
const LEAST_HEIGHT = 22;
const TEXT_HEIGHT = 17;

/**
 * The names to write, by id. Of two that would lie on each other the first stays: the one under the pointer, selected
 * ones, then larger boxes, then those earlier in the table. What is written where does not follow from how the view is
 * moved, so names stay while it is.
 */
export function namesIn(rois: Rois, view: NameView): NameTag[] {
  const tags: NameTag[] = [];
  const taken: Rect[] = [];
  const tried = new Set<RoiId>();
  const put = (id: RoiId, isFirst: boolean): void => {
    if (tried.has(id) || tags.length >= MOST) return;
    tried.add(id);
    const roi = view.preview?.has(id) || view.hidden?.has(id) ? undefined : roiAt(rois, id);
    if (roi === undefined || !isIn(view, roi)) return;
    const { min, max } = roi.box;
    const tag: NameTag = {
      id,
      text: roi.name,
      x: min[2],
      y: min[1],
      right: max[2],
      bottom: max[1],
    };
    if (!isFirst && !hasRoom(tag, view.pixelsPerUnit)) return;
    const place = textPlace(tag, view.pixelsPerUnit);
    if (taken.some((other) => rectsOverlap(place, other))) return;
    taken.push(place);
    tags.push(tag);
  };
  if (view.hovered !== undefined) put(view.hovered, true);
  if (view.selection.size <= MOST_SELECTED) for (const id of view.selection) put(id, true);
  for (const id of largest(rois, view)) put(id, false);
  return tags.sort((a, b) => a.id - b.id);
}

const SHOWN = ["text", "x", "y", "right", "bottom"] as const;

/** Whether two lists write the same, so that text need not be set anew. */
export function sameNames(a: readonly NameTag[], b: readonly NameTag[]): boolean {
  return (
    a.length === b.length &&
    a.every((tag, i) => {
      const other = b[i];
      return other !== undefined && SHOWN.every((key) => other[key] === tag[key]);
    })
  );
}

/** The ROIs in view that may have room for a name, the largest first; halves of a size are told apart, no less. */
function largest(rois: Rois, { bounds, pixelsPerUnit }: NameView): RoiId[] {
  const bySize = new Map<number, RoiId[]>();
  const least = LEAST_HEIGHT / pixelsPerUnit;
  eachIn(rois, bounds, least, (id, x0, y0, x1, y1) => {
    if (y1 - y0 < least) return;
    const size = Math.round(2 * Math.log2((x1 - x0) * (y1 - y0)));
    const same = bySize.get(size);
    if (same) same.push(id);
    else bySize.set(size, [id]);
  });
  const ids: RoiId[] = [];
  for (const [, same] of [...bySize].sort(([a], [b]) => b - a)) {
    if (ids.length >= MOST_TRIED) break;
    ids.push(...same.sort((a, b) => a - b).slice(0, MOST_TRIED - ids.length));
  }
  return ids;
}

/** Where a name is written, in CSS pixels from the world's origin. */
export function textPlace({ text, ...at }: NameTag, pixelsPerUnit: number): Rect {
  const [x, y] = [at.x * pixelsPerUnit, at.y * pixelsPerUnit];
  return [x, y, x + text.length * CHARACTER + MARGIN, y + TEXT_HEIGHT];
}

/** Whether a box has room for its name. */
export function hasRoom({ text, x, y, right, bottom }: NameTag, pixelsPerUnit: number): boolean {
  const [width, height] = [(right - x) * pixelsPerUnit, (bottom - y) * pixelsPerUnit];
  return height >= LEAST_HEIGHT && width - MARGIN >= text.length * CHARACTER;
}

function isIn({ bounds, plane }: NameView, { box: { min, max } }: Roi): boolean {
  return spans(plane, min[0], max[0]) && rectsOverlap(bounds, [min[2], min[1], max[2], max[1]]);
}
