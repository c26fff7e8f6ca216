/** One parameter of a task as a field of the form: what is drawn follows from its kind. */
import type { Image } from "../../ome/multiscale.ts";
import {
  channelOf,
  type Field,
  type FilledField,
  fieldProblem,
  noChannel,
} from "../../tasks/fields.ts";
import { useView } from "../session-context.ts";
import { ChannelField, ChannelsField } from "./channel-fields.tsx";
import { ChoiceField, type FieldProps } from "./choice-field.tsx";
import { MaskingField } from "./masking-field.tsx";
import { NumberField } from "./number-field.tsx";
import { ProfilesField } from "./profiles-field.tsx";
import { ThresholdField } from "./threshold-field.tsx";

export interface TaskFieldProps {
  readonly field: Field;
  /** As the field's kind has it (`FieldValues`): what is typed wrong is still of its type. */
  readonly value: unknown;
  readonly image: Image;
  readonly onChange: (value: unknown) => void;
}

export function TaskField({ field, value, image, onChange }: TaskFieldProps) {
  const { title, hint } = field;
  const { channels } = image;
  // The one place where the types are told that a value is of its field's kind.
  const filled = { kind: field.kind, field, value } as FilledField;
  const problem = problemOf(filled, image);
  const common = { title, hint, problem, onChange };
  switch (filled.kind) {
    case "number": {
      const { unit, isWhole } = filled.field;
      return <NumberField {...common} unit={unit} isWhole={isWhole} value={filled.value} />;
    }
    case "switch":
      return (
        <label className="check" title={hint}>
          <input
            type="checkbox"
            checked={filled.value}
            onChange={(event) => onChange(event.target.checked)}
          />
          {title}
        </label>
      );
    case "choice":
      return (
        <ChoiceField {...common} value={filled.value}>
          {filled.field.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.title}
            </option>
          ))}
        </ChoiceField>
      );
    case "label":
      return <LabelChoice {...common} none={filled.field.none} value={filled.value} />;
    case "threshold":
      return <ThresholdField {...common} value={filled.value} />;
    case "channel":
      return <ChannelField {...common} channels={channels} value={filled.value} />;
    case "channels":
      return <ChannelsField {...common} channels={channels} value={filled.value} />;
    case "profiles":
      return <ProfilesField {...common} channels={channels} value={filled.value} />;
    case "masking":
      return <MaskingField {...common} value={filled.value} />;
  }
}

/** What is wrong with a field's value on this image: the end of a sentence, or one of its own. */
function problemOf(filled: FilledField, { channels }: Image): string | undefined {
  const problem = fieldProblem(filled.field, filled.value);
  if (problem !== undefined) return problem;
  const one = filled.kind === "channel" ? [filled.value] : [];
  const named = filled.kind === "channels" ? filled.value : one;
  const missing = named.find((ref) => channelOf(channels, ref) === undefined);
  return missing && noChannel(channels, missing);
}

function LabelChoice({
  none,
  ...choice
}: FieldProps<string> & { readonly none: string | undefined }) {
  const labels = useView((view) => view.labels);
  const isThere = choice.value === "" || labels.includes(choice.value);
  return (
    <ChoiceField {...choice}>
      <option value="">{none ?? "Choose a label"}</option>
      {!isThere && <option>{choice.value}</option>}
      {labels.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </ChoiceField>
  );
}
