/** The columns that the grid shows, which of them are edited in place, and what may be typed there. */
import { useMemo } from "react";
import { valued } from "../../editor/cell-edit.ts";
import { rename } from "../../editor/commands.ts";
import { nameProblem } from "../../roi/names.ts";
import { BOX_COLUMNS, type Reader, readersOf } from "../../roi/readers.ts";
import type { RoiId, Rois } from "../../roi/rois.ts";
import { NOTES_COLUMN, TRIAGE_COLUMN } from "../../roi/triage.ts";
import { cellsDiff, typedCell, valueColumns } from "../../roi/values.ts";
import { edit } from "../../state/rois.ts";
import type { Session } from "../../state/session.ts";
import { useFeatures, useRoiList, useRois, useTriage } from "../session-context.ts";

const TRIAGE_COLUMNS = [TRIAGE_COLUMN, NOTES_COLUMN];

/** The columns that are not hidden; those of triage where they hold something or triage is on. */
export function useGridColumns(): ReadonlyMap<string, Reader> {
  const table = useRois((state) => state.table);
  const rois = useRois((state) => state.document.rois);
  const features = useFeatures((state) => state.chosen);
  const hidden = useRoiList((state) => state.hidden);
  const triage = useTriage((state) => state.on);
  return useMemo(() => {
    if (!table) return new Map();
    const added = TRIAGE_COLUMNS.filter((name) => triage || isGiven(rois, name));
    const readers = readersOf(table, rois, { features, added });
    const shown = [...readers].filter(([name]) => name === "name" || !hidden.has(name));
    // What triage fills in stands where it is seen without scrolling.
    const first = (name: string): boolean => name === "name" || TRIAGE_COLUMNS.includes(name);
    return new Map([
      ...shown.filter(([name]) => first(name)),
      ...shown.filter(([name]) => !first(name)),
    ]);
  }, [table, rois, features, hidden, triage]);
}

/** Whether an edit has put something into a column. */
function isGiven(rois: Rois, column: string): boolean {
  return rois.overlay.hasCells(column);
}

/** Whether a column is edited in its cells; boxes are edited in their fields, labels and features not at all. */
export function isEditable({ rois }: Session, column: string): boolean {
  const { table, masking } = rois.getState();
  if (column === "name") return !masking;
  if (TRIAGE_COLUMNS.includes(column)) return true;
  return table !== undefined && valueColumns(table).has(column) && !BOX_COLUMNS.includes(column);
}

/** Why a text cannot stand in a column, as a sentence. */
export function cellProblem({ rois }: Session, column: string, text: string): string | undefined {
  const { table, document } = rois.getState();
  if (column === "name") return nameProblem(text, document.rois.names);
  const typed = typedCell(text, table?.columns.get(column));
  return typed.kind === "problem" ? typed.sentence : undefined;
}

/** Takes what was typed into a cell, as one step; in a row of the selection it is for all of the selection. */
export function editCell(session: Session, id: RoiId, column: string, text: string): void {
  const { table, document } = session.rois.getState();
  if (!table) return;
  const { rois, selection } = document;
  if (column === "name") {
    edit(session, rename(rois, id, text));
    return;
  }
  const typed = typedCell(text, table.columns.get(column));
  if (typed.kind === "problem") return;
  const ids = selection.has(id) ? selection : new Set([id]);
  const diff = cellsDiff(table, rois, ids, { column, value: typed.value });
  edit(session, valued(`Set ${column} of`, rois, diff, selection));
}
