/** Picks from what a column holds: texts by ticks, with how often each is there, numbers by their ends. */
import { type KeyboardEvent, useEffect, useState } from "react";
import { grouped } from "../../base/counted.ts";
import type { ColumnSummary } from "../../roi/column-summary.ts";
import { type Pick, pickIn, withPick } from "../../roi/picking.ts";
import { summaryOfColumn } from "../../state/column-summary.ts";
import { arrange, columnsOf } from "../../state/roi-list.ts";
import { fourDigits } from "../number-text.ts";
import { useRoiList, useRois, useSession } from "../session-context.ts";

/** More values than this are searched, not read. */
const MOST_LISTED = 100;
const SEARCHED_FROM = 12;

export function ColumnPicker({ column }: { readonly column: string }) {
  const session = useSession();
  const query = useRoiList((state) => state.query);
  const rois = useRois((state) => state.document.rois);
  const [summary, setSummary] = useState<ColumnSummary>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted anew after edits
  useEffect(() => {
    let isCurrent = true;
    void summaryOfColumn(session, column, () => isCurrent).then(
      (found) => isCurrent && found && setSummary(found),
    );
    return () => {
      isCurrent = false;
    };
  }, [session, column, rois]);
  if (!summary) return <p className="faint">Counting…</p>;
  const of = { column, columns: columnsOf(session) };
  const pick = pickIn(query, of);
  const choose = (picked: Pick): void =>
    void arrange(session, { query: withPick(query, of, picked) });
  return summary.kind === "range" ? (
    <RangePicker key={column} summary={summary} pick={pick} onPick={choose} />
  ) : (
    <ValuePicker summary={summary} pick={pick} onPick={choose} />
  );
}

interface PickerProps<Kind> {
  readonly summary: Extract<ColumnSummary, { kind: Kind }>;
  readonly pick: Pick;
  readonly onPick: (pick: Pick) => void;
}

function ValuePicker({ summary, pick, onPick }: PickerProps<"categories">) {
  const [sought, setSought] = useState("");
  const picked = pick?.kind === "values" ? pick.values : [];
  const { values, missing } = summary;
  const all = missing > 0 ? [...values, { value: "", count: missing }] : values;
  const found = all.filter(({ value }) => value.toLowerCase().includes(sought.toLowerCase()));
  const tick = (value: string, isOn: boolean): void => {
    const others = picked.filter((one) => one !== value);
    const next = isOn ? [...others, value] : others;
    onPick(next.length === 0 ? undefined : { kind: "values", values: next });
  };
  return (
    <>
      {all.length > SEARCHED_FROM && (
        <input
          type="search"
          aria-label="Find a value"
          placeholder={`Find one of ${grouped(all.length)} values`}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
      )}
      <div className="values">
        {found.slice(0, MOST_LISTED).map(({ value, count }) => (
          <label key={value} className="line">
            <input
              type="checkbox"
              checked={picked.includes(value)}
              onChange={(event) => tick(value, event.target.checked)}
            />
            <span className={value === "" ? "faint" : ""}>{value || "no value"}</span>
            <span className="faint mono">{grouped(count)}</span>
          </label>
        ))}
        {found.length > MOST_LISTED && (
          <p className="faint">and {grouped(found.length - MOST_LISTED)} more</p>
        )}
      </div>
      <div className="line">
        <button
          type="button"
          className="quiet small"
          disabled={picked.length === 0}
          onClick={() => onPick(undefined)}
        >
          Show all
        </button>
        <span className="faint">{picked.length === 0 ? "Tick what to show" : ""}</span>
      </div>
    </>
  );
}

function RangePicker({ summary: { min, max, missing }, pick, onPick }: PickerProps<"range">) {
  const picked = pick?.kind === "range" ? pick : undefined;
  const [texts, setTexts] = useState(() => [textOf(picked?.min), textOf(picked?.max)] as const);
  const [least, most] = texts.map(numberOf);
  const isWrong = Number.isNaN(least) || Number.isNaN(most);
  const apply = (): void => {
    if (isWrong) return;
    const none = least === undefined && most === undefined;
    onPick(none ? undefined : { kind: "range", min: least, max: most });
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key === "Enter") apply();
  };
  if (Number.isNaN(min)) return <p className="faint">No ROI has a value here.</p>;
  return (
    <>
      <div className="pair">
        {(["From", "To"] as const).map((end, i) => (
          <label key={end} className="field">
            {end}
            <input
              className="mono"
              inputMode="decimal"
              autoComplete="off"
              aria-invalid={Number.isNaN(i === 0 ? least : most)}
              placeholder={fourDigits(i === 0 ? min : max)}
              value={texts[i]}
              onChange={({ target: { value } }) =>
                setTexts(([a, b]) => (i === 0 ? [value, b] : [a, value]))
              }
              onKeyDown={key}
              onBlur={apply}
            />
          </label>
        ))}
      </div>
      <div className="line">
        <button
          type="button"
          className="quiet small"
          disabled={picked === undefined}
          onClick={() => {
            setTexts(["", ""]);
            onPick(undefined);
          }}
        >
          Show all
        </button>
        {missing > 0 && <span className="faint">{missing} have no value</span>}
      </div>
    </>
  );
}

function textOf(value: number | undefined): string {
  return value === undefined ? "" : String(value);
}

/** Undefined for nothing, NaN for what is no number. */
function numberOf(text: string): number | undefined {
  const plain = text.trim().replace(",", ".");
  if (plain === "") return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : Number.NaN;
}
