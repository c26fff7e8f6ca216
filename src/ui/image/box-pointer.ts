/** The pointer on the view of boxes: a drag turns, with Shift or another button it moves, two fingers pinch, a click selects. */
import type { BoxStage } from "./box-stage.ts";

/** How far a press may stray and still be a click, in CSS pixels, for a mouse and for a finger. */
const CLICK = 4;
const TAP = 8;

/** How much one notch of a mouse wheel (100 units) zooms. */
const WHEEL_ZOOM = 1.25;

interface Held {
  readonly x: number;
  readonly y: number;
}

export class OrbitPointer {
  readonly #stage: BoxStage;
  readonly #held = new Map<number, Held>();
  /** Where the press began, for as long as it may be a click. */
  #pressed: Held | undefined;
  #shifts = false;

  constructor(stage: BoxStage) {
    this.#stage = stage;
  }

  down(event: PointerEvent, element: HTMLElement): void {
    element.setPointerCapture(event.pointerId);
    this.#held.set(event.pointerId, pointOf(event));
    this.#pressed = this.#held.size === 1 && event.button === 0 ? pointOf(event) : undefined;
    this.#shifts = event.button !== 0 || event.shiftKey;
  }

  move(event: PointerEvent): void {
    const at = pointOf(event);
    const before = this.#held.get(event.pointerId);
    if (!before) {
      this.#stage.hover(at);
      return;
    }
    const slack = event.pointerType === "touch" ? TAP : CLICK;
    if (this.#pressed && distance(this.#pressed, at) <= slack) return;
    this.#pressed = undefined;
    this.#held.set(event.pointerId, at);
    const other = [...this.#held].find(([id]) => id !== event.pointerId)?.[1];
    if (other) this.#pinch(before, at, other);
    else if (this.#shifts) this.#stage.eye.shift(at.x - before.x, at.y - before.y);
    else this.#stage.eye.turn(at.x - before.x, at.y - before.y);
  }

  up(event: PointerEvent): void {
    this.#held.delete(event.pointerId);
    if (this.#pressed)
      this.#stage.click(this.#pressed, event.shiftKey || event.ctrlKey || event.metaKey);
    this.#pressed = undefined;
  }

  cancel(): void {
    this.#held.clear();
    this.#pressed = undefined;
  }

  leave(): void {
    if (this.#held.size === 0) this.#stage.hover(undefined);
  }

  wheel(event: WheelEvent): void {
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 33 : 1;
    this.#stage.eye.zoom(WHEEL_ZOOM ** ((-event.deltaY * lines) / 100), pointOf(event));
  }

  #pinch(before: Held, at: Held, other: Held): void {
    this.#stage.eye.shift((at.x - before.x) / 2, (at.y - before.y) / 2);
    const middle = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
    const apart = distance(before, other);
    if (apart > 0) this.#stage.eye.zoom(distance(at, other) / apart, middle);
  }
}

function pointOf({ offsetX, offsetY }: MouseEvent): Held {
  return { x: offsetX, y: offsetY };
}

function distance(a: Held, b: Held): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
