/** A pane as the hand meets it: what of the world lies where in it, and how it is moved. */
import type { ToolContext } from "../../editor/tool-state.ts";
import type { CanvasSize } from "../../scene/camera.ts";
import type { CanvasPoint } from "../../scene/camera-moves.ts";

export interface Ground {
  readonly name: "xy" | "xz" | "yz";
  readonly size: CanvasSize;
  /** The world point, in the pane's axes, under one of its canvas, and the other way round. */
  world(at: CanvasPoint): CanvasPoint;
  canvas(at: CanvasPoint): CanvasPoint;
  /** What the editor has to know of it. */
  look(): Pick<ToolContext, "pane" | "plane" | "pixelsPerUnit">;
  /** Sets the CSS cursor over it. */
  setCursor(cursor: string): void;
  /** Moves the camera by so many pixels. */
  pan(dx: number, dy: number): void;
  /** Zooms by a factor about a point of the canvas; `along` z alone, in a pane that shows z. */
  zoom(at: CanvasPoint, factor: number, along?: "z"): void;
  /** Shows the plane so many further up the stack, or the last there is. */
  changePlane(by: number): void;
}
