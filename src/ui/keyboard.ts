/** What each shortcut does: the one place where keys meet actions. */
import { useEffect } from "react";
import type { Part } from "../editor/box-edit.ts";
import { moveBy, remove, stretchBy } from "../editor/commands.ts";
import type { Selection } from "../editor/selection.ts";
import { type ShortcutId, shortcutFor } from "../editor/shortcuts.ts";
import type { Zyx } from "../geometry/box.ts";
import type { PixelGrid } from "../geometry/pixel-grid.ts";
import type { Image } from "../ome/multiscale.ts";
import { idsOf, type Rois, roiAt } from "../roi/rois.ts";
import { comparePreview, switchPreview } from "../state/preview.ts";
import { edit, redo, select, takeDrawTool, undo } from "../state/rois.ts";
import { saveRois } from "../state/save.ts";
import type { Session } from "../state/session.ts";
import { goBack, goToUnreviewed, mark, orderOf, switchTriage } from "../state/triage.ts";
import { workingLevel } from "../state/view.ts";
import type { Stage } from "./stage.ts";

const FAR = 10;

/** Listens while an image is open. */
export function useKeyboard(
  session: Session,
  image: Image,
  stage: Stage | undefined,
  onHelp: () => void,
): void {
  useEffect(() => {
    if (!stage) return;
    const act = (id: ShortcutId): void => {
      const { document } = session.rois.getState();
      const { grid } = workingLevel(session.view.getState(), image);
      actions[id]({ session, stage, ...document, grid, onHelp });
    };
    const down = (event: KeyboardEvent): void => {
      // A dialog or an open menu has the keys to itself.
      if (document.querySelector("dialog[open], :popover-open")) return;
      const selected = session.rois.getState().document.selection.size;
      const shortcut = shortcutFor(event, {
        typing: isTyping(event),
        selected,
        triage: session.triage.getState().on,
      });
      if (!shortcut) return;
      event.preventDefault();
      // What is half typed in a field counts for what the key does.
      if (shortcut.when === "anywhere" && event.target instanceof HTMLElement) event.target.blur();
      if (!(shortcut.held && event.repeat)) act(shortcut.id);
    };
    const show = (): void => session.view.setState({ overlays: true });
    const up = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() === "h") show();
    };
    addEventListener("keydown", down);
    addEventListener("keyup", up);
    addEventListener("blur", show);
    return () => {
      removeEventListener("keydown", down);
      removeEventListener("keyup", up);
      removeEventListener("blur", show);
    };
  }, [session, image, stage, onHelp]);
}

/** Whether a key belongs to what has the focus: text fields take all, sliders and lists what moves them. */
function isTyping({ target, key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches("select, input[type=range]")) return !ctrlKey && !metaKey && key !== "?";
  // The table of ROIs goes a page on with the keys that change the plane.
  if (key.startsWith("Page") && target.closest("[role=grid]")) return true;
  // A button that has the focus is pressed by Space.
  if (key === " " && target.matches("button, summary, input[type=checkbox]")) return true;
  return target.isContentEditable || target.matches("input:not([type=checkbox]), textarea");
}

interface Desk {
  readonly session: Session;
  readonly stage: Stage;
  readonly rois: Rois;
  readonly selection: Selection;
  readonly grid: PixelGrid;
  readonly onHelp: () => void;
}

/** By how many voxels, z y x, the lower or right edge or the whole ROI goes. */
const nudge =
  (by: Zyx) =>
  ({ session, rois, selection, grid }: Desk): void =>
    edit(session, moveBy(rois, selection, by, grid));
const stretch =
  (part: Part, by: Zyx) =>
  ({ session, rois, selection, grid }: Desk): void =>
    edit(session, stretchBy(rois, selection, part, by, grid));

/** Marks by a category's name or place, where there is one. */
function markAs(category: string | number): (desk: Desk) => void {
  return ({ session, stage }) => {
    const { categories } = session.triage.getState();
    const named = typeof category === "number" ? categories[category - 1] : category;
    if (named !== undefined && categories.includes(named))
      going(session, stage, () => mark(session, named));
  };
}

/** Does what may select another ROI, and shows that one. */
function going(session: Session, stage: Stage, act: () => void): void {
  const { selection } = session.rois.getState().document;
  act();
  if (session.rois.getState().document.selection !== selection) fitSelection(session, stage);
}

