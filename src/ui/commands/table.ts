/** Commands on the ROI table as a whole. */
import { unsavedCount } from "../../state/rois.ts";
import { saveRois } from "../../state/save.ts";
import { readOnlyReason } from "../../state/source.ts";
import { duplicateOpenTable } from "../../state/table-files.ts";
import { deleteTable, mayLeave } from "../leaving.ts";
import { downloadCsv } from "../rois/download-csv.ts";
import { type Commands, type Desk, needsTable } from "./command.ts";

export const tableCommands = {
  save: {
    title: "Save the table",
    keys: ["Ctrl+S"],
    when: "anywhere",
    run: ({ session }) => saveRois(session),
    blocked: cannotSave,
  },
  "download-csv": {
    title: "Download the table as CSV",
    run: ({ session }) => downloadCsv(session),
    blocked: needsTable,
  },
  "new-table": {
    title: "New, empty ROI table",
    run: async ({ session }) => {
      const { startTable } = await import("../../state/new-table.ts");
      if (mayLeave(session)) startTable(session);
    },
  },
  "new-from-yokogawa": {
    title: "New table of the FOVs in Yokogawa .mlf and .mrf…",
    short: "Table from Yokogawa .mlf and .mrf…",
    run: () => document.querySelector<HTMLInputElement>("#yokogawa-files")?.click(),
  },
  "find-rois": {
    title: "Find and filter ROIs",
    keys: ["/"],
    run: () => document.querySelector<HTMLInputElement>("#find-rois")?.focus(),
    blocked: needsTable,
  },
  "compare-objects": {
    title: "Compare a masking table with the objects of its label",
    run: async ({ session, page }) => {
      const { compareObjects } = await import("../rois/find-objects.ts");
      await compareObjects(session, page);
    },
    blocked: (desk) =>
      needsTable(desk) ??
      (desk.session.rois.getState().masking ? undefined : "This is no masking table"),
  },
  "save-as": {
    title: "Save the table under another name",
    run: ({ page }) => page.shown.setState({ naming: "save-as" }),
    blocked: needsFolder,
  },
  "rename-table": {
    title: "Rename the table",
    run: ({ page }) => page.shown.setState({ naming: "rename" }),
    blocked: needsFolder,
  },
  "duplicate-table": {
    title: "Duplicate the table as it is on disk",
    run: ({ session }) => duplicateOpenTable(session),
    blocked: needsStored,
  },
  "delete-table": {
    title: "Delete the table",
    run: ({ session }) => deleteTable(session),
    blocked: needsFolder,
  },
} satisfies Commands;

function needsFolder(desk: Desk): string | undefined {
  const opened = desk.session.opened.getState();
  const reason = opened.kind === "open" ? readOnlyReason(opened.place.source) : undefined;
  return needsTable(desk) ?? reason;
}

function needsStored(desk: Desk): string | undefined {
  const isNew = desk.session.rois.getState().onDisk === undefined;
  return needsFolder(desk) ?? (isNew ? "The table is not on disk yet" : undefined);
}

function cannotSave(desk: Desk): string | undefined {
  const rois = desk.session.rois.getState();
  const isNothing = unsavedCount(rois) === 0 && !rois.making;
  return needsFolder(desk) ?? (isNothing ? "Nothing to save" : undefined);
}
