/** Two lines over a pane that cross at the place all panes look at, with a gap there and over the selected ROI. */
import { spans } from "../../editor/plane.ts";
import { onlyOf } from "../../editor/selection.ts";
import type { CanvasPoint } from "../../scene/camera-moves.ts";
import { type ShownRois, shownAt } from "../../scene/roi-rows.ts";
import type { Ground } from "./ground.ts";

/** How far the lines stay away from where they would cross, in CSS pixels. */
const GAP = 10;

/** An ROI that takes more of the pane than this would leave nothing of them. */
const MOST = 0.7;

/** CSS pixels of the pane. */
interface Hole {
  readonly min: CanvasPoint;
  readonly max: CanvasPoint;
}

/** Moved without React, as often as the camera is. */
export class Crosshair {
  readonly #lines: readonly HTMLElement[];

  constructor(parent: HTMLElement) {
    this.#lines = ["up", "down", "left", "right"].map((way) => {
      const line = document.createElement("i");
      line.className = `crosshair ${way}`;
      line.hidden = true;
      parent.append(line);
      return line;
    });
  }

  /** @param place where it is, in the pane's axes; undefined hides it */
  show(ground: Ground, place: CanvasPoint | undefined, shown: ShownRois): void {
    if (!place) {
      for (const line of this.#lines) if (!line.hidden) line.hidden = true;
      return;
    }
    const at = ground.canvas(place);
    const { width, height } = ground.size;
    const { min, max } = holeAt(at, selectedIn(ground, shown));
    const ways = [
      [at.x, 0, 1, min.y],
      [at.x, max.y, 1, height - max.y],
      [0, at.y, min.x, 1],
      [max.x, at.y, width - max.x, 1],
    ] as const;
    for (const [i, [x, y, wide, high]] of ways.entries()) {
      const line = this.#lines[i];
      if (!line) continue;
      line.hidden = wide <= 0 || high <= 0;
      Object.assign(line.style, {
        transform: `translate(${x}px, ${y}px)`,
        width: `${wide}px`,
        height: `${high}px`,
      });
    }
  }

  close(): void {
    for (const line of this.#lines) line.remove();
  }
}

/** Where the selected ROI is, if the pane's slice cuts it and it leaves room for the lines around it. */
function selectedIn(ground: Ground, shown: ShownRois): Hole | undefined {
  const id = onlyOf(shown.selection);
  const box = id === undefined ? undefined : shownAt(shown, id)?.box;
  const { pane, plane } = ground.look();
  const { across, down, through } = pane;
  if (!box || !spans(plane, box.min[through], box.max[through])) return undefined;
  const min = ground.canvas({ x: box.min[across], y: box.min[down] });
  const max = ground.canvas({ x: box.max[across], y: box.max[down] });
  const { width, height } = ground.size;
  const isSmall = max.x - min.x < MOST * width && max.y - min.y < MOST * height;
  return isSmall ? { min, max } : undefined;
}

/** What stays free of lines that cross at a point: a little around it, and the ROI as far as a line goes through it. */
function holeAt({ x, y }: CanvasPoint, roi: Hole | undefined): Hole {
  const near = { min: { x: x - GAP, y: y - GAP }, max: { x: x + GAP, y: y + GAP } };
  if (!roi || x < roi.min.x || x > roi.max.x || y < roi.min.y || y > roi.max.y) return near;
  return {
    min: { x: Math.min(near.min.x, roi.min.x), y: Math.min(near.min.y, roi.min.y) },
    max: { x: Math.max(near.max.x, roi.max.x), y: Math.max(near.max.y, roi.max.y) },
  };
}
