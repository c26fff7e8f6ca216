/** The values of the selected ROIs in the table's own columns: where they differ a field says so, and typing sets all. */
import { Fragment, type KeyboardEvent, useMemo } from "react";
import { readersOf } from "../../roi/readers.ts";
import { NOTES_COLUMN, TRIAGE_COLUMN } from "../../roi/triage.ts";
import { commonOf, setValues, valuesProblem } from "../../state/set-values.ts";
import { useRois, useSession } from "../session-context.ts";
import { useDraft } from "../use-draft.ts";
import { isEditable } from "./grid-columns.ts";
import { useSettledDocument } from "./use-settled-document.ts";

const ADDED = [TRIAGE_COLUMN, NOTES_COLUMN];

export function ValueFields() {
  const session = useSession();
  const table = useRois((state) => state.table);
  const { rois, selection: ids } = useSettledDocument();
  const fields = useMemo(() => {
    if (!table) return [];
    const readers = [...readersOf(table, rois, { added: ADDED })];
    return readers
      .filter(([name]) => name !== "name" && isEditable(session, name))
      .map(([name, reader]) => ({ name, value: commonOf(reader, ids) }));
  }, [session, table, rois, ids]);
  const isAdded = (name: string): boolean => ADDED.includes(name) && !table?.columns.has(name);
  // Triage has its own bar; without one in the table its fields would be in the way.
  const shown = fields.filter(({ name, value }) => !isAdded(name) || value !== "");
  if (shown.length === 0) return null;
  return (
    <details className="cell-values" open>
      <summary className="soft">Values</summary>
      <div className="inspector">
        {shown.map(({ name, value }) => (
          <ValueField key={name} name={name} value={value} />
        ))}
      </div>
    </details>
  );
}

function ValueField({
  name,
  value,
}: {
  readonly name: string;
  readonly value: string | undefined;
}) {
  const session = useSession();
  const shown = value ?? "";
  const [text, setText] = useDraft(useRois(({ document }) => document.selection));
  const problem =
    text === undefined || text === shown ? undefined : valuesProblem(session, name, text);
  const apply = (): void => {
    if (text === undefined || text === shown || problem) return;
    setText(undefined);
    setValues(session, name, text);
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key === "Enter") apply();
    if (event.key === "Escape") setText(undefined);
  };
  return (
    <label className="field">
      <span>
        {wordsOf(name).map((word) => (
          <Fragment key={word}>
            {word}
            <wbr />
          </Fragment>
        ))}
      </span>
      <input
        className="mono"
        aria-label={name}
        autoComplete="off"
        placeholder={value === undefined ? "mixed" : ""}
        value={text ?? shown}
        aria-invalid={problem !== undefined}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={key}
        onBlur={apply}
      />
      {problem && (
        <span className="problem" role="alert">
          {problem}
        </span>
      )}
    </label>
  );
}

/** A name in the parts between which a line may break: after underscores. */
function wordsOf(name: string): readonly string[] {
  return name.split(/(?<=_)/);
}
