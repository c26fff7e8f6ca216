/** The channels: on or off, colour, contrast. */
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { ChannelView } from "../../state/view.ts";
import { changeChannel } from "../../state/view.ts";
import { useSession, useView } from "../session-context.ts";
import type { Stage } from "./stage.ts";

/** What a channel's contrast sliders span; found once, so that they do not move under the hand. */
interface Range {
  readonly min: number;
  readonly max: number;
}

export function ChannelPanel({ stage }: { readonly stage: Stage }) {
  const channels = useView((view) => view.channels);
  const busy = useStore(stage.status, (status) => status.busy);
  const [ranges, setRanges] = useState<ReadonlyMap<number, Range>>(new Map());
  useEffect(() => {
    // Once the tiles have come, there are pixels to find a range from.
    if (busy) return;
    const found = channels.flatMap(({ index, visible }): [number, Range][] => {
      const auto = visible && !ranges.has(index) ? stage.autoWindow(index) : undefined;
      return auto ? [[index, rangeOf(auto)]] : [];
    });
    if (found.length > 0) setRanges(new Map([...ranges, ...found]));
  }, [busy, channels, ranges, stage]);
  return (
    <section aria-label="Channels" className="block">
      <h2>Channels</h2>
      {channels.map((channel) => (
        <Channel
          key={channel.index}
          channel={channel}
          range={ranges.get(channel.index)}
          onAuto={() => stage.autoWindow(channel.index)}
        />
      ))}
    </section>
  );
}

/** Twice as wide as what the pixels fill: room to darken. */
function rangeOf([start, end]: readonly [number, number]): Range {
  return { min: Math.min(0, start), max: end + (end - start) };
}

function Channel({
  channel,
  range,
  onAuto,
}: {
  readonly channel: ChannelView;
  readonly range: Range | undefined;
  readonly onAuto: () => readonly [start: number, end: number] | undefined;
}) {
  const session = useSession();
  const { index, label, visible, color, window } = channel;
  const [start, end] = window ?? [0, 1];
  const low = Math.min(range?.min ?? 0, start);
  const high = Math.max(range?.max ?? end, end);
  const step = Number.isInteger(low) && Number.isInteger(high) ? 1 : (high - low) / 1000;
  const set = (next: readonly [number, number]): void =>
    changeChannel(session.view, index, { window: next });
  return (
    <div className="channel" data-visible={visible}>
      <div className="line">
        <label>
          <input
            type="checkbox"
            checked={visible}
            style={{ accentColor: hexOf(color) }}
            onChange={(event) =>
              changeChannel(session.view, index, { visible: event.target.checked })
            }
          />
          {label}
        </label>
        <span className="mono faint">{window ? `${short(start)}–${short(end)}` : "…"}</span>
        <button
          type="button"
          className="quiet small"
          disabled={!range}
          aria-label={`Auto contrast for ${label}`}
          onClick={() => set(onAuto() ?? [start, end])}
        >
          Auto
        </button>
        <input
          type="color"
          aria-label={`Colour of ${label}`}
          value={hexOf(color)}
          onChange={(event) =>
            changeChannel(session.view, index, { color: colorOf(event.target.value) })
          }
        />
      </div>
      <div className="contrast">
        <input
          type="range"
          aria-label={`${label} black`}
          min={low}
          max={high}
          step={step}
          value={start}
          disabled={!window}
          onChange={(event) => set([Math.min(Number(event.target.value), end - step), end])}
        />
        <input
          type="range"
          aria-label={`${label} white`}
          min={low}
          max={high}
          step={step}
          value={end}
          disabled={!window}
          onChange={(event) => set([start, Math.max(Number(event.target.value), start + step)])}
        />
      </div>
    </div>
  );
}

function short(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}

function hexOf(color: readonly [number, number, number]): string {
  return `#${color.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

function colorOf(hex: string): readonly [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
