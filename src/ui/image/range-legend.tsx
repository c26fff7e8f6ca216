/** What the colours of numbers mean: the scale, its ends, which can be set, and how many have no number. */
import type { KeyboardEvent } from "react";
import { grouped } from "../../base/counted.ts";
import type { ColumnSummary } from "../../roi/column-summary.ts";
import { cssColor, NO_VALUE_COLOR, RAMP_CSS } from "../../scene/palette.ts";
import type { RoiColors } from "../../state/roi-colors.ts";
import { fourDigits } from "../number-text.ts";
import { useDraft } from "../use-draft.ts";
import { endsOf, reachOf } from "./roi-paint.ts";

export function RangeLegend({
  summary,
  ends,
  onEnds,
}: {
  readonly summary: Extract<ColumnSummary, { kind: "range" }>;
  readonly ends: RoiColors["ends"];
  /** Undefined is what the column reaches. */
  readonly onEnds: (ends: RoiColors["ends"]) => void;
}) {
  const [least, most] = endsOf({ ends, summary });
  const reach = reachOf(summary);
  const set = (i: 0 | 1, value: number): void => {
    const next: readonly [number, number] = i === 0 ? [value, most] : [least, value];
    onEnds(next[0] === reach[0] && next[1] === reach[1] ? undefined : next);
  };
  return (
    <div className="scale">
      {!Number.isNaN(summary.min) && (
        <>
          <div className="ramp" style={{ background: RAMP_CSS }} />
          <div className="line">
            <End label="Least" value={least} whole={reach[0]} onChange={(value) => set(0, value)} />
            <End label="Most" value={most} whole={reach[1]} onChange={(value) => set(1, value)} />
          </div>
        </>
      )}
      {summary.missing > 0 && (
        <p className="faint">
          <i style={{ borderColor: cssColor(NO_VALUE_COLOR) }} /> no value{" "}
          {grouped(summary.missing)}
        </p>
      )}
    </div>
  );
}

/** One end of the scale; an empty field is the end of the column. */
function End({
  label,
  value,
  whole,
  onChange,
}: {
  readonly label: string;
  readonly value: number;
  readonly whole: number;
  readonly onChange: (value: number) => void;
}) {
  const shown = fourDigits(value);
  const [typed, setTyped] = useDraft(value);
  const text = typed ?? shown;
  const wanted = text.trim() === "" ? whole : Number(text.replace(",", "."));
  const apply = (): void => {
    setTyped(undefined);
    if (text !== shown && Number.isFinite(wanted)) onChange(wanted);
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key === "Enter") apply();
    if (event.key === "Escape") setTyped(undefined);
  };
  return (
    <input
      className="mono"
      inputMode="decimal"
      autoComplete="off"
      aria-label={`${label} of the colours`}
      title="Drawn in the colour of this end, and all beyond it; empty is the end of the column"
      aria-invalid={!Number.isFinite(wanted)}
      value={text}
      onChange={({ target }) => setTyped(target.value)}
      onKeyDown={key}
      onBlur={apply}
    />
  );
}
