/** The words of the tool machine: what comes in, what it knows, the states it is in, and what it asks for. */
import type { Box, Zyx } from "../geometry/box.ts";
import type { PixelGrid } from "../geometry/pixel-grid.ts";
import type { Roi, RoiDiff, RoiId, Rois } from "../roi/rois.ts";
import type { Part, Point } from "./box-edit.ts";
import type { Edit } from "./edit.ts";
import type { Hit, Probe } from "./hit-test.ts";
import type { InView, Neighbors } from "./magnets.ts";
import type { Pane } from "./pane.ts";
import type { Plane } from "./plane.ts";
import type { Selection } from "./selection.ts";
import type { Snap } from "./snap.ts";

export type Tool = "select" | "draw";

export interface Modifiers {
  /** Adds to the selection, also what a drag goes around; keeps a corner's aspect; keeps the draw tool after a box was drawn. */
  readonly shift: boolean;
  /** Ctrl or Command; adds to the selection; in a drag it suspends snapping. */
  readonly ctrl: boolean;
  /** Suspends snapping for as long as it is held. */
  readonly alt: boolean;
}

/** Where the pointer is. A viewer unprojects with the view the gesture began in, also when the pointer leaves it. */
export interface Pointer {
  /** CSS pixels. */
  readonly screen: Point;
  /** World units. */
  readonly world: Point;
  readonly modifiers: Modifiers;
  /** A finger, which strays further than a mouse. */
  readonly touch?: boolean;
}

export type EditorEvent =
  /** The primary button; others are the camera's. */
  | { readonly kind: "down" | "move" | "up"; readonly at: Pointer }
  | { readonly kind: "modifiers"; readonly modifiers: Modifiers }
  /** The pointer left the canvas. */
  | { readonly kind: "leave" }
  | { readonly kind: "escape" }
  /** The platform took the pointer away, the window lost focus, or another command comes in between. */
  | { readonly kind: "cancel" };

/** What an event is judged against. */
export interface ToolContext {
  readonly rois: Rois;
  readonly selection: Selection;
  /** ROIs that are not there for the pointer, and those that it can select and not change. */
  readonly hidden?: ReadonlySet<RoiId> | undefined;
  readonly locked?: ReadonlySet<RoiId> | undefined;
  /** The ROI of the object whose pixel is under the pointer. */
  readonly object?: RoiId | undefined;
  readonly tool: Tool;
  /** Of the working level: what snaps, what is one voxel, where the image ends. */
  readonly grid: PixelGrid;
  /** The pane that the pointer is over, and the slab of the axis it looks along that it shows. */
  readonly pane: Pane;
  readonly plane: Plane;
  readonly pixelsPerUnit: number;
  /** Voxels of a chunk of the working level, z y x; an edge is drawn to its borders. */
  readonly chunk: Zyx;
  /** What the view shows: ROIs in it attract the edges of others. */
  readonly inView: InView;
  /** The z range that a new ROI gets, in world units. */
  readonly depth: Plane;
  /** The axis unit as people read it: "µm". */
  readonly unit: string;
  /** Whether panes beside the main one show what the crosshair is at, so that a click moves it. */
  readonly hasCrosshair?: boolean;
}

/** What a drag from a place would do. */
export type Drag =
  | { readonly kind: "pan" }
  /** The crosshair follows, in a pane beside the main one. */
  | { readonly kind: "look" }
  /** A rectangle selects what lies whole in it. */
  | { readonly kind: "select" }
  | { readonly kind: "draw" }
  | { readonly kind: "move"; readonly id: RoiId }
  | { readonly kind: "resize"; readonly id: RoiId; readonly part: Part };

/** What the pointer is over. */
export interface Over {
  /** What a click would select. */
  readonly hit: Hit | undefined;
  readonly drag: Drag;
  /** Whether a click would select what is hit, or what lies below it. */
  readonly click?: "select" | "below" | undefined;
}

/** What every gesture that edits remembers from its beginning, so that each move starts from there. */
interface Gesture {
  readonly rois: Rois;
  readonly start: Pointer;
  readonly at: Pointer;
  readonly over: Over;
  /** The ROIs that are dragged, which do not attract each other. */
  readonly dragged: ReadonlySet<RoiId>;
  /** What else is in view, found when the view last changed; undefined before the first move. */
  readonly neighbors: Neighbors | undefined;
  /** What a release would commit; undefined while nothing is changed. */
  readonly edit: Edit | undefined;
}

