/** Two lines over a pane that cross at the place all panes look at; moved without React, as often as the camera is. */
import type { CanvasPoint } from "../../scene/camera-moves.ts";

export class Crosshair {
  readonly #down: HTMLElement;
  readonly #across: HTMLElement;

  constructor(parent: HTMLElement) {
    const line = (direction: string): HTMLElement => {
      const element = document.createElement("i");
      element.className = `crosshair ${direction}`;
      element.hidden = true;
      parent.append(element);
      return element;
    };
    this.#down = line("down");
    this.#across = line("across");
  }

  /** In CSS pixels of the pane; undefined hides it. */
  show(at: CanvasPoint | undefined): void {
    this.#down.hidden = at === undefined;
    this.#across.hidden = at === undefined;
    if (!at) return;
    this.#down.style.transform = `translateX(${at.x}px)`;
    this.#across.style.transform = `translateY(${at.y}px)`;
  }

  close(): void {
    this.#down.remove();
    this.#across.remove();
  }
}
