/** A number that is typed: what is no number is kept as typed, and told as NaN. */
import { useId, useState } from "react";

export function NumberField({
  title,
  label = title,
  hint,
  unit,
  isWhole = false,
  value,
  problem,
  onChange,
}: {
  readonly title: string;
  /** The title for whoever does not see where it stands. */
  readonly label?: string;
  readonly hint: string;
  readonly unit?: string | undefined;
  readonly isWhole?: boolean | undefined;
  readonly value: number;
  readonly problem: string | undefined;
  readonly onChange: (value: number) => void;
}) {
  const id = useId();
  const [text, setText] = useState(() => shown(value));
  // The value may be changed from outside: by a recipe, or by another task's form.
  const isTyped = Object.is(numberIn(text), value);
  return (
    <label className="field" title={hint}>
      <span>
        {title} {unit && <span className="px">{unit}</span>}
      </span>
      <input
        className="mono"
        inputMode={isWhole ? "numeric" : "decimal"}
        autoComplete="off"
        aria-label={label}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : id}
        value={isTyped ? text : shown(value)}
        onChange={(event) => {
          setText(event.target.value);
          onChange(numberIn(event.target.value));
        }}
      />
      <FieldProblem id={id} problem={problem} />
    </label>
  );
}

/** Why a field's value cannot be used, below it. */
export function FieldProblem({
  id,
  problem,
}: {
  readonly id: string;
  readonly problem: string | undefined;
}) {
  if (problem === undefined) return null;
  return (
    <span className="problem" id={id}>
      {problem}
    </span>
  );
}

function shown(value: number): string {
  return Number.isNaN(value) ? "" : String(value);
}

/** NaN for none. A comma is a decimal point. */
function numberIn(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text.replace(",", "."));
}
