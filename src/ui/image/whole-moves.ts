/** What a hand moves a view by, made whole pixels of the device: those leave what is drawn as it is, but for its place. */
import type { CanvasPoint } from "../../scene/camera-moves.ts";

export class WholeMoves {
  #left: CanvasPoint = { x: 0, y: 0 };

  /** How far to move now, in CSS pixels; the rest of a pixel is for the next time. */
  of(dx: number, dy: number): CanvasPoint {
    const [x, y] = [this.#left.x + dx, this.#left.y + dy];
    const whole = { x: wholePixels(x), y: wholePixels(y) };
    this.#left = { x: x - whole.x, y: y - whole.y };
    return whole;
  }
}

function wholePixels(length: number): number {
  return Math.round(length * devicePixelRatio) / devicePixelRatio;
}
