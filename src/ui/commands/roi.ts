/** Commands that make ROIs and go from one to the next. */
import { grouped } from "../../base/counted.ts";
import { worldOf } from "../../geometry/pixel-grid.ts";
import { edit, takeDrawTool } from "../../state/rois.ts";
import { workingLevel } from "../../state/view.ts";
import { fitSelection, walk } from "../rois/go-to-roi.ts";
import { type Commands, type Desk, needsOwnTable, needsSelection, needsTable } from "./command.ts";

export const roiCommands = {
  "select-tool": {
    title: "Select and edit ROIs",
    keys: ["V"],
    run: ({ session }) => session.rois.setState({ tool: "select" }),
  },
  "draw-tool": {
    title: "Draw an ROI",
    keys: ["R", "B"],
    run: ({ session }) => takeDrawTool(session),
    blocked: needsTable,
  },
  "place-roi": {
    title: "New ROI of the same size at the pointer",
    keys: ["Shift+R"],
    run: ({ session, stage }) => {
      if (session.rois.getState().masking) takeDrawTool(session);
      else if (session.rois.getState().table) stage.hand.placeRoi();
    },
    blocked: needsTable,
  },
  "new-by-numbers": {
    title: "New ROI by numbers…",
    short: "By numbers…",
    run: ({ page }) => page.shown.setState({ form: "box" }),
    blocked: needsOwnTable,
  },
  "new-grid": {
    title: "New grid of ROIs…",
    short: "Grid…",
    run: ({ page }) => page.shown.setState({ form: "grid" }),
    blocked: needsOwnTable,
  },
  "new-whole-image": {
    title: "New ROI of the whole image",
    short: "Whole image",
    run: async ({ session, image }) => {
      const { addMade } = await import("../../state/create-rois.ts");
      addMade(session, [{ name: "image_1", box: worldOf(image.levels[0].grid) }], "Add");
    },
    blocked: needsOwnTable,
  },
  "new-from-file": {
    title: "New ROIs from a GeoJSON or CSV file…",
    short: "From a GeoJSON or CSV file…",
    run: () => document.querySelector<HTMLInputElement>("#roi-file")?.click(),
    blocked: needsOwnTable,
  },
  duplicate: {
    title: "Duplicate the selected ROIs",
    short: "Duplicate",
    keys: ["Ctrl+D"],
    when: "selection",
    run: async ({ session, image }) => {
      const { duplicateSelected } = await import("../../state/create-rois.ts");
      await duplicateSelected(session, workingLevel(session.view.getState(), image).grid);
    },
    blocked: (desk) => needsOwnTable(desk) ?? needsSelection(desk),
  },
  "merge-rois": {
    title: "Merge the selected ROIs into one",
    short: "Merge into one",
    keys: ["Shift+M"],
    when: "selection",
    run: async ({ session }) => {
      const { merged } = await import("../../editor/merge-split.ts");
      const { rois, selection } = session.rois.getState().document;
      edit(session, merged(rois, selection));
    },
    blocked: (desk) =>
      needsFreeSelection(desk) ?? (selectedIn(desk) < 2 ? "One ROI alone is selected" : undefined),
  },
  "split-rois": {
    title: "Split the selected ROIs in two",
    short: "Split in two",
    keys: ["Shift+S"],
    when: "selection",
    run: async ({ session, image }) => {
      const { split } = await import("../../editor/merge-split.ts");
      const { rois, selection } = session.rois.getState().document;
      edit(session, split(rois, selection, workingLevel(session.view.getState(), image).grid));
    },
    blocked: (desk) =>
      needsFreeSelection(desk) ??
      (selectedIn(desk) > MOST_SPLIT
        ? `At most ${grouped(MOST_SPLIT)} ROIs are split at once`
        : undefined),
  },
  "next-roi": {
    title: "Next ROI",
    keys: ["N"],
    run: ({ session, stage }) => walk(session, stage, 1),
    blocked: needsTable,
  },
  "previous-roi": {
    title: "Previous ROI",
    keys: ["P"],
    run: ({ session, stage }) => walk(session, stage, -1),
    blocked: needsTable,
  },
  "fit-roi": {
    title: "Zoom to the selected ROIs",
    short: "Zoom to",
    keys: ["F"],
    when: "selection",
    run: ({ session, stage }) => fitSelection(session, stage),
    blocked: needsSelection,
  },
} satisfies Commands;

/** More are too many for one frame. */
const MOST_SPLIT = 1000;

const selectedIn = ({ session }: Desk): number => session.rois.getState().document.selection.size;

/** What is done to several at once is done to all of them or to none. */
function needsFreeSelection(desk: Desk): string | undefined {
  const { locked, document } = desk.session.rois.getState();
  const isLocked = [...locked].some((id) => document.selection.has(id));
  return (
    needsOwnTable(desk) ??
    needsSelection(desk) ??
    (isLocked ? "A selected ROI is locked" : undefined)
  );
}
