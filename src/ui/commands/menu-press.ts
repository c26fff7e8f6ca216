/** Tells a press that asks for a menu: the right button without a drag, a finger that rests, on macOS a click with Ctrl. */

/** How long a finger rests, in milliseconds, and how far it or the mouse may stray, in CSS pixels. */
const REST = 500;
const REACH = 8;

const RIGHT = 2;

export class MenuPress {
  readonly #onMenu: (event: PointerEvent) => void;
  #pressed: PointerEvent | undefined;
  /** A press of the left button with Ctrl: of a menu only where the browser says so. */
  #withCtrl: PointerEvent | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onMenu: (event: PointerEvent) => void) {
    this.#onMenu = onMenu;
  }

  down(event: PointerEvent): void {
    // A second finger pinches.
    const second = this.#pressed !== undefined;
    this.cancel();
    if (second) return;
    if (event.pointerType === "touch") this.#timer = setTimeout(() => this.#open(event), REST);
    else if (event.button !== RIGHT) {
      this.#withCtrl = event.ctrlKey ? event : undefined;
      return;
    }
    this.#pressed = event;
  }

  /** The browser would open its own menu. */
  asked(): void {
    if (this.#withCtrl) this.#open(this.#withCtrl);
  }

  move({ clientX, clientY }: PointerEvent): void {
    const from = this.#pressed;
    if (from && Math.hypot(clientX - from.clientX, clientY - from.clientY) > REACH) this.cancel();
  }

  up(event: PointerEvent): void {
    if (this.#pressed && event.pointerType !== "touch") this.#open(event);
    else this.cancel();
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#pressed = undefined;
    this.#withCtrl = undefined;
  }

  #open(event: PointerEvent): void {
    this.cancel();
    this.#onMenu(event);
  }
}
