/** Undo, redo, and the list of all steps: each can be gone back or forth to. */
import { useEffect, useRef, useState } from "react";
import { type Mark, markOf } from "../../editor/history.ts";
import { canRedo, canUndo, goToStep, redo, undo } from "../../state/rois.ts";
import { useTitle } from "../page.ts";
import { useRois, useSession } from "../session-context.ts";

export function HistoryButtons() {
  const session = useSession();
  const undoable = useRois(canUndo);
  const redoable = useRois(canRedo);
  const undoTitle = useTitle("undo");
  const redoTitle = useTitle("redo");
  return (
    <>
      <button
        type="button"
        aria-label="Undo"
        title={undoable ? undoTitle(`Undo ${undoable}`) : "Nothing to undo"}
        disabled={undoable === undefined}
        onClick={() => undo(session)}
      >
        ↶
      </button>
      <button
        type="button"
        aria-label="Redo"
        title={redoable ? redoTitle(`Redo ${redoable}`) : "Nothing to redo"}
        disabled={redoable === undefined}
        onClick={() => redo(session)}
      >
        ↷
      </button>
      <Steps isEmpty={undoable === undefined && redoable === undefined} />
    </>
  );
}

function Steps({ isEmpty }: { readonly isEmpty: boolean }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="quiet small"
        aria-label="History"
        title={isEmpty ? "Nothing done yet" : "All steps, to go back or forth to"}
        disabled={isEmpty}
        popoverTarget="history"
      >
        ▾
      </button>
      <div
        id="history"
        popover="auto"
        className="popover history"
        role="dialog"
        aria-label="History"
        onToggle={({ newState }) => setOpen(newState === "open")}
      >
        {isOpen && <StepList />}
      </div>
    </>
  );
}

/** A place in the history, as it is listed. */
interface Row {
  readonly mark: Mark;
  readonly label: string;
  readonly isUndone: boolean;
}

/** More than these before and after the present one are not listed. */
const MOST_STEPS = 200;

function StepList() {
  const session = useSession();
  const history = useRois((rois) => rois.document.history);
  const present = useRef<HTMLButtonElement>(null);
  const now = markOf(history);
  const { done, undone, floor, saved } = history;
  const hidden = Math.max(0, done.length - MOST_STEPS);
  const rows: readonly Row[] = [
    ...(hidden === 0
      ? [{ mark: floor, label: floor === 0 ? "Opened" : "Earlier steps", isUndone: false }]
      : []),
    ...done.slice(hidden).map(({ id, label }) => ({ mark: id, label, isUndone: false })),
    ...undone
      .slice(-MOST_STEPS)
      .toReversed()
      .map(({ id, label }) => ({ mark: id, label, isUndone: true })),
  ];
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is present moves the focus
  useEffect(() => present.current?.focus(), [now]);
  return (
    <>
      <h3>History</h3>
      <ol>
        {rows.map(({ mark, label, isUndone }) => (
          <li key={mark}>
            <button
              ref={mark === now ? present : null}
              type="button"
              className="quiet"
              data-undone={isUndone}
              aria-current={mark === now ? "step" : undefined}
              onClick={() => goToStep(session, mark)}
            >
              {label}
              {mark === saved && <span className="soft">on disk</span>}
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
