/** Scrolls on while a drag rests at the border of the canvas, faster the further out it is. */
import type { CanvasPoint } from "../../scene/camera-moves.ts";

/** How near the border counts, in CSS pixels, and how long the pointer has to be there first, in milliseconds. */
const MARGIN = 20;
const DELAY = 200;

/** The most CSS pixels per second. */
const SPEED = 900;

export class EdgeScroll {
  readonly #pan: (dx: number, dy: number) => void;
  #push: CanvasPoint = { x: 0, y: 0 };
  #frame = 0;
  #since = 0;
  #last = 0;

  constructor(pan: (dx: number, dy: number) => void) {
    this.#pan = pan;
  }

  /** The drag is at a point of a canvas so large. */
  at({ x, y }: CanvasPoint, { width, height }: { width: number; height: number }): void {
    this.#push = { x: pushOf(x, width), y: pushOf(y, height) };
    if (this.#push.x === 0 && this.#push.y === 0) this.stop();
    else if (this.#frame === 0) {
      this.#since = performance.now();
      this.#last = this.#since;
      this.#frame = requestAnimationFrame((now) => this.#scroll(now));
    }
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  #scroll(now: number): void {
    const by = (SPEED * Math.max(0, now - this.#last)) / 1000;
    this.#last = now;
    if (now - this.#since >= DELAY) this.#pan(this.#push.x * by, this.#push.y * by);
    // After what the pan has drawn, so that each step is drawn before the next one; unless it has ended the scrolling.
    if (this.#frame !== 0) this.#frame = requestAnimationFrame((next) => this.#scroll(next));
  }
}

/** From 1 at the lower border, where the world has to come in from there, to -1 at the upper; 0 away from both. */
function pushOf(at: number, extent: number): number {
  const low = (MARGIN - at) / MARGIN;
  const high = (at - extent + MARGIN) / MARGIN;
  if (low > 0) return Math.min(1, low);
  return high > 0 ? -Math.min(1, high) : 0;
}
