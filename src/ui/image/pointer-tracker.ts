/** Turns the browser's pointer events into editor events and camera moves: one finger or button edits or pans, two pinch. */
import { claimsPointer, isHolding, type Modifiers, type Pointer } from "../../editor/tool-state.ts";
import type { CanvasPoint } from "../../scene/camera-moves.ts";
import { EdgeScroll } from "./edge-scroll.ts";
import type { Ground } from "./ground.ts";
import type { Hand } from "./hand.ts";
import { PlaneWheel } from "./plane-wheel.ts";

/** The buttons among those that are held. */
const PRIMARY = 1;
const MIDDLE = 4;

/** How much one notch of a mouse wheel (100 units) zooms. */
const WHEEL_ZOOM = 1.25;

type Held = { readonly x: number; readonly y: number };

interface Keys {
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

export class PointerTracker {
  readonly #hand: Hand;
  readonly #ground: Ground;
  readonly #held = new Map<number, Held>();
  readonly #edges: EdgeScroll;
  readonly #planes = new PlaneWheel();
  /** Whether the tool was told of the press; a middle button is the camera's. */
  #pressed = false;
  #space = false;
  /** The pointer whose drag moves the camera. */
  #panning: number | undefined;

  constructor(hand: Hand, ground: Ground) {
    this.#hand = hand;
    this.#ground = ground;
    this.#edges = new EdgeScroll((dx, dy) => this.#ground.pan(dx, dy));
  }

  down(event: PointerEvent, element: HTMLElement): void {
    const at = pointOf(event);
    element.setPointerCapture(event.pointerId);
    this.#held.set(event.pointerId, at);
    if (this.#held.size > 1) {
      this.#cancelTool();
      return;
    }
    if (event.button !== 0) {
      this.#panning = event.pointerId;
      return;
    }
    this.#pressed = true;
    this.#hand.take({ kind: "down", at: this.#pointer(event) }, this.#ground);
    if (!claimsPointer(this.#hand.tool)) this.#panning = event.pointerId;
  }

  move(event: PointerEvent, element: HTMLElement): void {
    // The browser tells of a button let go as a move while another one is held.
    if (this.#pressed && event.pointerType === "mouse" && (event.buttons & PRIMARY) === 0) {
      this.#release(event);
      this.#panning = event.pointerId;
    }
    const at = pointOf(event);
    const before = this.#held.get(event.pointerId);
    if (before && this.#held.size === 2) this.#pinch(event.pointerId, before, at);
    if (before) this.#held.set(event.pointerId, at);
    if (this.#held.size > 1) return;
    const edits = before !== undefined && isHolding(this.#hand.tool);
    const pans = edits && (this.#space || (event.buttons & MIDDLE) !== 0);
    if (pans) this.#edges.stop();
    // Before the hand looks: what is under a pointer that pans stays there, and is not told anew.
    if (before && (pans || this.#panning === event.pointerId))
      this.#ground.pan(at.x - before.x, at.y - before.y);
    this.#hand.take({ kind: "move", at: this.#pointer(event) }, this.#ground);
    if (edits && this.#pressed && !pans)
      this.#edges.at(at, { width: element.clientWidth, height: element.clientHeight });
  }

  up(event: PointerEvent): void {
    this.#held.delete(event.pointerId);
    this.#edges.stop();
    if (this.#panning === event.pointerId) this.#panning = undefined;
    if (this.#held.size > 0) return;
    this.#release(event);
  }

  #release(event: PointerEvent): void {
    this.#edges.stop();
    this.#hand.take(
      { kind: this.#pressed ? "up" : "move", at: this.#pointer(event) },
      this.#ground,
    );
    this.#pressed = false;
  }

  leave(): void {
    if (this.#held.size > 0) return;
    this.#hand.take({ kind: "leave" }, this.#ground);
  }

  /** The platform took the pointer away. */
  cancel(): void {
    this.#held.clear();
    this.#pressed = false;
    this.#space = false;
    this.#panning = undefined;
    this.#cancelTool();
  }

  /** The platform gave the pointer to something else before it was let go. */
  lost(event: PointerEvent): void {
    if (this.#held.has(event.pointerId)) this.cancel();
  }

  /** Space pans for as long as it is held during a drag; whether there is one, so that the key is taken. */
  space(down: boolean): boolean {
    this.#space = down && this.#held.size > 0;
    return this.#space;
  }

  wheel(event: WheelEvent): void {
    const { tool } = this.#hand;
    // With Shift, browsers turn a wheel sideways.
    const delta = event.shiftKey ? event.deltaY || event.deltaX : event.deltaY;
    const pixels = delta * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 33 : 1);
    if (tool.kind === "drawing" && tool.by === "clicks" && !event.ctrlKey) {
      const planes = this.#planes.turn(pixels);
      if (planes !== 0) this.#ground.changePlane(planes);
      return;
    }
    this.#ground.zoom(
      pointOf(event),
      WHEEL_ZOOM ** (-pixels / 100),
      event.shiftKey ? "z" : undefined,
    );
  }

  modifiers(keys: Keys): void {
    this.#hand.take({ kind: "modifiers", modifiers: modifiersOf(keys) }, this.#ground);
  }

  #cancelTool(): void {
    this.#edges.stop();
    this.#panning = undefined;
    this.#hand.take({ kind: "cancel" }, this.#ground);
  }

  #pinch(id: number, before: Held, at: Held): void {
    const other = [...this.#held].find(([held]) => held !== id)?.[1];
    if (!other) return;
    const distance = (point: Held): number => Math.hypot(point.x - other.x, point.y - other.y);
    const middle = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
    this.#ground.pan((at.x - before.x) / 2, (at.y - before.y) / 2);
    if (distance(before) > 0) this.#ground.zoom(middle, distance(at) / distance(before));
  }

  #pointer(event: PointerEvent): Pointer {
    const screen = pointOf(event);
    const touch = event.pointerType === "touch";
    return { screen, world: this.#ground.world(screen), modifiers: modifiersOf(event), touch };
  }
}

function pointOf({ offsetX, offsetY }: MouseEvent): CanvasPoint {
  return { x: offsetX, y: offsetY };
}

function modifiersOf({ shiftKey, ctrlKey, metaKey, altKey }: Keys): Modifiers {
  return { shift: shiftKey, ctrl: ctrlKey || metaKey, alt: altKey };
}
