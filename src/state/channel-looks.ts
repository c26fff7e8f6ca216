/** How channels are looked at: kept with the source they were set in, and as presets that any image with such channels takes. */
import { isJsonObject } from "../base/json.ts";
import { withFewVisible } from "../ome/channels.ts";
import { type ChannelLook, lookOf } from "./channel-look.ts";
import { keepFor, keptFor, onImage, pairsIn } from "./kept-by-source.ts";
import type { Session } from "./session.ts";
import { type ChannelView, changeChannel } from "./view.ts";

const LOOKS = "channel-looks";
const PRESETS = "channel-presets";

/** Channels are told apart by their labels, which are the same from well to well. */
type Looks = ReadonlyMap<string, ChannelLook>;

export interface ChannelPreset {
  readonly name: string;
  readonly looks: Looks;
}

/** Changes a channel by hand: all images of the source are looked at so from now on. */
export function changeLook(session: Session, index: number, change: ChannelLook): void {
  const { view, opened, services } = session;
  changeChannel(view, index, change);
  const label = view.getState().channels.find((channel) => channel.index === index)?.label;
  const state = opened.getState();
  if (state.kind !== "open" || label === undefined) return;
  const { source } = state.place;
  const looks = new Map(looksOf(keptFor(services.habits, LOOKS, source)));
  looks.set(label, { ...looks.get(label), ...change });
  keepFor(services.habits, LOOKS, source, [...looks]);
}

/** Looks at each image that is opened as at its source before. */
export function keepChannelLooks(session: Session): void {
  const { view, services } = session;
  onImage(session, (source) => {
    const looks = looksOf(keptFor(services.habits, LOOKS, source));
    if (looks.size > 0) view.setState({ channels: withLooks(view.getState().channels, looks) });
  });
}

/** The presets, by name. */
export function presetsOf({ services }: Session): readonly ChannelPreset[] {
  const kept = pairsIn(services.habits.read(PRESETS));
  return kept.map(([name, looks]) => ({ name, looks: looksOf(looks) }));
}

/** Keeps how all channels are looked at now under a name, in place of what was kept under it. */
export function savePreset(session: Session, name: string): void {
  const looks = new Map(
    session.view
      .getState()
      .channels.map(({ label, color, visible, window, gamma, lut }) => [
        label,
        { color, visible, gamma, lut, ...(window ? { window } : {}) },
      ]),
  );
  writePresets(session, [
    ...presetsOf(session).filter((one) => one.name !== name),
    { name, looks },
  ]);
}

export function removePreset(session: Session, name: string): void {
  writePresets(
    session,
    presetsOf(session).filter((one) => one.name !== name),
  );
}

/** Channels named as in the preset are looked at so; the others stay. @returns how many there are */
export function applyPreset(session: Session, { looks }: ChannelPreset): number {
  const { channels } = session.view.getState();
  const met = channels.filter(({ label }) => looks.has(label));
  // A preset says all of a channel; that it has no table is not stored.
  for (const { index, label } of met)
    changeLook(session, index, { lut: undefined, ...looks.get(label) });
  return met.length;
}

function writePresets({ services }: Session, presets: readonly ChannelPreset[]): void {
  const sorted = presets.toSorted((a, b) => a.name.localeCompare(b.name));
  services.habits.write(
    PRESETS,
    sorted.map(({ name, looks }) => [name, [...looks]]),
  );
}

function withLooks(channels: readonly ChannelView[], looks: Looks): readonly ChannelView[] {
  return withFewVisible(channels.map((channel) => ({ ...channel, ...looks.get(channel.label) })));
}

function looksOf(kept: unknown): Looks {
  return new Map(
    pairsIn(kept).flatMap(([label, look]) =>
      isJsonObject(look) ? [[label, lookOf(look)] as const] : [],
    ),
  );
}
