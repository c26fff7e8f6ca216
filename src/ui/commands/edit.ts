/** Commands of every editor: history, selection, clipboard. */
import { idsOf } from "../../roi/rois.ts";
import { deleteSelected } from "../../state/delete-rois.ts";
import { switchLocked } from "../../state/roi-shown.ts";
import { canRedo, canUndo, redo, select, undo } from "../../state/rois.ts";
import { type Commands, needsOwnTable, needsSelection, needsTable } from "./command.ts";

export const editCommands = {
  undo: {
    title: "Undo",
    keys: ["Ctrl+Z"],
    run: ({ session }) => undo(session),
    blocked: ({ session }) =>
      canUndo(session.rois.getState()) === undefined ? "Nothing to undo" : undefined,
  },
  redo: {
    title: "Redo",
    keys: ["Ctrl+Shift+Z", "Ctrl+Y"],
    run: ({ session }) => redo(session),
    blocked: ({ session }) =>
      canRedo(session.rois.getState()) === undefined ? "Nothing to redo" : undefined,
  },
  "select-all": {
    title: "Select all ROIs",
    keys: ["Ctrl+A"],
    run: ({ session }) => select(session, new Set(idsOf(session.rois.getState().document.rois))),
    blocked: needsTable,
  },
  "select-in-view": {
    title: "Select all ROIs that are whole in view",
    keys: ["Shift+A"],
    run: ({ session, stage }) => select(session, stage.hand.inView()),
    blocked: needsTable,
  },
  "select-under": {
    title: "Select the next of the ROIs under the pointer",
    keys: ["Q"],
    run: ({ stage }) => stage.hand.selectUnder(),
    blocked: needsTable,
  },
  "lock-rois": {
    title: "Lock the selected ROIs against changes, or free them",
    short: "Lock or free",
    keys: ["L"],
    when: "selection",
    run: ({ session }) => switchLocked(session, session.rois.getState().document.selection),
    blocked: needsSelection,
  },
  delete: {
    title: "Delete the selected ROIs",
    short: "Delete",
    keys: ["Delete", "Backspace"],
    when: "selection",
    run: ({ session }) => deleteSelected(session),
    blocked: needsSelection,
  },
  escape: {
    title: "Cancel the drag, clear the selection, put the tool down",
    keys: ["Escape"],
    run: ({ stage }) => stage.hand.take({ kind: "escape" }),
    byKeyOnly: true,
  },
  copy: {
    title: "Copy the selected ROIs as GeoJSON",
    short: "Copy as GeoJSON",
    keys: ["Ctrl+C"],
    when: "selection",
    fixed: true,
    run: async ({ session, image }) => {
      const { copySelected } = await import("../rois/roi-clipboard.ts");
      await copySelected(session, image, "geojson");
    },
    blocked: needsSelection,
  },
  "copy-csv": {
    title: "Copy the selected ROIs as CSV",
    short: "Copy as CSV",
    run: async ({ session, image }) => {
      const { copySelected } = await import("../rois/roi-clipboard.ts");
      await copySelected(session, image, "csv");
    },
    blocked: needsSelection,
  },
  paste: {
    title: "Paste ROIs: GeoJSON, CSV or a table",
    short: "Paste",
    keys: ["Ctrl+V"],
    fixed: true,
    run: async ({ session }) => {
      const { pasteFromClipboard } = await import("../rois/roi-clipboard.ts");
      await pasteFromClipboard(session);
    },
    blocked: needsOwnTable,
  },
} satisfies Commands;
