/** What cursor and status line say of a state: derived from it, so that they can never lag behind. */
import { counted } from "../base/counted.ts";
import type { Box } from "../geometry/box.ts";
import { voxels } from "../geometry/pixel-grid.ts";
import type { RoiDiff } from "../roi/rois.ts";
import { heldPart, type Part } from "./box-edit.ts";
import { isSide, type Pane } from "./pane.ts";
import {
  type Drag,
  type Drawing,
  type Hint,
  type KeyHint,
  type Modifiers,
  type Over,
  pendingEdit,
  type Resizing,
  type ToolContext,
  type ToolState,
} from "./tool-state.ts";

/** The CSS cursor of a state. */
export function cursorOf(state: ToolState, pane: Pane): string {
  switch (state.kind) {
    case "panning":
      return "grabbing";
    case "moving":
      return "move";
    case "looking":
    case "selecting":
    case "drawing":
      return "crosshair";
    case "resizing": {
      const to = boxOf(state.edit?.diff) ?? state.box;
      return resizeCursor(heldPart(state.part, state.box, to), pane);
    }
    case "idle":
    case "pressing":
      return state.over === undefined ? "grab" : dragCursor(state.over, pane);
  }
}

/** The status line of a state: what can be done here, or how large what is drawn has become. */
export function hintOf(state: ToolState, context: ToolContext): Hint {
  switch (state.kind) {
    case "panning":
    case "looking":
      return NO_HINT;
    case "selecting":
      return { says: "Select what lies whole in the box", keys: [PAN, escapes("cancel")] };
    case "moving":
      return { says: "", keys: [freely(state.at.modifiers), PAN, escapes("put back")] };
    case "drawing":
    case "resizing": {
      const box = boxOf(pendingEdit(state)?.diff);
      const part = state.kind === "resizing" ? state.part : undefined;
      const says = box === undefined ? "" : shownSize(box, context, part);
      return {
        says,
        keys: [...shapeKeys(state, context), freely(state.at.modifiers), PAN, escapes("cancel")],
      };
    }
    case "idle":
      return state.over === undefined
        ? NO_HINT
        : overHint(state.over, state.at?.modifiers, context);
    case "pressing":
      return overHint(state.over, state.at.modifiers, context);
  }
}

/** A hint as one line of text; two that are the same to the eye are the same here. */
export function hintText({ says, keys }: Hint): string {
  const parts = keys.map((key) => {
    const name = "keys" in key ? key.keys.join(" or ") : key.command;
    return `${name}: ${key.does}${key.on ? " (now)" : ""}`;
  });
  return [says, ...parts].filter(Boolean).join(" · ");
}

const NO_HINT: Hint = { says: "", keys: [] };
const PAN: KeyHint = { keys: ["Space"], does: "pan" };

function escapes(does: string): KeyHint {
  return { command: "escape", does };
}

function shapeKeys(state: Drawing | Resizing, context: ToolContext): readonly KeyHint[] {
  const held = state.at.modifiers;
  if (state.kind === "resizing") return proportions(state.part, held, context);
  const more: KeyHint = { keys: ["Shift"], does: "draw one more", on: held.shift };
  if (state.by === "drag") return [more];
  return [
    { keys: ["Click"], does: "second corner" },
    { keys: ["Wheel"], does: "other plane" },
    { command: "plane-up", does: "plane up" },
    { command: "plane-down", does: "down" },
    more,
  ];
}

/** An edge has none. */
function proportions(
  [, y, x]: Part,
  held: Modifiers | undefined,
  { pane }: ToolContext,
): readonly KeyHint[] {
  if (isSide(pane) || y === 0 || x === 0) return [];
  return [{ keys: ["Shift"], does: "keep proportions", on: held?.shift }];
}

function freely({ ctrl, alt }: Modifiers): KeyHint {
  return { keys: ["Ctrl", "Alt"], does: "no snapping", on: ctrl || alt };
}

/** Before a drag it is told where it is held: else the line would be full of what may be done later. */
function freelyNow(held: Modifiers | undefined): readonly KeyHint[] {
  return held && (held.ctrl || held.alt) ? [freely(held)] : [];
}

