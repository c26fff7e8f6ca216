/** Planes out of a wheel: a notch of a mouse is one plane, and a trackpad's many small steps add up to one. */

/** Pixels that no step of a trackpad has and every notch of a mouse. */
const NOTCH = 50;

/** Pixels of small steps that make a plane. */
const STEPS = 40;

export class PlaneWheel {
  #turned = 0;

  /** @param pixels the event's `deltaY` @returns planes up the stack */
  turn(pixels: number): -1 | 0 | 1 {
    if (Math.abs(pixels) >= NOTCH) {
      this.#turned = 0;
      return pixels > 0 ? -1 : 1;
    }
    // A finger that turns back does not first take back what it went too far.
    if (Math.sign(pixels) !== Math.sign(this.#turned)) this.#turned = 0;
    this.#turned += pixels;
    if (Math.abs(this.#turned) < STEPS) return 0;
    const down = this.#turned > 0;
    this.#turned -= down ? STEPS : -STEPS;
    return down ? -1 : 1;
  }
}