export interface Idle {
  readonly kind: "idle";
  readonly over: Over | undefined;
  /** Where the pointer was last; undefined before it came. */
  readonly at: Pointer | undefined;
  /** Screen position of the last click, for the next one to go deeper. */
  readonly clicked: Point | undefined;
}
export interface Pressing {
  readonly kind: "pressing";
  readonly at: Pointer;
  readonly over: Over;
  readonly clicked: Point | undefined;
}
/** The camera has the pointer. */
interface Panning {
  readonly kind: "panning";
}
/** The crosshair has the pointer. */
interface Looking {
  readonly kind: "looking";
}
/** A rectangle is drawn around ROIs. */
export interface Selecting {
  readonly kind: "selecting";
  readonly start: Pointer;
  readonly at: Pointer;
}
export interface Drawing extends Gesture {
  readonly kind: "drawing";
  /** From corner to corner with the button down, or by a click on each. */
  readonly by: "drag" | "clicks";
  /** The plane of the first corner, and the z range it gets where the second is on the same one. */
  readonly from: Plane;
  readonly depth: Plane;
  /** The new ROI but for its box. */
  readonly roi: Roi;
}
export interface Moving extends Gesture {
  readonly kind: "moving";
  readonly selection: Selection;
  readonly ids: readonly RoiId[];
  /** What holds all of them. */
  readonly hull: Box<"world">;
  readonly grabbed: Box<"world">;
}
export interface Resizing extends Gesture {
  readonly kind: "resizing";
  readonly id: RoiId;
  readonly box: Box<"world">;
  readonly part: Part;
}

/** The gestures that edit. */
export type Editing = Drawing | Moving | Resizing;

export type ToolState = Idle | Pressing | Panning | Looking | Selecting | Editing;

export type Effect =
  /** Show the ROIs with this change, which is not recorded; undefined ends it. */
  | { readonly kind: "preview"; readonly diff: RoiDiff | undefined }
  /** Record this edit as one step. */
  | { readonly kind: "commit"; readonly edit: Edit }
  | {
      readonly kind: "select";
      readonly selection: Selection;
      /** All ROIs under the click, in the order in which clicks there go through them. */
      readonly among?: readonly RoiId[];
    }
  | { readonly kind: "tool"; readonly tool: Tool }
  | { readonly kind: "hover"; readonly id: RoiId | undefined }
  /** Put the crosshair here, a point of the pane. */
  | { readonly kind: "look"; readonly at: Point };

/** What the status line says: how things stand, and what each key and gesture does now. */
export interface Hint {
  /** The size of what is drawn, or why nothing can be done; may be empty. */
  readonly says: string;
  readonly keys: readonly KeyHint[];
}

/** A key by its name, any of several, or by the command it is bound to. */
export type KeyHint = (
  | { readonly keys: readonly string[] }
  | { readonly command: "escape" | "plane-up" | "plane-down" }
) & {
  readonly does: string;
  /** Whether it is held, and does it now. */
  readonly on?: boolean | undefined;
};

export interface Transition {
  readonly state: ToolState;
  readonly effects: readonly Effect[];
}

export function sameModifiers(a: Modifiers, b: Modifiers): boolean {
  return a.shift === b.shift && a.ctrl === b.ctrl && a.alt === b.alt;
}

export const IDLE: Idle = { kind: "idle", over: undefined, at: undefined, clicked: undefined };

/** What a gesture knows when the press it begins with becomes a drag, or the first of two clicks. */
export function gestureFrom(
  { at, over }: Pressing,
  rois: Rois,
  dragged: readonly RoiId[],
): Gesture {
  const fresh = { neighbors: undefined, edit: undefined };
  return { rois, start: at, at, over, dragged: new Set(dragged), ...fresh };
}

/** How far a press may stray, in CSS pixels, and still be a click or a tap. */
const CLICK_REACH = 4;
const TAP_REACH = 8;

export function isClickAway(a: Point, b: Point, touch = false): boolean {
  return Math.hypot(a.x - b.x, a.y - b.y) < (touch ? TAP_REACH : CLICK_REACH);
}

export function snapOf({ modifiers }: Pointer): Snap {
  return modifiers.alt || modifiers.ctrl ? "free" : "voxels";
}

export function probeOf(
  { plane, pane, pixelsPerUnit, hidden, object }: ToolContext,
  { world }: Pointer,
): Probe {
  return { point: world, plane, pane, pixelsPerUnit, hidden, object };
}

/** The pointer's new place in a gesture: where it went, or what is held now. */
export function pointerAfter(at: Pointer, event: EditorEvent): Pointer {
  switch (event.kind) {
    case "down":
    case "move":
    case "up":
      return event.at;
    case "modifiers":
      return { ...at, modifiers: event.modifiers };
    default:
      return at;
  }
}

/** Whether the pointer is the editor's, so that the camera must not follow it. Ask when a drag begins. */
export function claimsPointer(state: ToolState): boolean {
  switch (state.kind) {
    case "idle":
    case "panning":
      return false;
    case "pressing":
      return state.over.drag.kind !== "pan";
    case "looking":
    case "selecting":
    case "drawing":
    case "moving":
    case "resizing":
      return true;
  }
}

/** Whether something is drawn or held that goes on where the pointer is when the camera has moved under it. */
export function isHolding(state: ToolState): state is Editing | Selecting {
  return "edit" in state || state.kind === "selecting";
}

/** The change that a gesture shows and that a release would commit. */
export function pendingEdit(state: ToolState): Edit | undefined {
  return "edit" in state ? state.edit : undefined;
}
