/** Going to any place of the history at once: step by step back or forth, as undo and redo go. */
import { type RoiDocument, redo, undo } from "./document.ts";
import { type Mark, markOf } from "./history.ts";

/** The document as it was at `mark`, with the selection of then; the same document where the mark is not known any more. */
export function travelled(document: RoiDocument, mark: Mark): RoiDocument {
  const { history } = document;
  const isBehind = mark === history.floor || history.done.some(({ id }) => id === mark);
  const isAhead = history.undone.some(({ id }) => id === mark);
  if (!isBehind && !isAhead) return document;
  let now = document;
  while (markOf(now.history) !== mark) now = isBehind ? undo(now) : redo(now);
  return now;
}
