/** What of very many ROIs is drawn one by one and what as a density picture; knows no GPU. */
import { type Plane, spans } from "../editor/plane.ts";
import { NONE_SELECTED } from "../editor/selection.ts";
import { eachIn } from "../roi/places.ts";
import { type RoiDiff, type RoiId, type Rois, roiAt } from "../roi/rois.ts";
import { INVALID_COLOR, PLAIN_COLOR } from "./palette.ts";
import type { Rect } from "./rect.ts";
import { type DensityLook, type DensityTile, DensityTiles } from "./roi-density-tiles.ts";
import { changedRows, isInPart, isLeftOut, type ShownRois } from "./roi-rows.ts";

/** A frame draws no more boxes than this one by one. */
export const MOST_BOXES = 5000;

/** Of them so many for their size, and so many because they are selected, invalid or in a hand; the rest is spare. */
const MOST_LARGE = 3500;
const MOST_MARKED = 1000;

/** The longer side, in pixels of the screen, from which a box is drawn as one; there may be more in view than MOST_LARGE. */
const LEAST_PIXELS = 3;

/** Rows of the density picture that a frame has time for. */
const ROWS_PER_FRAME = 40_000;

/** How long a frame paints, in milliseconds, while there is no picture yet: nothing else moves then. */
const FIRST_MS = 30;

/** What is looked at beyond what is in view, in parts of its width and height, so that panning finds it ready. */
const PADDING = 0.25;

const DIMMED = 0.35;
const SELECTED_COLOR = 0xf0e442;

export interface OutlinesView {
  /** What of the world is in view. */
  readonly bounds: Rect;
  /** Two to it are the CSS pixels of a world unit. */
  readonly zoom: number;
  readonly plane: Plane;
}

export interface Outlines {
  /** Drawn one by one; the same array until others are. */
  readonly ids: readonly RoiId[];
  readonly tiles: readonly DensityTile[];
  /** Whether there is more to paint: look again at the next frame. */
  readonly pending: boolean;
}

export class RoiOutlines {
  #shown: ShownRois | undefined;
  #plane: Plane | undefined;
  #region: Rect | undefined;
  #level = 0;
  #below = 0;
  #pickedBelow = Number.NaN;
  #ids: readonly RoiId[] = [];
  #density = new DensityTiles();

