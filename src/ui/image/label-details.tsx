/** How a label is drawn: how opaque, filled or outlined, in which colours, and over which others. */
import type { JoinedTable } from "../../state/features.ts";
import { colorBy, colorByTable, colorProblem, columnsFor } from "../../state/label-colors.ts";
import { type LabelStyle, type LabelView, MOST_WIDTH } from "../../state/label-look.ts";
import { changeLabel, moveLabel } from "../../state/labels.ts";
import { isAbout, labelOf } from "../../table/feature-table.ts";
import { useFeatures, useLabelColors, useSession, useView } from "../session-context.ts";

const STYLES: readonly (readonly [LabelStyle, string])[] = [
  ["fill", "Fill"],
  ["outline", "Outline"],
  ["both", "Both"],
];

export function LabelDetails({ label }: { readonly label: LabelView }) {
  const session = useSession();
  const { name, opacity, style, width } = label;
  const count = useView((view) => view.labelViews.length);
  const at = useView((view) => view.labelViews.findIndex((one) => one.name === name));
  return (
    <div className="channel-details">
      <label className="slider">
        <span>Opacity</span>
        <input
          type="range"
          aria-label={`Opacity of ${name}`}
          min={0}
          max={1}
          step={0.05}
          value={opacity}
          onChange={(event) => changeLabel(session, name, { opacity: Number(event.target.value) })}
        />
        <span className="mono">{Math.round(100 * opacity)} %</span>
      </label>
      <div className="line">
        <fieldset className="joined label-styles" aria-label={`Objects of ${name}`}>
          {STYLES.map(([value, text]) => (
            <button
              key={value}
              type="button"
              aria-pressed={style === value}
              onClick={() => changeLabel(session, name, { style: value })}
            >
              {text}
            </button>
          ))}
        </fieldset>
        {style !== "fill" && (
          <label className="line soft">
            <input
              type="number"
              aria-label={`Outline width of ${name}`}
              min={1}
              max={MOST_WIDTH}
              value={width}
              onChange={(event) => {
                const next = Math.round(Number(event.target.value));
                if (next >= 1 && next <= MOST_WIDTH) changeLabel(session, name, { width: next });
              }}
            />
            px
          </label>
        )}
      </div>
      <ColorChoice label={label} />
      {count > 1 && (
        <div className="line">
          <button
            type="button"
            className="small"
            disabled={at === count - 1}
            title="Draw it over the label above it in the list"
            onClick={() => moveLabel(session, name, 1)}
          >
            ↑ Higher
          </button>
          <button
            type="button"
            className="small"
            disabled={at === 0}
            title="Draw it under the label below it in the list"
            onClick={() => moveLabel(session, name, -1)}
          >
            ↓ Lower
          </button>
        </div>
      )}
    </div>
  );
}

/** Of tables that were not read only the name is known; one is read when it is chosen. */
function ColorChoice({ label: { name, color } }: { readonly label: LabelView }) {
  const session = useSession();
  const { names, tables } = useFeatures((state) => state);
  const coming = useLabelColors((state) => state.coming.get(name));
  const isBusy = useLabelColors(({ busy }) => busy.has(name)) || coming !== undefined;
  const problem = colorProblem(name, color, { names, tables });
  const choose = (value: string): void => {
    const [table = "", column] = value.split("/").map(decodeURIComponent);
    if (table === "") colorBy(session, name, undefined);
    else if (column !== undefined) colorBy(session, name, { table, column });
    else void colorByTable(session, name, table);
  };
  const shown = coming ? entryOf(coming.table) : color ? entryOf(color.table, color.column) : "";
  return (
    <>
      <label className="line" aria-busy={isBusy}>
        <span className="soft">Colour by</span>
        <select
          aria-label={`Colour ${name} by`}
          title={
            names.length === 0
              ? "The image has no feature table; the task Measure features makes one"
              : "What objects are coloured by"
          }
          value={shown}
          onChange={(event) => choose(event.target.value)}
        >
          <option value="">object</option>
          {names.map((table) => {
            const joined = tables.get(table);
            const columns = columnsFor(name, joined);
            return columns.length > 0 ? (
              <optgroup key={table} label={table}>
                {columns.map((column) => (
                  <option key={column} value={entryOf(table, column)}>
                    {column}
                  </option>
                ))}
              </optgroup>
            ) : (
              <option key={table} value={entryOf(table)} disabled={joined !== undefined}>
                {joined ? whyNot(joined, name) : `${table} …`}
              </option>
            );
          })}
        </select>
      </label>
      {problem && (
        <p className="problem" role="status">
          {problem}
        </p>
      )}
    </>
  );
}

/** Why nothing of a table can colour a label. */
function whyNot({ name: table, table: read }: JoinedTable, label: string): string {
  return isAbout(read, label) ? `${table} has no features` : `${table} is of ${labelOf(read)}`;
}

function entryOf(table: string, ...column: readonly string[]): string {
  return [table, ...column].map(encodeURIComponent).join("/");
}
