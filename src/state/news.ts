/** What of a change to the open ROIs is worth saying aloud: one short sentence, for those who hear the page. */
import { counted } from "../base/counted.ts";
import type { History } from "../editor/history.ts";
import { onlyOf } from "../editor/selection.ts";
import { idsOf, roiAt } from "../roi/rois.ts";
import type { RoiState } from "./rois.ts";

export interface NewsItem {
  /** Of a kind only the last is worth telling. */
  readonly kind: "table" | "saved" | "step" | "selection";
  readonly text: string;
}

/** What has happened between two states; undefined where it is nothing that is told. */
export function newsOf(before: RoiState, now: RoiState): NewsItem | undefined {
  if (now.table === undefined) return undefined;
  if (now.tableName !== before.tableName || before.table === undefined)
    return {
      kind: "table",
      text: `${now.tableName ?? "Table"} is open, ${counted(idsOf(now.document.rois).length, "ROI")}`,
    };
  if (now.savedAt !== before.savedAt && now.savedAt !== undefined)
    return { kind: "saved", text: "Table saved" };
  const step = stepBetween(before.document.history, now.document.history);
  if (step !== undefined) return { kind: "step", text: step };
  if (now.document.selection === before.document.selection) return undefined;
  return { kind: "selection", text: selectedNow(now) };
}

/** The step that was done, taken back or done again. */
function stepBetween(before: History, now: History): string | undefined {
  const [was, is] = [before.done.at(-1), now.done.at(-1)];
  if (was === is) return undefined;
  if (now.undone.length > before.undone.length) return was && `Undone: ${was.label}`;
  if (is === undefined) return undefined;
  return now.undone.length < before.undone.length && before.undone.at(-1) === is
    ? `Redone: ${is.label}`
    : is.label;
}

function selectedNow({ document, problems }: RoiState): string {
  const { rois, selection } = document;
  if (selection.size === 0) return "Nothing selected";
  const id = onlyOf(selection);
  const name = id === undefined ? undefined : roiAt(rois, id)?.name;
  if (id === undefined || name === undefined) return `${counted(selection.size, "ROI")} selected`;
  const problem = problems.get(id);
  return problem ? `${name} selected: ${problem.sentence}` : `${name} selected`;
}
