/** Turns the browser's pointer events into editor events and camera moves: one finger or button edits or pans, two pinch. */
import {
  claimsPointer,
  type EditorEvent,
  type Modifiers,
  type Pointer,
  type ToolState,
} from "../../editor/tool-state.ts";
import type { CanvasPoint } from "../../scene/camera-moves.ts";
import { EdgeScroll } from "./edge-scroll.ts";
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

/** What a hand moves: the drawing, or a pane beside it. */
export interface Grip {
  readonly tool: ToolState;
  hand(event: EditorEvent): void;
  world(at: CanvasPoint): CanvasPoint;
  /** Moves the camera by so many pixels, or zooms it about a point of the canvas. */
  pan(dx: number, dy: number): void;
  zoom(at: CanvasPoint, factor: number): void;
  changePlane(by: number): void;
  /** Reads the pixels under a point of the canvas; undefined where the pointer has left it. */
  probe(at: CanvasPoint | undefined): void;
}

export class PointerTracker {
  readonly #stage: Grip;
  readonly #held = new Map<number, Held>();
  readonly #edges: EdgeScroll;
  readonly #planes = new PlaneWheel();
  /** Whether the tool was told of the press; a middle button is the camera's. */
  #pressed = false;
  #space = false;
  /** The pointer whose drag moves the camera. */
  #panning: number | undefined;

  constructor(stage: Grip) {
    this.#stage = stage;
    this.#edges = new EdgeScroll((dx, dy) => this.#stage.pan(dx, dy));
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
    this.#stage.hand({ kind: "down", at: this.#pointer(event) });
    if (!claimsPointer(this.#stage.tool)) this.#panning = event.pointerId;
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
    const edits = before !== undefined && "edit" in this.#stage.tool;
    if (edits && (this.#space || (event.buttons & MIDDLE) !== 0)) {
      this.#edges.stop();
      this.#stage.pan(at.x - before.x, at.y - before.y);
      this.#stage.hand({ kind: "move", at: this.#pointer(event) });
      return;
    }
    this.#stage.hand({ kind: "move", at: this.#pointer(event) });
    if (before && this.#panning === event.pointerId)
      this.#stage.pan(at.x - before.x, at.y - before.y);
    if (edits && this.#pressed)
      this.#edges.at(at, { width: element.clientWidth, height: element.clientHeight });
    this.#stage.probe(at);
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
    this.#stage.hand({ kind: this.#pressed ? "up" : "move", at: this.#pointer(event) });
    this.#pressed = false;
  }

  leave(): void {
    if (this.#held.size > 0) return;
    this.#stage.hand({ kind: "leave" });
    this.#stage.probe(undefined);
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
    const { tool } = this.#stage;
    const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 33 : 1);
    if (tool.kind === "drawing" && tool.by === "clicks" && !event.ctrlKey) {
      const planes = this.#planes.turn(pixels);
      if (planes !== 0) this.#stage.changePlane(planes);
      return;
    }
    this.#stage.zoom(pointOf(event), WHEEL_ZOOM ** (-pixels / 100));
  }

  modifiers(keys: Keys): void {
    this.#stage.hand({ kind: "modifiers", modifiers: modifiersOf(keys) });
  }

  #cancelTool(): void {
    this.#edges.stop();
    this.#panning = undefined;
    this.#stage.hand({ kind: "cancel" });
  }

  #pinch(id: number, before: Held, at: Held): void {
    const other = [...this.#held].find(([held]) => held !== id)?.[1];
    if (!other) return;
    const distance = (point: Held): number => Math.hypot(point.x - other.x, point.y - other.y);
    const middle = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
    this.#stage.pan((at.x - before.x) / 2, (at.y - before.y) / 2);
    if (distance(before) > 0) this.#stage.zoom(middle, distance(at) / distance(before));
  }

  #pointer(event: PointerEvent): Pointer {
    const screen = pointOf(event);
    const touch = event.pointerType === "touch";
    return { screen, world: this.#stage.world(screen), modifiers: modifiersOf(event), touch };
  }
}

function pointOf({ offsetX, offsetY }: MouseEvent): CanvasPoint {
  return { x: offsetX, y: offsetY };
}

function modifiersOf({ shiftKey, ctrlKey, metaKey, altKey }: Keys): Modifiers {
  return { shift: shiftKey, ctrl: ctrlKey || metaKey, alt: altKey };
}