  /** What is to be drawn of `shown` now, after a frame's part of painting; a picture is seen once it is whole. */
  look(shown: ShownRois, view: OutlinesView): Outlines {
    const { rois } = shown;
    let pick = rois !== this.#shown?.rois || shown.part?.ids !== this.#shown.part?.ids;
    this.#follow(shown, view.plane);
    const level = Math.round(view.zoom);
    if (!this.#region || level !== this.#level || !holds(this.#region, view.bounds)) {
      this.#region = padded(view.bounds);
      this.#level = level;
      this.#below = leastSide(rois, this.#region, LEAST_PIXELS * 2 ** -level);
      this.#density.look({ level, below: this.#below }, this.#region);
      pick = true;
    }
    const look = lookOf(shown, view.plane);
    const end = performance.now() + FIRST_MS;
    do this.#density.work(ROWS_PER_FRAME, rois, look);
    while (!this.#density.scale && this.#density.pending && performance.now() < end);
    const below = this.#density.scale?.below ?? this.#below;
    if (pick || below !== this.#pickedBelow) {
      const ids = this.#pick(shown, this.#region, below);
      if (!sameIds(ids, this.#ids)) this.#ids = ids;
      this.#pickedBelow = below;
    }
    return { ids: this.#ids, tiles: this.#density.tiles, pending: this.#density.pending };
  }

  /** Rows looked at for the density picture so far. */
  get rowsVisited(): number {
    return this.#density.rowsVisited;
  }

  /** Takes in what has changed. */
  #follow(shown: ShownRois, plane: Plane): void {
    const [before, planeBefore] = [this.#shown, this.#plane];
    this.#shown = shown;
    this.#plane = plane;
    if (before === undefined || before.rois.base !== shown.rois.base) {
      this.#region = undefined;
      this.#density = new DensityTiles();
      return;
    }
    if (planeBefore?.min !== plane.min || planeBefore.max !== plane.max) this.#density.spoil("all");
    if (before === shown) return;
    if (before.preview !== shown.preview) this.#density.spoil(this.#taken(before, shown));
    const changed = changedRows(painted(before), painted(shown));
    if (changed === "all") this.#density.spoil("all");
    else this.#density.spoil([...rectsOf(before, changed), ...rectsOf(shown, changed)]);
  }

  /** Where painted boxes lie that a hand takes up or lets go: they are not painted while it has them. */
  #taken(before: ShownRois, shown: ShownRois): Rect[] {
    const [held, holds] = [handOf(before), handOf(shown)];
    const taken = [...held.keys()].filter((id) => !holds.has(id));
    for (const id of holds.keys()) if (!held.has(id)) taken.push(id);
    return rectsOf(shown, new Set(taken)).filter(
      ([x0, y0, x1, y1]) => Math.max(x1 - x0, y1 - y0) < this.#below,
    );
  }

  #pick(shown: ShownRois, region: Rect, below: number): RoiId[] {
    const ids = new Set<RoiId>();
    const { invalid, selection } = shown;
    // Of very many that are marked the small ones are a picture: a part of them drawn over it would say that it is another.
    const few = [invalid, selection].filter(({ size }) => size <= MOST_MARKED);
    for (const marked of [shown.preview ?? NOTHING, ...few])
      for (const id of marked.keys()) {
        if (ids.size >= MOST_MARKED) break;
        if (shown.preview?.has(id) || isIn(shown, id, region)) ids.add(id);
      }
    const most = ids.size + MOST_LARGE;
    // Hidden ones too, which may be shown again without another look around.
    eachIn(shown.rois, region, below, (id) => {
      if (ids.size < most && isInPart(shown, id)) ids.add(id);
    });
    return [...ids].sort((a, b) => a - b);
  }
}

const NOTHING: RoiDiff = new Map();

/** What a hand has, drawn one by one; of very many the most are not, and stay in the picture. */
function handOf({ preview = NOTHING }: ShownRois): RoiDiff {
  return preview.size > MOST_MARKED ? NOTHING : preview;
}

/** What the density picture follows from besides a hand: not from marks that few ROIs carry. */
function painted(shown: ShownRois): ShownRois {
  const few = (marks: ReadonlySet<RoiId>) => (marks.size > MOST_MARKED ? marks : NONE_SELECTED);
  return {
    ...shown,
    preview: undefined,
    selection: few(shown.selection),
    invalid: few(shown.invalid),
  };
}

function lookOf(shown: ShownRois, plane: Plane): DensityLook {
  const { discarded, colors } = shown;
  const hand = handOf(shown);
  const { selection: manySelected, invalid: manyInvalid } = painted(shown);
  const marked = manySelected.size + manyInvalid.size > 0;
  const plain = (id: RoiId): number => {
    const color = colors?.at(id) ?? PLAIN_COLOR;
    return color >= 0 ? color : PLAIN_COLOR;
  };
  return {
    color: !marked
      ? plain
      : (id) =>
          manySelected.has(id) ? SELECTED_COLOR : manyInvalid.has(id) ? INVALID_COLOR : plain(id),
    weight: (id, z0, z1) => {
      if (isLeftOut(shown, id) || hand.has(id)) return 0;
      return spans(plane, z0, z1) && !discarded?.has(id) ? 1 : DIMMED;
    },
  };
}

/** The least longer side, in world units and no less than `least`, of which there are few enough to be drawn. */
function leastSide(rois: Rois, region: Rect, least: number): number {
  const counts = new Uint32Array(STEPS);
  eachIn(rois, region, least, (_, x0, y0, x1, y1) => {
    const step = Math.floor(STEPS_PER_DOUBLING * Math.log2(Math.max(x1 - x0, y1 - y0) / least));
    const at = Math.min(STEPS - 1, Math.max(0, step));
    counts[at] = (counts[at] ?? 0) + 1;
  });
  let step = STEPS;
  for (let sum = 0; step > 0; step--) {
    sum += counts[step - 1] ?? 0;
    if (sum > MOST_LARGE) break;
  }
  return least * 2 ** (step / STEPS_PER_DOUBLING);
}

const STEPS = 64;
const STEPS_PER_DOUBLING = 2;

function rectsOf({ rois }: ShownRois, ids: ReadonlySet<RoiId>): Rect[] {
  return [...ids].flatMap((id) => {
    const box = roiAt(rois, id)?.box;
    return box ? [[box.min[2], box.min[1], box.max[2], box.max[1]] as const] : [];
  });
}

function sameIds(a: readonly RoiId[], b: readonly RoiId[]): boolean {
  return a.length === b.length && a.every((id, i) => id === b[i]);
}

function isIn({ rois }: ShownRois, id: RoiId, [minX, minY, maxX, maxY]: Rect): boolean {
  const box = roiAt(rois, id)?.box;
  if (box === undefined) return false;
  return box.max[2] >= minX && box.min[2] <= maxX && box.max[1] >= minY && box.min[1] <= maxY;
}

function holds(rect: Rect, other: Rect): boolean {
  return other[0] >= rect[0] && other[1] >= rect[1] && other[2] <= rect[2] && other[3] <= rect[3];
}

function padded([x0, y0, x1, y1]: Rect): Rect {
  const [x, y] = [PADDING * (x1 - x0), PADDING * (y1 - y0)];
  return [x0 - x, y0 - y, x1 + x, y1 + y];
}
