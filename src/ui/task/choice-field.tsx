/** One of several, chosen from a list. */
import { type ReactNode, useId } from "react";
import { FieldProblem } from "./number-field.tsx";

/** What every field of a form is told. */
export interface FieldProps<Value> {
  readonly title: string;
  readonly hint: string;
  readonly value: Value;
  /** Why the value cannot be used. */
  readonly problem: string | undefined;
  readonly onChange: (value: Value) => void;
}

export function ChoiceField({
  title,
  hint,
  value,
  problem,
  onChange,
  children,
}: FieldProps<string> & { readonly children: ReactNode }) {
  const id = useId();
  return (
    <label className="field" title={hint}>
      {title}
      <select
        aria-label={title}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {children}
      </select>
      <FieldProblem id={id} problem={problem} />
    </label>
  );
}
