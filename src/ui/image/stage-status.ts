/** What the drawing tells of itself, for the parts of the page that lie around it and over it. */
import type { Hint } from "../../editor/tool-state.ts";
import type { RoiId } from "../../roi/rois.ts";
import type { CanvasPoint } from "../../scene/camera-moves.ts";
import type { DragMarks } from "./marks.ts";
import type { Under } from "./reading.ts";

export interface StageStatus {
  /** Whether pixels in view are on their way. */
  readonly busy: boolean;
  /** How many chunks in view could not be read. */
  readonly failed: number;
  /** Whether the view shows more of the image than can be drawn at once, so that only its middle is. */
  readonly isCut: boolean;
  /** World units per CSS pixel. */
  readonly worldPerPixel: number;
  /** What is under the pointer, while it is over a pane. */
  readonly under: Under | undefined;
  /** What can be done here; and why what was just asked for cannot, until the pointer finds something else to do. */
  readonly hint: Hint | undefined;
  readonly refusal: string | undefined;
  /** What lies over the drawing during a drag. */
  readonly marks: DragMarks | undefined;
  /** The ROIs that lie over each other where the last click was. */
  readonly stack: RoiStack | undefined;
}

export interface RoiStack {
  /** CSS pixels of the canvas. */
  readonly at: CanvasPoint;
  readonly ids: readonly RoiId[];
}

export const FIRST_STATUS: StageStatus = {
  busy: true,
  failed: 0,
  isCut: false,
  worldPerPixel: 1,
  under: undefined,
  hint: undefined,
  refusal: undefined,
  marks: undefined,
  stack: undefined,
};
