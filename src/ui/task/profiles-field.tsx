/** Illumination profiles: for each channel a flat field, perhaps a dark field, and what is taken off besides. */
import type { Channel } from "../../ome/multiscale.ts";
import { refTo } from "../../state/task-form.ts";
import { type ChannelProfiles, channelOf } from "../../tasks/fields.ts";
import type { FieldProps } from "./choice-field.tsx";
import { FieldProblem, NumberField } from "./number-field.tsx";
import { ProfileSourceField } from "./profile-source-field.tsx";

export function ProfilesField({
  title,
  hint,
  channels,
  value,
  problem,
  onChange,
}: FieldProps<readonly ChannelProfiles[]> & { readonly channels: readonly Channel[] }) {
  const rows = channels.map((channel): [Channel, ChannelProfiles] => {
    const given = value.find((one) => channelOf(channels, one.channel)?.index === channel.index);
    const estimated = { kind: "estimated" } as const;
    return [
      channel,
      given ?? { channel: refTo(channels, channel), flat: estimated, background: 0 },
    ];
  });
  const change = (index: number, row: ChannelProfiles): void =>
    onChange(rows.map(([channel, before]) => (channel.index === index ? row : before)));
  return (
    <fieldset className="field wide profiles" title={hint}>
      <legend>{title}</legend>
      {rows.map(([{ index, label }, row]) => (
        <fieldset key={index}>
          <legend className="visually-hidden">{label}</legend>
          <div className="line wide">
            <strong aria-hidden="true">{label}</strong>
            <NumberField
              title="Background"
              label={`Background of ${label}`}
              hint="Taken off every pixel, after the dark field"
              isWhole
              value={row.background}
              problem={Number.isSafeInteger(row.background) ? undefined : "must be a whole number"}
              onChange={(background) => change(index, { ...row, background })}
            />
          </div>
          <ProfileSourceField
            title="Flat field"
            label={`Flat field of ${label}`}
            none="Estimated"
            value={row.flat.kind === "estimated" ? undefined : row.flat}
            onChange={(flat) => change(index, { ...row, flat: flat ?? { kind: "estimated" } })}
          />
          <ProfileSourceField
            title="Dark field"
            label={`Dark field of ${label}`}
            none="None"
            value={row.dark}
            onChange={(dark) => {
              const { dark: _before, ...bright } = row;
              change(index, dark ? { ...bright, dark } : bright);
            }}
          />
        </fieldset>
      ))}
      <FieldProblem id="profiles-problem" problem={problem} />
    </fieldset>
  );
}
