/** Which objects confine what is processed: none, those of a masking table, or those of a label. */
import type { Masking } from "../../tasks/fields.ts";
import { useFeatures, useRois, useView } from "../session-context.ts";
import { ChoiceField, type FieldProps } from "./choice-field.tsx";

export function MaskingField({ value, onChange, ...field }: FieldProps<Masking>) {
  const labels = useView((view) => view.labels);
  const names = useRois((rois) => rois.names);
  const features = useFeatures((state) => state.names);
  const tables = names.filter((name) => !features.includes(name));
  return (
    <ChoiceField
      {...field}
      value={value.kind === "none" ? "none" : `${value.kind}/${value.name}`}
      onChange={(chosen) => onChange(maskingOf(chosen))}
    >
      <option value="none">None</option>
      <Names kind="table" names={withChosen(tables, "table", value)} title="Tables" />
      <Names kind="label" names={withChosen(labels, "label", value)} title="Labels" />
    </ChoiceField>
  );
}

function Names({
  kind,
  names,
  title,
}: {
  readonly kind: "table" | "label";
  readonly names: readonly string[];
  readonly title: string;
}) {
  if (names.length === 0) return null;
  return (
    <optgroup label={title}>
      {names.map((name) => (
        <option key={name} value={`${kind}/${name}`}>
          {name}
        </option>
      ))}
    </optgroup>
  );
}

/** What a recipe names is shown, whether the image has it or not. */
function withChosen(
  names: readonly string[],
  kind: "table" | "label",
  value: Masking,
): readonly string[] {
  return value.kind === kind && !names.includes(value.name) ? [value.name, ...names] : names;
}

function maskingOf(chosen: string): Masking {
  const [kind, ...name] = chosen.split("/");
  return kind === "table" || kind === "label" ? { kind, name: name.join("/") } : { kind: "none" };
}
