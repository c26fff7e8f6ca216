/** A pane as the hand meets it: what of the world lies where in it. */
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
  look(): Pick<ToolContext, "pane" | "plane">;
  /** Sets the CSS cursor over it. */
  setCursor(cursor: string): void;
}
