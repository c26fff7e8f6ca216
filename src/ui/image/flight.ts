/** A camera on its way to where it was told to go; who wants less motion is there at once. */

/** How long it takes, in milliseconds. */
const FLIGHT_MS = 180;

export class Flight<Camera> {
  readonly #between: (from: Camera, to: Camera, place: number) => Camera;
  #way: { readonly from: Camera; readonly to: Camera; readonly since: number } | undefined;

  /** @param between the camera at a place of the way, from 0 to 1 */
  constructor(between: (from: Camera, to: Camera, place: number) => Camera) {
    this.#between = between;
  }

  start(from: Camera, to: Camera): void {
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#way = { from, to, since: isStill ? Number.NEGATIVE_INFINITY : performance.now() };
  }

  /** Where the camera is on its way to. */
  get goal(): Camera | undefined {
    return this.#way?.to;
  }

  stop(): void {
    this.#way = undefined;
  }

  /** Where the camera is now; undefined where it is not on its way. */
  now(): Camera | undefined {
    if (!this.#way) return undefined;
    const { from, to, since } = this.#way;
    const place = Math.min(1, Math.max(0, performance.now() - since) / FLIGHT_MS);
    if (place < 1) return this.#between(from, to, 1 - (1 - place) ** 3);
    this.#way = undefined;
    return to;
  }
}
