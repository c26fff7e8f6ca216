/** Triage: the categories with their keys, the one that is lit, how far one is, and a note on the ROI. */
import { type MouseEvent, useEffect, useId, useMemo, useState } from "react";
import type { RoiId } from "../roi/rois.ts";
import { roiAt } from "../roi/rois.ts";
import {
  categoriesOf,
  categoryOf,
  loadedProgress,
  NOTES_COLUMN,
  progressOf,
  progressText,
} from "../roi/triage.ts";
import { cellOf } from "../roi/values.ts";
import { startKept } from "../state/new-table.ts";
import { goToUnreviewed, mark, note, switchTriage } from "../state/triage.ts";
import { mayLeave } from "./leaving.ts";
import { useRois, useSession, useTriage } from "./session-context.ts";

const LETTERS: ReadonlyMap<string, string> = new Map([
  ["keep", "K"],
  ["discard", "D"],
  ["unsure", "U"],
]);

export function TriageBar({ onFit }: { readonly onFit: (id: RoiId) => void }) {
  const session = useSession();
  const { on, categories, goesOn } = useTriage((state) => state);
  const table = useRois((state) => state.table);
  const { rois, selection } = useRois((state) => state.document);
  const loaded = useMemo(() => table && loadedProgress(table), [table]);
  if (!table || !loaded) return null;
  const progress = progressOf(table, rois, loaded);
  const last = [...selection].at(-1);
  const lit = last === undefined ? undefined : categoryOf(table, rois, last);
  const going = (act: () => void) => (): void => {
    const before = session.rois.getState().document.selection;
    act();
    const after = session.rois.getState().document.selection;
    const [only] = after;
    if (after !== before && only !== undefined) onFit(only);
  };
  return (
    <section className="triage" aria-label="Triage">
      <div className="line">
        <button
          type="button"
          className="quiet small"
          aria-pressed={on}
          title="Go over the ROIs one by one with a key for each category (M)"
          onClick={going(() => switchTriage(session, !on))}
        >
          Triage
        </button>
        <progress
          aria-label="Reviewed"
          max={Math.max(1, progress.total)}
          value={progress.reviewed}
        />
        <span className="mono soft" role="status">
          {progressText(progress)}
        </span>
      </div>
      {on && (
        <>
          {/* A press must not take the focus, so that Space goes on. */}
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside are what is pressed */}
          <div className="chips" onMouseDown={(event: MouseEvent) => event.preventDefault()}>
            {categories.map((category, i) => (
              <button
                key={category}
                type="button"
                className="chip"
                aria-pressed={lit === category}
                disabled={selection.size === 0}
                onClick={going(() => mark(session, category))}
              >
                <kbd>{LETTERS.get(category) ?? i + 1}</kbd> {category}{" "}
                <span className="faint">{progress.counts.get(category) ?? 0}</span>
              </button>
            ))}
            <button
              type="button"
              className="chip"
              title="Next ROI that is not reviewed; Shift+Space goes one back"
              disabled={progress.reviewed >= progress.total}
              onClick={going(() => goToUnreviewed(session))}
            >
              <kbd>Space</kbd> next
            </button>
            {lit !== undefined && (
              <button type="button" className="chip" onClick={() => mark(session, undefined)}>
                clear
              </button>
            )}
          </div>
          {last !== undefined && (
            <Note
              key={last}
              text={String(cellOf(table, rois, last, NOTES_COLUMN) ?? "")}
              name={roiAt(rois, last)?.name ?? ""}
            />
          )}
          <div className="line soft">
            <label className="line">
              <input
                type="checkbox"
                checked={goesOn}
                onChange={(event) => session.triage.setState({ goesOn: event.target.checked })}
              />
              go on by itself
            </label>
            <Categories />
            <button
              type="button"
              className="quiet small"
              disabled={(progress.counts.get("keep") ?? 0) === 0}
              title="Start a table of the kept ROIs alone; it is on disk once it is saved"
              onClick={() => mayLeave(session) && startKept(session)}
            >
              Kept as new table
            </button>
          </div>
        </>
      )}
    </section>
  );
}

function Note({ text, name }: { readonly text: string; readonly name: string }) {
  const session = useSession();
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  const apply = (): void => {
    if (typed !== text) note(session, typed);
  };
  return (
    <input
      aria-label={`Note on ${name}`}
      placeholder={`Note on ${name}`}
      autoComplete="off"
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={apply}
      onKeyDown={(event) => {
        // Leaving the field is what applies it, and gives the keys back to triage.
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape") setTyped(text);
      }}
    />
  );
}

/** The user's own categories. */
function Categories() {
  const session = useSession();
  const id = useId();
  const categories = useTriage((state) => state.categories);
  return (
    <>
      <button type="button" className="quiet small" popoverTarget={id}>
        Categories
      </button>
      <div id={id} popover="auto" className="popover">
        <label className="field">
          Separated by commas; the keys 1 to 9 mean them in this order
          <input
            aria-label="Categories"
            autoComplete="off"
            defaultValue={categories.join(", ")}
            onChange={(event) => {
              const named = categoriesOf(event.target.value);
              if (named) session.triage.setState({ categories: named });
            }}
          />
        </label>
      </div>
    </>
  );
}
