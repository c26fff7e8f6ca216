/** One channel of the image, or several: chosen by their labels. */
import { useId } from "react";
import type { Channel } from "../../ome/multiscale.ts";
import { refTo } from "../../state/task-form.ts";
import { type ChannelRef, channelOf } from "../../tasks/fields.ts";
import { ChoiceField, type FieldProps } from "./choice-field.tsx";
import { FieldProblem } from "./number-field.tsx";

export function ChannelField({
  channels,
  value,
  onChange,
  ...field
}: FieldProps<ChannelRef> & { readonly channels: readonly Channel[] }) {
  const chosen = channelOf(channels, value);
  return (
    <ChoiceField
      {...field}
      value={String(chosen?.index ?? "")}
      onChange={(index) => {
        const channel = channels[Number(index)];
        if (channel) onChange(refTo(channels, channel));
      }}
    >
      {chosen === undefined && <option value="">{value.identifier}</option>}
      {channels.map(({ index, label }) => (
        <option key={index} value={index}>
          {label}
        </option>
      ))}
    </ChoiceField>
  );
}

export function ChannelsField({
  title,
  hint,
  channels,
  value,
  problem,
  onChange,
}: FieldProps<readonly ChannelRef[]> & { readonly channels: readonly Channel[] }) {
  const id = useId();
  const named = new Set(value.map((ref) => channelOf(channels, ref)?.index));
  const isIn = (index: number): boolean => value.length === 0 || named.has(index);
  const change = (index: number): void => {
    const kept = channels.filter((channel) => isIn(channel.index) !== (channel.index === index));
    // None named means all: the last one cannot be taken away.
    if (kept.length > 0)
      onChange(
        kept.length === channels.length ? [] : kept.map((channel) => refTo(channels, channel)),
      );
  };
  return (
    <fieldset className="field wide" title={hint} aria-describedby={problem && id}>
      <legend>{title}</legend>
      <span className="switches">
        {channels.map(({ index, label }) => (
          <label key={index}>
            <input type="checkbox" checked={isIn(index)} onChange={() => change(index)} />
            {label}
          </label>
        ))}
      </span>
      <FieldProblem id={id} problem={problem} />
    </fieldset>
  );
}
