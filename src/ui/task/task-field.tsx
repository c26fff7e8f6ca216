/** One parameter of a task as a field of the form: what is drawn follows from its kind. */
import type { Image } from "../../ome/multiscale.ts";
import {
  type ChannelProfiles,
  type ChannelRef,
  channelOf,
  type Field,
  fieldProblem,
  type Masking,
  noChannel,
  type Threshold,
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
  const problem = problemOf(field, value, image);
  const common = { title, hint, problem, onChange };
  switch (field.kind) {
    case "number":
      return (
        <NumberField
          {...common}
          unit={field.unit}
          isWhole={field.isWhole}
          value={value as number}
        />
      );
    case "switch":
      return (
        <label className="check" title={hint}>
          <input
            type="checkbox"
            checked={value === true}
            onChange={(event) => onChange(event.target.checked)}
          />
          {title}
        </label>
      );
    case "choice":
      return (
        <ChoiceField {...common} value={value as string}>
          {field.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.title}
            </option>
          ))}
        </ChoiceField>
      );
    case "label":
      return <LabelChoice {...common} none={field.none} value={value as string} />;
    case "threshold":
      return <ThresholdField {...common} value={value as Threshold} />;
    case "channel":
      return <ChannelField {...common} channels={channels} value={value as ChannelRef} />;
    case "channels":
      return (
        <ChannelsField {...common} channels={channels} value={value as readonly ChannelRef[]} />
      );
    case "profiles":
      return (
        <ProfilesField
          {...common}
          channels={channels}
          value={value as readonly ChannelProfiles[]}
        />
      );
    case "masking":
      return <MaskingField {...common} value={value as Masking} />;
  }
}

/** What is wrong with a field's value on this image: the end of a sentence, or one of its own. */
function problemOf(field: Field, value: unknown, { channels }: Image): string | undefined {
  const problem = fieldProblem(field, value);
  if (problem !== undefined) return problem;
  const named = field.kind === "channel" ? [value as ChannelRef] : [];
  const all = field.kind === "channels" ? (value as readonly ChannelRef[]) : named;
  const missing = all.find((ref) => channelOf(channels, ref) === undefined);
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
