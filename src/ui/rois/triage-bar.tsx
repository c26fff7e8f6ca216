/** Triage: the categories with their keys, the one that is lit, how far one is, and a note on the ROI. */
import { useId, useMemo, useRef } from "react";
import { roiAt } from "../../roi/rois.ts";
import {
  categoryOf,
  loadedProgress,
  NOTES_COLUMN,
  progressOf,
  progressText,
} from "../../roi/triage.ts";
import { cellOf } from "../../roi/values.ts";
import { startKept } from "../../state/new-table.ts";
import { mark, note, setCategories } from "../../state/triage.ts";
import type { Desk } from "../commands/command.ts";
import { KeyCap } from "../commands/keys.tsx";
import { type CommandId, commandOf } from "../commands/registry.ts";
import { runCommand } from "../commands/run-command.ts";
import { keepFocus } from "../keep-focus.ts";
import { mayLeave } from "../leaving.ts";
import { useKeyOf, useTitle } from "../page.ts";
import { useRois, useSession, useTriage } from "../session-context.ts";
import { useDraft } from "../use-draft.ts";
import { going } from "./go-to-roi.ts";
import { useSettledDocument } from "./use-settled-document.ts";

/** The commands that mark as a category: by its name, else by its place. */
const BY_NAME: ReadonlyMap<string, CommandId> = new Map([
  ["keep", "triage-keep"],
  ["discard", "triage-discard"],
  ["unsure", "triage-unsure"],
]);
const BY_PLACE = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `triage-${n}` as CommandId);

export function TriageBar({ desk }: { readonly desk: Desk }) {
  const { session, stage } = desk;
  const { on, categories, goesOn } = useTriage((state) => state);
  const keyOf = useKeyOf();
  const titled = useTitle("triage-on");
  const table = useRois((state) => state.table);
  const { rois, selection } = useRois((state) => state.document);
  const loaded = useMemo(() => table && loadedProgress(table), [table]);
  const { rois: settled } = useSettledDocument();
  const progress = useMemo(
    () => table && loaded && progressOf(table, settled, loaded),
    [table, settled, loaded],
  );
  if (!table || !progress) return null;
  const last = [...selection].at(-1);
  const lit = last === undefined ? undefined : categoryOf(table, rois, last);
  const run = (id: CommandId) => (): void => void runCommand(commandOf(id), desk);
  return (
    <section className="triage" aria-label="Triage">
      <div className="line">
        <button
          type="button"
          className="quiet small"
          aria-pressed={on}
          title={titled("Go over the ROIs one by one with a key for each category")}
          onClick={run("triage-on")}
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
          {/* A press must not take the focus, so that Space goes on; but a note that is being typed counts. */}
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside are what is pressed */}
          <div className="chips" onMouseDown={keepFocus}>
            {categories.map((category, i) => (
              <button
                key={category}
                type="button"
                className="chip"
                aria-pressed={lit === category}
                disabled={selection.size === 0}
                onClick={() => going(session, stage, () => mark(session, category))}
              >
                <KeyCap stroke={keyOf(BY_NAME.get(category) ?? BY_PLACE[i])} /> {category}{" "}
                <span className="faint">{progress.counts.get(category) ?? 0}</span>
              </button>
            ))}
            <button
              type="button"
              className="chip"
              title={`Next ROI that is not reviewed; ${keyOf("triage-back") ?? "a command"} goes one back`}
              disabled={progress.reviewed >= progress.total}
              onClick={run("triage-next")}
            >
              <KeyCap stroke={keyOf("triage-next")} /> next
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
              Next after a mark
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
  const [typed, setTyped] = useDraft(text);
  const apply = (): void => {
    setTyped(undefined);
    if (typed !== undefined && typed !== text) note(session, typed);
  };
  return (
    <input
      aria-label={`Note on ${name}`}
      placeholder={`Note on ${name}`}
      autoComplete="off"
      value={typed ?? text}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={apply}
      onKeyDown={(event) => {
        // Leaving the field is what applies it, and gives the keys back to triage.
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape") setTyped(undefined);
      }}
    />
  );
}

/** The user's own categories. */
function Categories() {
  const session = useSession();
  const id = useId();
  const categories = useTriage((state) => state.categories);
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className="quiet small" popoverTarget={id}>
        Categories
      </button>
      <div
        id={id}
        popover="auto"
        className="popover"
        onToggle={({ newState }) => newState === "open" && field.current?.focus()}
      >
        <label className="field">
          Separated by commas; the keys 1 to 9 mean them in this order
          <input
            ref={field}
            aria-label="Categories"
            autoComplete="off"
            defaultValue={categories.join(", ")}
            onChange={(event) => setCategories(session, event.target.value)}
          />
        </label>
      </div>
    </>
  );
}