const actions: Readonly<Record<ShortcutId, (desk: Desk) => void>> = {
  undo: ({ session }) => undo(session),
  redo: ({ session }) => redo(session),
  save: ({ session }) => void saveRois(session),
  delete: ({ session, rois, selection }) => edit(session, remove(rois, selection)),
  escape: ({ stage }) => stage.hand({ kind: "escape" }),
  "select-all": ({ session, rois }) => select(session, new Set(idsOf(rois))),
  "select-tool": ({ session }) => session.rois.setState({ tool: "select" }),
  "draw-tool": ({ session }) => takeDrawTool(session),
  "place-roi": ({ session, stage }) => {
    if (session.rois.getState().masking) takeDrawTool(session);
    else if (session.rois.getState().table) stage.placeRoi();
  },
  "plane-up": ({ stage }) => stage.changePlane(1),
  "plane-down": ({ stage }) => stage.changePlane(-1),
  "next-roi": ({ session, stage }) => walk(session, stage, 1),
  "previous-roi": ({ session, stage }) => walk(session, stage, -1),
  "fit-roi": ({ session, stage }) => fitSelection(session, stage),
  "fit-image": ({ stage }) => stage.fitImage(),
  "hide-overlays": ({ session }) => session.view.setState({ overlays: false }),
  preview: ({ session }) => switchPreview(session, !session.preview.getState().isOn),
  compare: ({ session }) => comparePreview(session),
  help: ({ onHelp }) => onHelp(),
  "triage-on": ({ session, stage }) =>
    going(session, stage, () => switchTriage(session, !session.triage.getState().on)),
  "triage-next": ({ session, stage }) => going(session, stage, () => goToUnreviewed(session)),
  "triage-back": ({ session, stage }) => going(session, stage, () => goBack(session)),
  "triage-keep": markAs("keep"),
  "triage-discard": markAs("discard"),
  "triage-unsure": markAs("unsure"),
  "triage-1": markAs(1),
  "triage-2": markAs(2),
  "triage-3": markAs(3),
  "triage-4": markAs(4),
  "triage-5": markAs(5),
  "triage-6": markAs(6),
  "triage-7": markAs(7),
  "triage-8": markAs(8),
  "triage-9": markAs(9),
  "nudge-left": nudge([0, 0, -1]),
  "nudge-right": nudge([0, 0, 1]),
  "nudge-up": nudge([0, -1, 0]),
  "nudge-down": nudge([0, 1, 0]),
  "nudge-left-far": nudge([0, 0, -FAR]),
  "nudge-right-far": nudge([0, 0, FAR]),
  "nudge-up-far": nudge([0, -FAR, 0]),
  "nudge-down-far": nudge([0, FAR, 0]),
  "grow-left": stretch([0, 0, 1], [0, 0, -1]),
  "grow-right": stretch([0, 0, 1], [0, 0, 1]),
  "grow-up": stretch([0, 1, 0], [0, -1, 0]),
  "grow-down": stretch([0, 1, 0], [0, 1, 0]),
  "start-left": stretch([0, 0, -1], [0, 0, -1]),
  "start-right": stretch([0, 0, -1], [0, 0, 1]),
  "start-up": stretch([0, -1, 0], [0, -1, 0]),
  "start-down": stretch([0, -1, 0], [0, 1, 0]),
  "z-start-down": stretch([-1, 0, 0], [-1, 0, 0]),
  "z-start-up": stretch([-1, 0, 0], [1, 0, 0]),
  "z-end-down": stretch([1, 0, 0], [-1, 0, 0]),
  "z-end-up": stretch([1, 0, 0], [1, 0, 0]),
};

/** Selects the next ROI of the table and goes there. */
function walk(session: Session, stage: Stage, by: 1 | -1): void {
  const { selection } = session.rois.getState().document;
  const ids = orderOf(session);
  const last = [...selection].at(-1);
  const index = last === undefined ? (by > 0 ? -1 : ids.length) : ids.indexOf(last);
  const next = ids[index + by];
  if (next === undefined) return;
  select(session, new Set([next]));
  fitSelection(session, stage);
}

/** Shows all selected ROIs. */
function fitSelection(session: Session, stage: Stage): void {
  const { rois, selection } = session.rois.getState().document;
  const boxes = [...selection].flatMap((id) => roiAt(rois, id)?.box ?? []);
  const [first] = boxes;
  if (first === undefined) return;
  const fold = (pick: (a: number, b: number) => number, end: "min" | "max", i: 0 | 1 | 2): number =>
    boxes.reduce((value, box) => pick(value, box[end][i]), first[end][i]);
  stage.fitBox({
    space: "world",
    min: [fold(Math.min, "min", 0), fold(Math.min, "min", 1), fold(Math.min, "min", 2)],
    max: [fold(Math.max, "max", 0), fold(Math.max, "max", 1), fold(Math.max, "max", 2)],
  });
}
