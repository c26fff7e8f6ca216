/** How channels are looked at: kept with the source they were set in, and as presets that any image with such channels takes. */
import { isJsonObject } from "../base/json.ts";
import { withFewVisible } from "../ome/channels.ts";
import { type ChannelLook, lookOf } from "./channel-look.ts";
import { keepFor, keptFor, onImage, pairsIn } from "./kept-by-source.ts";
import type { Session } from "./session.ts";
import { type ChannelView, changeChannel } from "./view.ts";

const LOOKS = "channel-looks";
const PRESETS = "channel-presets";

/** Channels are told apart by their names, which are the same from well to well. */
type Looks = ReadonlyMap<string, ChannelLook>;

/** By index; of channels with one label, the second is “… (2)”. */
function namesOf(channels: readonly ChannelView[]): readonly string[] {
  return channels.map(({ label }, i) => {
    const before = channels.slice(0, i).filter((other) => other.label === label).length;
    return before === 0 ? label : `${label} (${before + 1})`;
  });
}

export interface ChannelPreset {
  readonly name: string;
  readonly looks: Looks;
}

/** Changes a channel by hand: all images of the source are looked at so from now on. */
export function changeLook(session: Session, index: number, change: ChannelLook): void {
  const { view, opened, services } = session;
  changeChannel(view, index, change);
  const name = namesOf(view.getState().channels)[index];
  const state = opened.getState();
  if (state.kind !== "open" || name === undefined) return;
  const { source } = state.place;
  const looks = new Map(looksOf(keptFor(services.habits, LOOKS, source)));
  looks.set(name, { ...looks.get(name), ...change });
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
  const { channels } = session.view.getState();
  const names = namesOf(channels);
  const looks = new Map(
    channels.map(({ index, color, visible, window, gamma, lut }) => [
      names[index] ?? "",
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
  let met = 0;
  for (const [index, name] of namesOf(session.view.getState().channels).entries()) {
    const look = looks.get(name);
    if (look === undefined) continue;
    met++;
    // A preset says all of a channel; that it has no table is not stored.
    changeLook(session, index, { lut: undefined, ...look });
  }
  return met;
}

function writePresets({ services }: Session, presets: readonly ChannelPreset[]): void {
  const sorted = presets.toSorted((a, b) => a.name.localeCompare(b.name));
  services.habits.write(
    PRESETS,
    sorted.map(({ name, looks }) => [name, [...looks]]),
  );
}

function withLooks(channels: readonly ChannelView[], looks: Looks): readonly ChannelView[] {
  const names = namesOf(channels);
  return withFewVisible(
    channels.map((channel, i) => ({ ...channel, ...looks.get(names[i] ?? "") })),
  );
}

function looksOf(kept: unknown): Looks {
  return new Map(
    pairsIn(kept).flatMap(([label, look]) =>
      isJsonObject(look) ? [[label, lookOf(look)] as const] : [],
    ),
  );
}
