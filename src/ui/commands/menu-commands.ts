/** Which commands the menus hold, in sections. */
import type { CommandId } from "./registry.ts";

/** What a menu is about: the selected ROIs, or the image where no ROI is. */
export type MenuSubject = "rois" | "image";

export const MENUS: Readonly<Record<MenuSubject, readonly (readonly CommandId[])[]>> = {
  rois: [
    ["fit-roi", "select-under", "triage-on"],
    ["copy", "copy-csv", "duplicate"],
    ["merge-rois", "split-rois"],
    ["hide-rois", "lock-rois"],
    ["delete"],
  ],
  image: [
    ["draw-tool", "place-roi", "new-by-numbers", "new-grid", "new-whole-image"],
    ["paste", "select-all", "select-in-view", "show-rois"],
    ["fit-image", "palette", "help"],
  ],
};

/** The menu of ways to make ROIs; the objects of each label there is come after it. */
export const NEW_ROIS: readonly (readonly CommandId[])[] = [
  ["new-by-numbers", "new-grid", "new-whole-image", "duplicate", "paste"],
  ["new-from-file", "new-from-yokogawa"],
];
