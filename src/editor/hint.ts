/** What cursor and status line say of a state: derived from it, so that they can never lag behind. */
import type { Box } from "../geometry/box.ts";
import { voxels } from "../geometry/pixel-grid.ts";
import type { RoiDiff } from "../roi/rois.ts";
import { heldPart, type Part } from "./box-edit.ts";
import {
  type Drag,
  type Pointer,
  pendingEdit,
  snapOf,
  type ToolContext,
  type ToolState,
} from "./tool-state.ts";

/** The CSS cursor of a state. */
export function cursorOf(state: ToolState): string {
  switch (state.kind) {
    case "panning":
      return "grabbing";
    case "moving":
      return "move";
    case "drawing":
      return "crosshair";
    case "resizing": {
      const to = boxOf(state.edit?.diff) ?? state.box;
      return resizeCursor(heldPart(state.part, state.box, to));
    }
    case "idle":
    case "pressing":
      return state.over === undefined ? "grab" : dragCursor(state.over);
  }
}

/** The status line of a state: what can be done here, or how large what is drawn has become. */
export function hintOf(state: ToolState, context: ToolContext): string {
  switch (state.kind) {
    case "panning":
      return "";
    case "moving":
      return `${snapHint(state.at)} · Space: pan · Esc: put back`;
    case "drawing":
    case "resizing": {
      const box = boxOf(pendingEdit(state)?.diff);
      const clicks = state.kind === "drawing" && state.by === "clicks";
      const how = clicks ? "Wheel or PageUp, PageDown: other plane · Click: done · " : "";
      const aspect = state.kind === "resizing" ? "Shift: keep proportions · " : "";
      const keys = `${how}${aspect}${snapHint(state.at)} · Esc: cancel`;
      return box === undefined ? keys : `${sizeOf(box, context)} · ${keys}`;
    }
    case "idle":
    case "pressing":
      return state.over === undefined ? "" : overHint(state.over.drag, context);
  }
}

function overHint(drag: Drag, { selection }: ToolContext): string {
  switch (drag.kind) {
    case "draw":
      return "Drag, or click two corners, to draw an ROI · Shift: draw more than one · Esc: stop";
    case "move":
      return selection.size === 1 ? "Drag to move" : `Drag to move ${selection.size} ROIs`;
    case "resize":
      return "Drag to resize";
    case "pan":
      return "";
  }
}

function snapHint(at: Pointer): string {
  return snapOf(at) === "free" ? "Snapping is off while held" : "Ctrl or Alt: no snapping";
}

/** "512 × 430 px · 83.2 × 69.9 µm", x first. */
function sizeOf(box: Box<"world">, { grid, unit }: Pick<ToolContext, "grid" | "unit">): string {
  const x = box.max[2] - box.min[2];
  const y = box.max[1] - box.min[1];
  const px = (world: number, i: 1 | 2): string => short(voxels(world, grid.scale[i]));
  return `${px(x, 2)} × ${px(y, 1)} px · ${short(x)} × ${short(y)} ${unit}`;
}

/** "z 4–12 (9 planes, 4.5 µm)", planes counted from 1 as the sliders do; empty where the image has one plane. */
function depthText(box: Box<"world">, { grid, unit }: Pick<ToolContext, "grid" | "unit">): string {
  if (grid.shape[0] === 1) return "";
  const first = Math.floor(voxels(box.min[0], grid.scale[0]));
  const end = Math.ceil(voxels(box.max[0], grid.scale[0]));
  const planes = end - first === 1 ? "1 plane" : `${end - first} planes`;
  const range = end - first === 1 ? String(end) : `${first + 1}–${end}`;
  return ` · z ${range} (${planes}, ${short(box.max[0] - box.min[0])} ${unit})`;
}

/** What stands beside a box that is drawn, moved or resized: its size, and its planes where the image has several. */
export function badgeOf(box: Box<"world">, context: Pick<ToolContext, "grid" | "unit">): string {
  return sizeOf(box, context) + depthText(box, context);
}

function short(value: number): string {
  return String(Number(value.toPrecision(value < 100 ? 3 : Math.ceil(Math.log10(value)) + 1)));
}

function boxOf(diff: RoiDiff | undefined): Box<"world"> | undefined {
  for (const { to } of diff?.values() ?? []) return to?.box;
  return undefined;
}

function dragCursor({ hit, drag }: { hit: unknown; drag: Drag }): string {
  switch (drag.kind) {
    case "draw":
      return "crosshair";
    case "move":
      return "move";
    case "resize":
      return resizeCursor(drag.part);
    case "pan":
      return hit === undefined ? "grab" : "pointer";
  }
}

function resizeCursor([, y, x]: Part): string {
  if (x === 0) return "ns-resize";
  if (y === 0) return "ew-resize";
  return x === y ? "nwse-resize" : "nesw-resize";
}
