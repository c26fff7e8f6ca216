/** One column of all selected ROIs: what they have in common there, and what typing makes of it. */
import { valued } from "../editor/cell-edit.ts";
import type { Selection } from "../editor/selection.ts";
import type { Reader } from "../roi/readers.ts";
import type { Cell, RoiId } from "../roi/rois.ts";
import { cellOf, cellsDiff, typedCell } from "../roi/values.ts";
import type { Column } from "../table/table.ts";
import { edit } from "./rois.ts";
import type { Session } from "./session.ts";

/** The text that all have in a column, "" for no value; undefined where they differ. Looks no further than the first that does. */
export function commonOf({ at }: Reader, ids: Iterable<RoiId>): string | undefined {
  let [common, isFirst]: [ReturnType<typeof at>, boolean] = [undefined, true];
  for (const id of ids) {
    const read = at(id);
    // Missing is missing, a number or not.
    const value = Number.isNaN(read) ? undefined : read;
    if (isFirst) [common, isFirst] = [value, false];
    else if (common !== value) return undefined;
  }
  return common === undefined ? "" : String(common);
}

/** Why a text cannot be set for all, as a sentence. */
export function valuesProblem(session: Session, column: string, text: string): string | undefined {
  const of = session.rois.getState().table?.columns.get(column);
  if (changeOf(text, of)) return undefined;
  const typed = typedCell(text, of);
  return typed.kind === "problem" ? typed.sentence : undefined;
}

/**
 * Sets what was typed in a column for all selected ROIs, as one step. In a column of numbers "+5", "+-5", "*2" and "/2"
 * change what each has, and leave alone those that have none.
 */
export function setValues(session: Session, column: string, text: string): void {
  const { table, document } = session.rois.getState();
  if (!table) return;
  const { rois, selection } = document;
  const of = table.columns.get(column);
  const change = changeOf(text, of);
  const groups = new Map<Cell, RoiId[] | Selection>();
  if (change) {
    for (const id of selection) {
      const now = cellOf(table, rois, id, column);
      if (typeof now !== "number") continue;
      const next = change(now);
      const group = groups.get(next);
      if (Array.isArray(group)) group.push(id);
      else groups.set(next, [id]);
    }
  } else {
    const typed = typedCell(text, of);
    if (typed.kind === "problem") return;
    groups.set(typed.value, selection);
  }
  const diffs = Array.from(groups, ([value, ids]) =>
    cellsDiff(table, rois, ids, { column, value }),
  );
  const [only] = diffs;
  const diff = diffs.length === 1 && only ? only : new Map(diffs.flatMap((one) => [...one]));
  edit(session, valued(`Set ${column} of`, rois, diff, selection));
}

/** What a text does to a number, where it changes one rather than being one; a minus sign alone makes a negative number. */
function changeOf(text: string, column: Column | undefined): ((now: number) => number) | undefined {
  if (column?.kind !== "number") return undefined;
  const [, sign, digits = ""] = /^\s*([+*/])\s*(-?[\d.,]+)\s*$/.exec(text) ?? [];
  const by = Number(digits.replace(",", "."));
  if (sign === undefined || !Number.isFinite(by) || (sign === "/" && by === 0)) return undefined;
  const changed = (now: number): number =>
    sign === "+" ? now + by : sign === "*" ? now * by : now / by;
  return /int/.test(column.dtype) ? (now) => Math.round(changed(now)) : changed;
}