function overHint(over: Over, held: Modifiers | undefined, context: ToolContext): Hint {
  const { hit, drag } = over;
  const { selection, locked, hasCrosshair } = context;
  const others = clickKeys(over, held, context);
  switch (drag.kind) {
    case "draw":
      return {
        says: "",
        keys: [
          { keys: ["Drag", "Click"], does: "draw an ROI from corner to corner" },
          { keys: ["Shift"], does: "draw more than one", on: held?.shift },
          ...freelyNow(held),
          escapes("stop"),
        ],
      };
    case "move": {
      const does = selection.size === 1 ? "move" : `move ${counted(selection.size, "ROI")}`;
      return { says: "", keys: [{ keys: ["Drag"], does }, ...others, ...freelyNow(held)] };
    }
    case "resize":
      return {
        says: "",
        keys: [
          { keys: ["Drag"], does: "resize" },
          ...proportions(drag.part, held, context),
          ...freelyNow(held),
        ],
      };
    case "look":
      return {
        says: "",
        keys: [
          { keys: ["Click", "Drag"], does: "move the crosshair" },
          { keys: ["Drag a face"], does: "change the planes of the selected ROI" },
          stretches(held),
        ],
      };
    case "select":
      return { says: "", keys: others };
    case "pan":
      if (hit === undefined)
        return hasCrosshair ? { says: "", keys: [LOOK, { keys: ["Drag"], does: "pan" }] } : NO_HINT;
      return { says: selection.has(hit.id) && locked?.has(hit.id) ? LOCKED : "", keys: others };
  }
}

/** What clicks on an ROI do, and a drag that is no pan; beside ROIs only that drag. In a side pane nothing is selected. */
function clickKeys(
  { hit, click }: Over,
  held: Modifiers | undefined,
  { hasCrosshair, pane }: ToolContext,
): readonly KeyHint[] {
  if (isSide(pane)) return [LOOK, stretches(held)];
  const box: KeyHint = { keys: ["Shift+Drag"], does: "select in a box", on: held?.shift };
  if (hit === undefined) return [box];
  const selects = click && (click === "below" ? "the ROI below" : "select");
  const does = [selects, hasCrosshair && "move the crosshair"].filter(Boolean).join(", and ");
  return [
    ...(does === "" ? [] : [{ keys: ["Click"], does }]),
    { keys: ["Shift+Click"], does: "add or take out", on: held?.shift || held?.ctrl },
    box,
  ];
}

function stretches(held: Modifiers | undefined): KeyHint {
  return { keys: ["Shift+Wheel"], does: "zoom along z", on: held?.shift };
}

const LOOK: KeyHint = { keys: ["Click"], does: "move the crosshair" };
const LOCKED = "This ROI is locked";

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
  const planes = counted(end - first, "plane");
  const range = end - first === 1 ? String(end) : `${first + 1}–${end}`;
  const length = `${short(box.max[0] - box.min[0])} ${unit}`.trimEnd();
  return `z ${range} (${planes}, ${length})`;
}

/** What stands beside a box that is drawn, moved or resized: its size, and its planes where the image has several. */
export function badgeOf(box: Box<"world">, context: Sizes, part?: Part): string {
  if (isSide(context.pane)) return shownSize(box, context, part);
  const depth = depthText(box, context);
  return depth === "" ? sizeOf(box, context) : `${sizeOf(box, context)} · ${depth}`;
}

type Sizes = Pick<ToolContext, "grid" | "unit" | "pane">;

/** What the pane that the hand is in can change: x and y, or one of them and z, as far as the part that is held has it. */
function shownSize(box: Box<"world">, context: Sizes, part?: Part): string {
  if (!isSide(context.pane)) return sizeOf(box, context);
  const along = context.pane.through === 1 ? 2 : 1;
  const length = part?.[along] === 0 ? "" : lengthText(box, along, context);
  const depth = part?.[0] === 0 ? "" : depthText(box, context);
  return [length, depth].filter(Boolean).join(" · ");
}

/** "x 512 px (83.2 µm)". */
function lengthText(box: Box<"world">, i: 1 | 2, { grid, unit }: Sizes): string {
  const length = box.max[i] - box.min[i];
  const world = `${short(length)} ${unit}`.trimEnd();
  return `${"zyx"[i]} ${short(voxels(length, grid.scale[i]))} px (${world})`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(value < 100 ? 3 : Math.ceil(Math.log10(value)) + 1)));
}

function boxOf(diff: RoiDiff | undefined): Box<"world"> | undefined {
  for (const { to } of diff?.values() ?? []) return to?.box;
  return undefined;
}

function dragCursor({ hit, drag }: { hit: unknown; drag: Drag }, pane: Pane): string {
  switch (drag.kind) {
    case "look":
    case "select":
    case "draw":
      return "crosshair";
    case "move":
      return "move";
    case "resize":
      return resizeCursor(drag.part, pane);
    case "pan":
      return hit === undefined ? "grab" : "pointer";
  }
}

function resizeCursor(part: Part, { across, down }: Pane): string {
  const [x, y] = [part[across], part[down]];
  if (x === 0) return "ns-resize";
  if (y === 0) return "ew-resize";
  return x === y ? "nwse-resize" : "nesw-resize";
}
