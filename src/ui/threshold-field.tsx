/** How a threshold is found: by a method in each ROI, or one number for all. */
import { useId } from "react";
import type { Threshold } from "../tasks/fields.ts";
import { FieldProblem, NumberField } from "./number-field.tsx";

const METHODS: readonly (readonly [kind: Threshold["kind"], title: string])[] = [
  ["otsu", "Otsu"],
  ["triangle", "Triangle"],
  ["li", "Li"],
  ["fixed", "Fixed value"],
];

export function ThresholdField({
  title,
  hint,
  value,
  problem,
  onChange,
}: {
  readonly title: string;
  readonly hint: string;
  readonly value: Threshold;
  readonly problem: string | undefined;
  readonly onChange: (value: Threshold) => void;
}) {
  const id = useId();
  const choose = (chosen: string): void => {
    const [kind = "otsu"] = METHODS.find(([method]) => method === chosen) ?? [];
    // No number is as good as another: it has to be typed.
    onChange(kind === "fixed" ? { kind, value: Number.NaN } : { kind });
  };
  return (
    <>
      <label className="field" title={hint}>
        {title}
        <select
          aria-label={title}
          aria-invalid={problem !== undefined}
          value={value.kind}
          onChange={(event) => choose(event.target.value)}
        >
          {METHODS.map(([kind, name]) => (
            <option key={kind} value={kind}>
              {name}
            </option>
          ))}
        </select>
        {value.kind !== "fixed" && <FieldProblem id={id} problem={problem} />}
      </label>
      {value.kind === "fixed" && (
        <NumberField
          title="Above"
          hint="Pixels brighter than this, after smoothing, are foreground"
          value={value.value}
          problem={problem === undefined ? undefined : "must be a number"}
          onChange={(number) => onChange({ kind: "fixed", value: number })}
        />
      )}
    </>
  );
}
