/** Commands that move and resize the selected ROIs by voxels: Ctrl takes the far edge, Alt the near one, Shift goes by ten. */
import type { Part } from "../../editor/box-edit.ts";
import { moveBy, stretchBy } from "../../editor/commands.ts";
import type { Zyx } from "../../geometry/box.ts";
import { edit } from "../../state/rois.ts";
import { workingLevel } from "../../state/view.ts";
import type { Command, Commands, Desk } from "./command.ts";

const FAR = 10;

export const shapeCommands = {
  "nudge-left": nudge("left", ["ArrowLeft"], [0, 0, -1]),
  "nudge-right": nudge("right", ["ArrowRight"], [0, 0, 1]),
  "nudge-up": nudge("up", ["ArrowUp"], [0, -1, 0]),
  "nudge-down": nudge("down", ["ArrowDown"], [0, 1, 0]),
  "nudge-left-far": nudge("left", ["Shift+ArrowLeft"], [0, 0, -FAR]),
  "nudge-right-far": nudge("right", ["Shift+ArrowRight"], [0, 0, FAR]),
  "nudge-up-far": nudge("up", ["Shift+ArrowUp"], [0, -FAR, 0]),
  "nudge-down-far": nudge("down", ["Shift+ArrowDown"], [0, FAR, 0]),
  "grow-left": stretch("Move the right edge left", ["Ctrl+ArrowLeft"], [0, 0, 1], -1),
  "grow-right": stretch("Move the right edge right", ["Ctrl+ArrowRight"], [0, 0, 1], 1),
  "grow-up": stretch("Move the lower edge up", ["Ctrl+ArrowUp"], [0, 1, 0], -1),
  "grow-down": stretch("Move the lower edge down", ["Ctrl+ArrowDown"], [0, 1, 0], 1),
  "grow-left-far": stretch(
    "Move the right edge left by ten voxels",
    ["Ctrl+Shift+ArrowLeft"],
    [0, 0, 1],
    -FAR,
  ),
  "grow-right-far": stretch(
    "Move the right edge right by ten voxels",
    ["Ctrl+Shift+ArrowRight"],
    [0, 0, 1],
    FAR,
  ),
  "grow-up-far": stretch(
    "Move the lower edge up by ten voxels",
    ["Ctrl+Shift+ArrowUp"],
    [0, 1, 0],
    -FAR,
  ),
  "grow-down-far": stretch(
    "Move the lower edge down by ten voxels",
    ["Ctrl+Shift+ArrowDown"],
    [0, 1, 0],
    FAR,
  ),
  "start-left": stretch("Move the left edge left", ["Alt+ArrowLeft"], [0, 0, -1], -1),
  "start-right": stretch("Move the left edge right", ["Alt+ArrowRight"], [0, 0, -1], 1),
  "start-up": stretch("Move the upper edge up", ["Alt+ArrowUp"], [0, -1, 0], -1),
  "start-down": stretch("Move the upper edge down", ["Alt+ArrowDown"], [0, -1, 0], 1),
  "start-left-far": stretch(
    "Move the left edge left by ten voxels",
    ["Alt+Shift+ArrowLeft"],
    [0, 0, -1],
    -FAR,
  ),
  "start-right-far": stretch(
    "Move the left edge right by ten voxels",
    ["Alt+Shift+ArrowRight"],
    [0, 0, -1],
    FAR,
  ),
  "start-up-far": stretch(
    "Move the upper edge up by ten voxels",
    ["Alt+Shift+ArrowUp"],
    [0, -1, 0],
    -FAR,
  ),
  "start-down-far": stretch(
    "Move the upper edge down by ten voxels",
    ["Alt+Shift+ArrowDown"],
    [0, -1, 0],
    FAR,
  ),
  "z-start-down": stretch("Begin a plane lower", ["["], [-1, 0, 0], -1),
  "z-start-up": stretch("Begin a plane higher", ["]"], [-1, 0, 0], 1),
  "z-end-down": stretch("End a plane lower", ["{"], [1, 0, 0], -1),
  "z-end-up": stretch("End a plane higher", ["}"], [1, 0, 0], 1),
} satisfies Commands;

/** @param by voxels, z y x */
function nudge(direction: string, keys: readonly string[], by: Zyx): Command {
  const voxels = by.some((step) => Math.abs(step) === FAR) ? "ten voxels" : "a voxel";
  return onSelection(`Move ${voxels} ${direction}`, keys, ({ session, image }) => {
    const { rois, selection } = session.rois.getState().document;
    const { grid } = workingLevel(session.view.getState(), image);
    edit(session, moveBy(rois, selection, by, grid));
  });
}

/** @param by voxels along the axis of the edge or face that `part` names */
function stretch(title: string, keys: readonly string[], part: Part, by: number): Command {
  const [z, y, x] = part;
  const step: Zyx = [by * Math.abs(z), by * Math.abs(y), by * Math.abs(x)];
  return onSelection(title, keys, ({ session, image }) => {
    const { rois, selection } = session.rois.getState().document;
    const { grid } = workingLevel(session.view.getState(), image);
    edit(session, stretchBy(rois, selection, part, step, grid));
  });
}

function onSelection(title: string, keys: readonly string[], run: (desk: Desk) => void): Command {
  return { title, keys, when: "selection", byKeyOnly: true, run };
}
