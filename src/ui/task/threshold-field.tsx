/** How a threshold is found: by a method in each ROI, or one number for all. */
import type { Threshold } from "../../tasks/fields.ts";
import { ChoiceField, type FieldProps } from "./choice-field.tsx";
import { NumberField } from "./number-field.tsx";

const METHODS: readonly (readonly [kind: Threshold["kind"], title: string])[] = [
  ["otsu", "Otsu"],
  ["triangle", "Triangle"],
  ["li", "Li"],
  ["fixed", "Fixed value"],
];

export function ThresholdField({ value, problem, onChange, ...field }: FieldProps<Threshold>) {
  const choose = (chosen: string): void => {
    const [kind = "otsu"] = METHODS.find(([method]) => method === chosen) ?? [];
    // No number is as good as another: it has to be typed.
    onChange(kind === "fixed" ? { kind, value: Number.NaN } : { kind });
  };
  return (
    <>
      <ChoiceField
        {...field}
        value={value.kind}
        problem={value.kind === "fixed" ? undefined : problem}
        onChange={choose}
      >
        {METHODS.map(([kind, name]) => (
          <option key={kind} value={kind}>
            {name}
          </option>
        ))}
      </ChoiceField>
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
