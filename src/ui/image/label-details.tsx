/** How a label is drawn: how opaque, filled or outlined, in which colours, and over which others. */
import { chooseFeatures } from "../../state/features.ts";
import { colorLabel, columnsFor, isAbout } from "../../state/label-colors.ts";
import { type LabelStyle, type LabelView, MOST_WIDTH } from "../../state/label-look.ts";
import { changeLabel, moveLabel } from "../../state/labels.ts";
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

/** Of tables that are not joined only the name is known; one is joined when it is chosen. */
function ColorChoice({ label: { name, color } }: { readonly label: LabelView }) {
  const session = useSession();
  const { names, chosen } = useFeatures((state) => state);
  const isBusy = useLabelColors((state) => state.isBusy);
  const columns = columnsFor(name, chosen);
  const isShown = color?.table === chosen?.name && columns.includes(color?.column ?? "");
  const choose = (value: string): void => {
    const [kind = "", text = ""] = [value.slice(0, 1), value.slice(1)];
    if (kind === "t") void colorByFirst(text);
    else {
      const table = chosen?.name;
      const next = kind === "c" && table !== undefined;
      void colorLabel(session, name, next ? { table, column: text, ends: undefined } : undefined);
    }
  };
  const colorByFirst = async (table: string): Promise<void> => {
    await chooseFeatures(session, table);
    const now = session.features.getState().chosen;
    const [column] = columnsFor(name, now);
    if (now?.name === table && column !== undefined)
      await colorLabel(session, name, { table, column, ends: undefined });
  };
  return (
    <label className="line" aria-busy={isBusy}>
      <span className="soft">Colour by</span>
      <select
        aria-label={`Colour ${name} by`}
        title={
          names.length === 0
            ? "The image has no feature table; the task Measure features makes one"
            : "What objects are coloured by"
        }
        value={isShown ? `c${color?.column}` : ""}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="">object</option>
        {chosen && columns.length > 0 && (
          <optgroup label={chosen.name}>
            {columns.map((column) => (
              <option key={column} value={`c${column}`}>
                {column}
              </option>
            ))}
          </optgroup>
        )}
        {names
          .filter((table) => table !== chosen?.name || !isAbout(chosen.table, name))
          .map((table) => (
            <option key={table} value={`t${table}`} disabled={table === chosen?.name}>
              {table === chosen?.name ? `${table} is of another label` : `${table} …`}
            </option>
          ))}
      </select>
    </label>
  );
}
